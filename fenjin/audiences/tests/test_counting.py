"""Counting: everybody once, under the right unit, cut to the reach, along the index."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from fenjin.audiences.access import EVERYBODY, Reach
from fenjin.audiences.rules import HasTitle, InUnit, Rule
from fenjin.audiences.selectors import (
    UnknownUnits,
    break_down,
    break_down_below,
    by_space,
    by_unit,
    compile_rule,
    count,
    examples,
    freeze,
    who_of,
)
from fenjin.audiences.selectors.described import left_out
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Post
from fenjin.people.testing import make_person, make_post, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _whole():
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def company():
    """A root with two companies; the first has two departments, one of them with a team."""
    root = make_unit("集团")
    first, second = make_unit("一公司", root), make_unit("二公司", root)
    safety, drilling = make_unit("安全部", first), make_unit("钻井部", first)
    return {
        "root": root,
        "first": first,
        "second": second,
        "safety": safety,
        "drilling": drilling,
        "team": make_unit("一班", drilling),
    }


def _frozen(rule, reach=EVERYBODY):
    return {unit: sorted(people) for unit, people in freeze(compile_rule(rule, reach)).items()}


def _rule(*units, minus=()):
    return Rule(any=tuple(InUnit(unit.pk) for unit in units), none=tuple(InUnit(unit.pk) for unit in minus))


def test_a_person_with_two_posts_counts_once_under_the_matching_main_post(company):
    person = make_person(unit=company["team"])
    make_post(person, company["safety"], main=False, on=date(2010, 1, 1))
    rule = _rule(company["first"])
    assert _frozen(rule) == {company["team"].pk: [person.pk]}
    assert count(compile_rule(rule, EVERYBODY)) == 1


def test_without_a_matching_main_post_the_oldest_matching_one_counts(company):
    person = make_person(unit=company["second"])
    make_post(person, company["team"], main=False, on=date(2015, 1, 1))
    make_post(person, company["safety"], main=False, on=date(2012, 1, 1))
    assert _frozen(_rule(company["first"])) == {company["safety"].pk: [person.pk]}
    assert _frozen(_rule(company["first"], minus=[company["safety"]])) == {company["team"].pk: [person.pk]}


def test_an_ended_post_does_not_count(company):
    person = make_person(unit=company["team"])
    Post.objects.filter(person=person).update(ended_on=date(2026, 1, 1))
    assert count(compile_rule(_rule(company["root"]), EVERYBODY)) == 0


def test_the_breakdown_is_by_company_and_adds_up(company):
    for unit in ("team", "safety", "second", "root", "team"):
        make_person(unit=company[unit])
    meant = compile_rule(_rule(company["root"]), EVERYBODY)
    parts = break_down(meant)
    assert [(part.name, part.people) for part in parts] == [("一公司", 3), ("集团", 1), ("二公司", 1)]
    assert sum(part.people for part in parts) == count(meant) == 5
    assert len(examples(meant, 3)) == 3
    below = break_down_below(meant, company["first"].pk)
    assert [(part.name, part.people) for part in below] == [("钻井部", 2), ("安全部", 1)]
    assert [(part.name, part.people) for part in break_down_below(meant, company["drilling"].pk)] == [("一班", 2)]
    assert [(part.space_id, part.people) for part in by_space(meant)] == [(1, 5)]


def test_examples_stand_at_even_distances_and_are_always_the_same(company):
    for unit in ("team", "safety", "second", "root", "team", "team"):
        make_person(unit=company[unit])
    meant = compile_rule(_rule(company["root"]), EVERYBODY)
    units = by_unit(meant)
    few = examples(meant, 3, units=units)
    assert few == examples(meant, 3, units=units)
    assert len({one.person_id for one in few}) == 3
    assert who_of(meant, [one.person_id for one in few]) == {one.person_id for one in few}
    assert len(examples(meant, 10, units=units)) == 6


def test_only_an_exclusion_that_alone_keeps_somebody_away_counts_them(company):
    here, safe, both, out = (make_person(f"员工{n}", unit=company["safety"]) for n in range(4))
    make_post(here, company["team"], main=False)  # meant through the other post
    make_post(both, company["second"], main=False)
    Post.objects.filter(person=out).update(title="司钻")
    rule = Rule(
        any=(InUnit(company["root"].pk),),
        none=(InUnit(company["safety"].pk), InUnit(company["second"].pk), HasTitle(("司钻",))),
    )
    people = count(compile_rule(rule, EVERYBODY))
    alone = [
        count(compile_rule(replace(rule, none=rule.none[:place] + rule.none[place + 1 :]), EVERYBODY)) - people
        for place in range(3)
    ]
    assert sorted(alone) == [0, 1, 2]
    assert [part.people for part in left_out(rule, EVERYBODY)] == alone
    assert {name for part in left_out(rule, EVERYBODY) for name in part.names} >= {safe.name}


def test_an_audience_is_cut_to_the_reach(company):
    inside, outside = make_person(unit=company["team"]), make_person(unit=company["second"])
    branch = Reach(spaces=EVERYBODY.spaces, branches=frozenset({company["first"].pk}))
    assert _frozen(_rule(company["root"]), branch) == {company["team"].pk: [inside.pk]}
    assert outside.pk not in {
        person for people in _frozen(_rule(company["root"]), branch).values() for person in people
    }
    for foreign in (_rule(company["root"]), _rule(company["first"], minus=[company["second"]])):
        with pytest.raises(UnknownUnits):
            compile_rule(foreign, Reach(spaces=frozenset({777})))
    with pytest.raises(UnknownUnits):
        compile_rule(Rule(any=(InUnit(10**9),)), EVERYBODY)


def test_sql_cuts_by_space_even_if_the_stretches_do_not(company):
    make_person(unit=company["team"])
    meant = compile_rule(_rule(company["root"]), EVERYBODY)
    assert count(meant) == 1
    assert count(type(meant)(meant.starts, meant.ends, frozenset({777}))) == 0


def test_counting_uses_the_index_over_positions(company):
    """On a table of some size, and with the planner free to choose."""
    _fill(company["second"], 20_000)
    _fill(company["team"], 200)
    meant = compile_rule(_rule(company["first"], minus=[company["safety"]]), EVERYBODY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_post")
        statement, values = meant.statement("SELECT count(*) FROM counted")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        plan = json.dumps(cursor.fetchone()[0])
    assert count(meant) == 200
    assert "post_current_by_position" in plan
    assert "Seq Scan" not in plan


def test_whoever_has_a_post_beside_is_looked_up_by_person_alone_whatever_the_planner_knows(company):
    """Else a press to a million walks along all posts for each of them, while a roster was just imported."""
    meant = compile_rule(_rule(company["root"]), EVERYBODY)
    pressed = meant.statement("SELECT unit_id, array_agg(person_id) FROM counted GROUP BY unit_id")
    for statement, values in (pressed, meant.heads()):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
            [[plan]] = cursor.fetchone()
        looks = _looks_at_main_posts(plan["Plan"])
        assert "person_id" in looks
        assert "pos" not in looks


def _looks_at_main_posts(node):
    """Return by what the index is asked for the main post of whoever has another."""
    own = f"{node.get('Index Cond')} " if node.get("Alias") == "q" else ""
    return own + "".join(_looks_at_main_posts(child) for child in node.get("Plans", ()))


def _fill(unit, people):
    unit.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH made AS (
                INSERT INTO people_person (uid, numbering_id, staff_number, name, name_key, status, zone, created_at)
                SELECT gen_random_uuid(), 1, 'F%s-' || n, '王芳', 'wang fang wf', 'on_duty', '', now()
                FROM generate_series(1, %s) n RETURNING id)
               INSERT INTO people_post (uid, space_id, created_at, person_id, unit_id, title, main, started_on, pos)
               SELECT gen_random_uuid(), 1, now(), id, %s, '', true, '2020-01-01', %s FROM made""",
            [unit.pk, people, unit.pk, unit.lft],
        )
