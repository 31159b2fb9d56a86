"""Large units move while people read: every single read sees a whole tree, before or after, never between."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
import pytest
from django.db import connection, connections

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Post, Unit
from fenjin.people.selectors.organisation import branch_now
from fenjin.people.selectors.tree import count_people, list_ancestors, list_subtree
from fenjin.people.services import changing, tree
from fenjin.people.services.changing import dated
from fenjin.people.services.positions import TREE_LOCK
from fenjin.people.services.tree import NewUnit, TreeRefusal
from fenjin.people.testing import make_person, make_unit
from fenjin.people.tests.test_tree_queries import PERSONS, POSTS
from tests.plugin import PROVE

UNITS, PEOPLE, MOVES = (5_000, 50_000, 150) if PROVE else (600, 3_000, 20)
READERS, MOVERS = (4, 3) if PROVE else (2, 2)

# One statement, so one view of the data: what is wrong with the tree, and a unit counted in two ways.
LOOK = """
WITH RECURSIVE below (id) AS (
    SELECT %(unit)s::bigint UNION ALL SELECT u.id FROM people_unit u JOIN below b ON u.parent_id = b.id
)
SELECT (SELECT count(*) FROM people_unit c JOIN people_unit p ON p.id = c.parent_id
        WHERE NOT (p.lft < c.lft AND c.lft < c.rgt AND c.rgt < p.rgt)),
       (SELECT count(*) FROM people_unit c JOIN people_unit p ON p.id = c.parent_id
        WHERE c.path <> p.path || c.id OR c.depth <> p.depth + 1),
       (SELECT count(*) FROM people_post p JOIN people_unit u ON u.id = p.unit_id WHERE p.pos <> u.lft),
       (SELECT count(*) FROM below),
       (SELECT count(*) FROM people_unit u, people_unit t WHERE t.id = %(unit)s AND u.lft BETWEEN t.lft AND t.rgt),
       (SELECT count(DISTINCT p.person_id) FROM below b JOIN people_post p ON p.unit_id = b.id AND p.ended_on IS NULL),
       (SELECT count(DISTINCT p.person_id) FROM people_post p, people_unit t
        WHERE t.id = %(unit)s AND p.ended_on IS NULL AND p.pos BETWEEN t.lft AND t.rgt)
"""


@pytest.fixture
def company(transactional_db):
    """A tree with people in all its units; its ids, the root first."""
    choice = random.Random(3)  # noqa: S311
    news = [NewUnit("集团")] + [NewUnit(f"公司{n}", under=0) for n in range(12)]
    while len(news) < UNITS:
        news.append(NewUnit(f"单位{len(news)}", under=choice.randrange(1, len(news))))
    with every_space(Reason.TEST):
        make_person()  # a numbering
        ids = tree.add_units(actor=None, units=news, on=dated(None).replace(year=2020))
    with connection.cursor() as cursor:
        cursor.execute(PERSONS, [PEOPLE])
        cursor.execute(POSTS, [UNITS])
    return ids


def read_until(done, ids, seed):
    """Read at random until the movers are done; return how many reads there were."""
    choice, reads = random.Random(seed), 0  # noqa: S311
    try:
        with every_space(Reason.TEST):
            people = count_people(ids[0])
            while not done.is_set() or not reads:
                unit = choice.choice(ids[:200])
                with connection.cursor() as cursor:
                    cursor.execute(LOOK, {"unit": unit})
                    crossed, strayed, misplaced, below, inside, heads, counted = cursor.fetchone()
                assert (crossed, strayed, misplaced) == (0, 0, 0)
                assert below == inside
                assert heads == counted
                assert count_people(ids[0]) == people == sum(row.total for row in branch_now(None))
                path = [above.pk for above in list_ancestors(unit)]
                assert (path[0], path[-1]) == (ids[0], unit)
                assert unit in {inner.pk for inner in list_subtree(unit)}
                reads += 1
        return reads
    finally:
        connections.close_all()


def move_about(ids, seed):
    """Move units at random, the large ones most; return how many moves went through."""
    choice, moved = random.Random(seed), 0  # noqa: S311
    try:
        with every_space(Reason.TEST):
            for _ in range(MOVES):
                unit, parent = choice.choice(ids[1:60]), choice.choice(ids[:300])
                try:
                    before = Unit.objects.get(pk=unit).parent_id
                    moved += tree.move_unit(actor=None, unit_id=unit, parent_id=parent).parent_id != before
                except TreeRefusal:
                    continue
        return moved
    finally:
        connections.close_all()


def test_readers_always_see_a_whole_tree_while_units_move(company, monkeypatch):
    monkeypatch.setattr(changing, "PATIENCE", "120s")
    done = Event()
    with ThreadPoolExecutor(READERS + MOVERS) as pool:
        readers = [pool.submit(read_until, done, company, seed) for seed in range(READERS)]
        movers = [pool.submit(move_about, company, 100 + seed) for seed in range(MOVERS)]
        try:
            moved = sum(mover.result() for mover in movers)
        finally:
            done.set()
        reads = [reader.result() for reader in readers]
    assert moved > MOVES // 2
    assert all(reads)
    with every_space(Reason.TEST):
        assert count_people(company[0]) == Post.objects.values("person").distinct().count()


def test_who_waits_too_long_for_the_tree_is_told_and_nothing_changed(transactional_db, monkeypatch):
    with every_space(Reason.TEST):
        group = make_unit("集团")
        first, second = make_unit("甲公司", group), make_unit("乙公司", group)
        monkeypatch.setattr(changing, "PATIENCE", "50ms")
        parameters = connection.get_connection_params()
        wanted = {
            name: parameters[name] for name in ("host", "port", "user", "password", "dbname") if name in parameters
        }
        with psycopg.connect(**wanted) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
            with pytest.raises(changing.TreeBusy) as refused:
                tree.move_unit(actor=None, unit_id=first.pk, parent_id=second.pk)
            assert refused.value.status == 503
            first.refresh_from_db()
            assert first.parent_id == group.pk
        assert tree.move_unit(actor=None, unit_id=first.pk, parent_id=second.pk).parent_id == second.pk
