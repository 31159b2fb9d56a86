"""On a tree of full size: subtree, ancestors and head count are one indexed query each."""

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Unit
from fenjin.people.selectors.history import children_on, count_members_on, members_on, path_on, subtree_on
from fenjin.people.selectors.organisation import head_counts
from fenjin.people.selectors.persons import PeopleCut, matching_people
from fenjin.people.selectors.tree import count_people, count_people_below, list_ancestors, list_children, list_subtree
from fenjin.people.services import tree
from fenjin.people.services.tree import NewUnit

MARCH = date(2026, 3, 1)
UNITS, PEOPLE, COMPANIES = 20_000, 20_000, 116
PAGES = 20_000  # that a query may look at; the most is 9,100
PERSONS = """
INSERT INTO people_person (uid, numbering_id, staff_number, name, name_key, status, zone, created_at)
SELECT gen_random_uuid(), (SELECT min(id) FROM people_numbering), 'B' || n, '张伟', 'zhang wei zw', 'on_duty', '', now()
FROM generate_series(1, %s) n
"""
POSTS = """
INSERT INTO people_post (uid, space_id, created_at, person_id, unit_id, title, main, started_on, pos)
SELECT gen_random_uuid(), u.space_id, now(), p.id, u.id, '', true, '2026-01-01', u.lft
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person) p
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM people_unit) u ON u.n = 1 + p.n %% %s
"""

BEGUN = """
INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'begun', started_on, '{}', '{}' FROM people_post
"""
JOINED = """
INSERT INTO people_personevent (person_id, kind, "on", old, new, created_at)
SELECT id, 'joined', '2026-01-01', '{}', '{}', now() FROM people_person
"""
MOVED = """
INSERT INTO people_unitevent (uid, space_id, created_at, unit_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'moved', '2026-06-01',
       jsonb_build_object('parent', parent_id), jsonb_build_object('parent', parent_id)
FROM people_unit WHERE id % 40 = 0 AND parent_id IS NOT NULL
"""


@pytest.fixture
def company(db):
    """A company of a tree of 20,000 units up to 12 levels deep, with 100,000 people."""
    choice = random.Random(7)  # noqa: S311
    news = [NewUnit("集团")] + [NewUnit(f"公司{n}", under=0) for n in range(COMPANIES)]
    depth = [0] + [1] * COMPANIES
    while len(news) < UNITS:
        above = choice.randrange(1, len(news))
        if depth[above] < 12:
            depth.append(depth[above] + 1)
            news.append(NewUnit(f"单位{len(news)}", under=above))
    ids = tree.add_units(actor=None, units=news, on=date(2020, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute(PERSONS, [PEOPLE])
        # Without figures the join of units and persons is taken for a tiny one, and lasts minutes.
        cursor.execute("ANALYZE people_unit; ANALYZE people_person")
        cursor.execute(POSTS, [UNITS])
        cursor.execute("ANALYZE people_post")
        # A few moves later than March, so that the history has something to undo.
        cursor.execute(MOVED)
        cursor.execute(BEGUN)
        cursor.execute(JOINED)
        cursor.execute("ANALYZE people_unitevent; ANALYZE people_postevent; ANALYZE people_personevent")
    with every_space(Reason.TEST):
        yield ids[_largest(news)]


def _largest(news):
    """Return the place of the company with the most units."""
    sizes = [1] * len(news)
    for place in range(len(news) - 1, 0, -1):
        sizes[news[place].under] += sizes[place]
    return max(range(1, COMPANIES + 1), key=sizes.__getitem__)


def test_reads_of_the_tree_are_one_indexed_query_each(company):
    deep = Unit.objects.filter(path__contains=[company]).order_by("-depth").first()
    below = Unit.objects.filter(path__contains=[company]).count()
    assert below > 20
    reads = {
        "people": lambda: count_people(company),
        "people below": lambda: count_people_below(company),
        "subtree": lambda: list(list_subtree(company)),
        "ancestors": lambda: list_ancestors(deep.pk),
        "children": lambda: list(list_children(company)),
        "head counts": lambda: head_counts([company]),
        "path then": lambda: path_on(deep.pk, MARCH),
        "subtree then": lambda: subtree_on(company, MARCH),
        "children then": lambda: children_on(company, MARCH),
        "members then": lambda: members_on(company, MARCH, size=50),
        "count then": lambda: count_members_on(company, MARCH),
        "list of people": lambda: list(matching_people(PeopleCut(status="early_retired")).order_by("name_key")[:50]),
    }
    answers = {}
    for name, read in reads.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answers[name] = read()
        assert len(queries) == 1, name
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, COSTS OFF) " + queries[0]["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan" not in plan, f"{name}:\n{plan}"
        assert _pages(plan) < PAGES, f"{name}:\n{plan}"
    assert answers["people"] == below * PEOPLE // UNITS == answers["count then"] == answers["head counts"][company][1]
    assert len(answers["subtree then"]) == below
    assert len(answers["members then"]) == min(50, answers["people"])
    assert [above.id for above in answers["path then"]] == deep.path
    assert sum(answers["people below"].values()) == answers["people"] - PEOPLE // UNITS
    assert len(answers["subtree"]) == below
    assert [unit.pk for unit in answers["ancestors"]] == deep.path
    _check_move(company)


def _pages(plan):
    """Return how many pages of the database a query looked at: its work, however busy the machine is."""
    looked_at = plan.split("Buffers: shared ", 1)[1].split("\n", 1)[0]
    return sum(int(number) for number in re.findall(r"(?:hit|read)=(\d+)", looked_at))


def _check_move(company):
    """A move on the large tree rewrites only its part."""
    before = dict(Unit.objects.values_list("pk", "lft"))
    other = Unit.objects.filter(depth=1).exclude(pk=company).first()
    with CaptureQueriesContext(connection) as queries:
        tree.move_unit(actor=None, unit_id=company, parent_id=other.pk)
    after = dict(Unit.objects.values_list("pk", "lft"))
    moved = set(Unit.objects.filter(path__contains=[company]).values_list("pk", flat=True))
    assert {pk for pk in before if before[pk] != after[pk]} == moved
    assert len(queries) < 30
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_post p JOIN people_unit u ON u.id = p.unit_id WHERE p.pos <> u.lft")
        assert cursor.fetchone() == (0,)
