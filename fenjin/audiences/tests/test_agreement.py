"""The same rule, told by SQL and by plain Python, names the same people under the same units."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenjin.audiences.access import EVERYBODY, Reach
from fenjin.audiences.models import PersonList
from fenjin.audiences.rules import counted_under, parse_rule
from fenjin.audiences.selectors import (
    by_space,
    compile_rule,
    count,
    freeze,
    matches,
    placed_posts,
    today,
    who_of,
)
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, Post, Unit
from fenjin.people.testing import make_person, make_post, make_unit
from fenjin.spaces.models import Space
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db

TITLES = ("操作工", "班长", "副班长", "安全员", "")
STATUSES = ("on_duty", "on_duty", "seconded", "sick_leave", "posted")
OWN_ZONES = ("", "", "Asia/Almaty", "Asia/Muscat")
ZONES = ("Asia/Shanghai", "Asia/Almaty", "Asia/Muscat")


@pytest.fixture(autouse=True)
def _whole():
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def ground():
    """A group, and a sub-platform in it that lives by another clock; the editor owns the saved lists."""
    group = make_unit("集团")
    company = make_unit("海外公司", group)
    space = make_space("海外公司", unit=company)
    Space.objects.filter(pk=space.pk).update(zone="Asia/Muscat")
    return group, company, space, make_editor(1)


# A random organisation: units as places of their parents, people as posts and what is known of them.
_UNITS = st.lists(st.tuples(st.integers(0, 100), st.sampled_from(("", "", "", *ZONES))), min_size=2, max_size=9)
_POSTS = st.lists(
    st.tuples(st.integers(0, 10), st.sampled_from(TITLES), st.integers(0, 4)),
    min_size=1,
    max_size=3,
    unique_by=lambda post: post[0],
)
_PERSON = st.fixed_dictionaries(
    {
        "posts": _POSTS,
        "main": st.booleans(),
        "status": st.sampled_from(STATUSES),
        "zone": st.sampled_from(OWN_ZONES),
        "language": st.sampled_from((None, "", "zh-hans", "en")),
        "years": st.sampled_from((None, 0, 4, 5, 9, 10, 20)),
        "late": st.integers(0, 1),
        "listed": st.sets(st.integers(0, 1)),
    }
)
_PEOPLE = st.lists(_PERSON, min_size=1, max_size=8)


def _some(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


_LEAF = st.one_of(
    st.integers(0, 10).map(lambda place: {"unit": place}),
    st.integers(0, 10).map(lambda place: {"unit": place}),
    st.integers(0, 1).map(lambda place: {"list": place}),
    _some((0, 1)).map(lambda places: {"space": places}),
    _some(TITLES[:-1]).map(lambda titles: {"post": titles}),
    _some(("班", "操作", "副")).map(lambda words: {"post_has": words}),
    st.booleans().map(lambda main: {"main": main}),
    _some(tuple(dict.fromkeys(STATUSES))).map(lambda statuses: {"status": statuses}),
    _some(ZONES).map(lambda zones: {"zone": zones}),
    _some(("zh-hans", "en")).map(lambda languages: {"language": languages}),
    st.sampled_from(({"from": 5}, {"below": 5}, {"from": 5, "below": 10}, {"from": 0})).map(
        lambda years: {"years": years}
    ),
)


def _group(entries):
    return st.fixed_dictionaries(
        {},
        optional={key: st.lists(entries, min_size=1, max_size=2) for key in ("any", "all", "none")},
    ).filter(bool)


_ENTRY = st.one_of(_LEAF, _LEAF, _group(st.one_of(_LEAF, _group(_LEAF))))
_RULE = st.fixed_dictionaries(
    {key: st.lists(_ENTRY, max_size=2) for key in ("any", "all", "none")},
).filter(lambda rule: rule["any"] or rule["all"])


def _build(ground, shape, people):
    """Make the organisation and return its units and lists."""
    group, company, _space, editor = ground
    units = [group, company]
    for place, (parent, zone) in enumerate(shape):
        unit = make_unit(f"单位{place}", units[parent % len(units)])
        if zone:
            Unit._base_manager.filter(pk=unit.pk).update(zone=zone)
        units.append(unit)
    listed = ([], [])
    for who in people:
        began = None
        if who["years"] is not None:
            began = today().replace(year=today().year - who["years"]) + timedelta(days=who["late"])
        person = make_person(status=who["status"], zone=who["zone"], started_on=began)
        if who["language"] is not None:
            Account.objects.create(person=person, language=who["language"], password="!")
        held = {units[place % len(units)]: (title, age) for place, title, age in who["posts"]}
        for order, (unit, (title, age)) in enumerate(held.items()):
            day = today().replace(year=2015 + age)
            make_post(person, unit, main=who["main"] and order == 0, title=title, on=day)
        for number in who["listed"]:
            listed[number].append(person.pk)
    lists = [
        PersonList.objects.create(space_id=1, name=f"名单{number}", people=ids, made_by_id=editor.pk)
        for number, ids in enumerate(listed)
    ]
    return units, lists


def _named(data, units, lists, spaces):
    """Return a rule with real numbers instead of places."""
    if isinstance(data, list):
        return [_named(entry, units, lists, spaces) for entry in data]
    found = {}
    for key, value in data.items():
        if key == "unit":
            found[key] = units[value % len(units)].pk
        elif key == "list":
            found[key] = lists[value].pk
        elif key == "space":
            found[key] = [spaces[place] for place in value]
        else:
            found[key] = _named(value, units, lists, spaces) if key in ("any", "all", "none") else value
    return found


def _plainly(rule, reach=EVERYBODY):
    """Return unit → people by looking at every person in turn."""
    persons = sorted(set(Post.objects.values_list("person", flat=True)))
    found = {}
    for person, posts in placed_posts(persons, rule.lists).items():
        held = [
            post
            for post in posts
            if post.space_id in reach.spaces and (reach.branches is None or reach.branches & set(post.path))
        ]
        unit = counted_under(rule, held, today())
        if unit is not None:
            found.setdefault(unit, []).append(person)
    return {unit: sorted(people) for unit, people in found.items()}


def _by_sql(rule, reach=EVERYBODY):
    return {unit: sorted(people) for unit, people in freeze(compile_rule(rule, reach)).items()}


@settings(
    max_examples=max(16, settings().max_examples // 2), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(shape=_UNITS, people=_PEOPLE, data=_RULE, branch=st.integers(0, 10))
def test_sql_and_python_agree_on_random_organisations(ground, shape, people, data, branch):
    sid = connection.savepoint()
    try:
        units, lists = _build(ground, shape, people)
        space = ground[2].pk
        rule = parse_rule(_named(data, units, lists, (1, space)))
        plain = _plainly(rule)
        assert _by_sql(rule) == plain
        meant = compile_rule(rule, EVERYBODY)
        whole = {person for ids in plain.values() for person in ids}
        assert count(meant) == len(whole) == sum(share.people for share in by_space(meant))
        everyone = list(Post.objects.values_list("person", flat=True))
        assert who_of(meant, everyone) == whole
        some = everyone[0]
        assert (matches(rule, some) is not None) == (some in whole)
        narrow = Reach(spaces=EVERYBODY.spaces, branches=frozenset({units[branch % len(units)].pk}))
        assert _by_sql(rule, narrow) == _plainly(rule, narrow)
        inner = Reach(spaces=frozenset({space}))
        if not rule.units and not rule.lists and rule.spaces <= {space}:
            assert _by_sql(rule, inner) == _plainly(rule, inner)
    finally:
        connection.savepoint_rollback(sid)


def test_an_audience_of_many_units_agrees_too(ground):
    units = [make_unit(f"单位{number}", ground[0]) for number in range(40)]
    for number, unit in enumerate(units):
        make_post(make_person(unit=unit, title=TITLES[number % 5]), units[(number + 2) % 40], main=False, title="班长")
    some = [{"unit": unit.pk} for unit in units[::2]]
    for data in (
        {"any": some},
        {"any": [*some, {"post": ["班长"]}], "none": [{"unit": units[4].pk}]},
        {"all": [{"post": ["班长"]}], "none": [{"all": [{"any": some}, {"main": True}]}]},
    ):
        rule = parse_rule(data)
        assert _by_sql(rule) == _plainly(rule) != {}


def test_one_person_is_asked_about_in_one_statement(ground, django_assert_num_queries):
    person = make_person(unit=ground[1], title="操作工")
    rule = parse_rule({"any": [{"unit": ground[0].pk}], "all": [{"post": ["操作工"]}, {"zone": ["Asia/Muscat"]}]})
    with django_assert_num_queries(1):
        assert matches(rule, person.pk) == ground[1].pk
    assert matches(rule, person.pk, Reach(spaces=frozenset({1}))) is None


def test_each_condition_alone_agrees_with_its_opposite(ground):
    """Random rules ask rarely for the odd case: here each condition meets people on both sides of it."""
    shape = [(1, "Asia/Almaty"), (2, "Asia/Shanghai"), (0, "")]
    kinds = range(20)
    people = [
        {
            "posts": [(place % 5, TITLES[place % 5], place % 3), ((place + 2) % 5, TITLES[place % 3], 1)],
            "main": place % 4 != 0,
            "status": STATUSES[place % 5],
            "zone": OWN_ZONES[place % 4],
            "language": (None, "", "zh-hans", "en")[place % 4],
            "years": (None, 0, 4, 5, 9, 10, 20)[place % 7],
            "late": place % 2,
            "listed": {place % 3},
        }
        for place in kinds
    ]
    people = [{**who, "listed": who["listed"] & {0, 1}} for who in people]
    units, lists = _build(ground, shape, people)
    leaves = [{"unit": 1}, {"list": 0}, {"space": [1]}, {"post": ["班长"]}, {"post_has": ["班"]}, {"main": True}]
    leaves += [{"status": [status]} for status in dict.fromkeys(STATUSES)] + [{"zone": [zone]} for zone in ZONES]
    leaves += [{"language": ["en"]}, {"language": ["zh-hans"]}, {"years": {"from": 5}}, {"years": {"below": 10}}]
    for leaf in leaves:
        for data in ({"all": [leaf]}, {"any": [{"unit": 0}], "none": [leaf]}):
            rule = parse_rule(_named({"any": [], "all": [], "none": [], **data}, units, lists, (1, ground[2].pk)))
            assert _by_sql(rule) == _plainly(rule) != {}, data
