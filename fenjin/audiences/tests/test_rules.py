"""The language of audiences: what it takes, what it refuses, and what it means."""

from datetime import date

import pytest

from fenjin.audiences.intervals import common, union, without
from fenjin.audiences.rules import (
    MOST_PARTS,
    MOST_UNITS,
    InUnit,
    NobodyNamed,
    PlacedPost,
    Rule,
    RuleRefusal,
    TooDeep,
    TooManyParts,
    TooManyUnits,
    parse_rule,
    years_before,
)

TODAY = date(2026, 11, 23)


def test_a_rule_is_read_and_written_in_one_form():
    rule = parse_rule({"none": [{"unit": 9}], "any": [{"unit": 7}, {"unit": 5}, {"unit": 7}]})
    assert rule == Rule(any=(InUnit(5), InUnit(7)), none=(InUnit(9),))
    assert rule.as_json() == {"any": [{"unit": 5}, {"unit": 7}], "none": [{"unit": 9}]}
    assert parse_rule(rule.as_json()) == rule


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "5",
        {"any": 5},
        {"any": [5]},
        {"any": [{"unit": "5"}]},
        {"any": [{"unit": True}]},
        {"any": [{"unit": 0}]},
        {"any": [{"unit": 1, "post": 2}]},
        {"any": [{"unit": 1}], "all": {}},
        {"any": [{"unit": 1}], "none": {"unit": 2}},
    ],
)
def test_what_is_not_a_rule_is_refused(data):
    with pytest.raises(RuleRefusal) as refused:
        parse_rule(data)
    assert str(refused.value.sentence)


def test_a_rule_names_somebody_but_not_everything():
    with pytest.raises(NobodyNamed):
        parse_rule({"any": [], "none": [{"unit": 3}]})
    with pytest.raises(TooManyUnits):
        parse_rule({"any": [{"unit": unit} for unit in range(1, MOST_UNITS + 2)]})


def test_every_condition_is_read_and_written_in_one_form():
    data = {
        "any": [{"unit": 5}, {"list": 3}],
        "all": [
            {"status": ["on_duty", "seconded"]},
            {"years": {"from": 5, "below": 10}},
            {"post": ["操作工", "班长"]},
            {"post_has": ["工"]},
            {"main": True},
            {"zone": ["Asia/Almaty"]},
            {"language": ["en"]},
            {"space": [1]},
            {"any": [{"unit": 8}, {"all": [{"main": False}, {"unit": 9}]}], "none": [{"post": ["司机"]}]},
        ],
        "none": [{"unit": 9}],
    }
    rule = parse_rule(data)
    assert parse_rule(rule.as_json()) == rule
    assert parse_rule({**data, "all": data["all"][::-1]}).as_json() == rule.as_json()
    assert rule.units == {5, 8, 9}
    assert rule.lists == {3}
    assert rule.spaces == {1}


def test_a_rule_of_units_keeps_the_form_that_is_stored_already():
    assert parse_rule({"any": [{"unit": 5}]}).as_json() == {"any": [{"unit": 5}], "none": []}


@pytest.mark.parametrize(
    "entry",
    [
        {"duty": ["x"]},
        {"unit": 2**63},
        {"post": []},
        {"post": "操作工"},
        {"post": [""]},
        {"post": ["x" * 121]},
        {"post": [f"t{n}" for n in range(201)]},
        {"post_has": [7]},
        {"main": 1},
        {"status": ["left"]},
        {"status": ["on_duty", None]},
        {"zone": ["Asia/Nowhere"]},
        {"language": ["fr"]},
        {"space": 1},
        {"list": "3"},
        {"years": {}},
        {"years": {"from": 5, "to": 9}},
        {"years": {"from": -1}},
        {"years": {"from": True}},
        {"years": {"from": 5, "below": 5}},
        {"years": {"below": 0}},
        {"any": []},
        {"any": [], "none": [{"all": []}]},
        {"any": [{"unit": 1}], "or": []},
    ],
)
def test_a_fault_is_told_with_its_place_and_a_sentence(entry):
    with pytest.raises(RuleRefusal) as refused:
        parse_rule({"any": [{"unit": 1}], "all": [{"main": True}, {"none": [entry]}]})
    assert refused.value.place.startswith("all 2 › none 1")
    assert str(refused.value)


def test_groups_and_conditions_have_a_measure():
    def nested(levels):
        return {"any": [{"unit": 1}]} if levels == 1 else {"any": [nested(levels - 1)]}

    assert parse_rule(nested(4))
    with pytest.raises(TooDeep):
        parse_rule(nested(5))
    with pytest.raises(TooManyParts):
        parse_rule({"any": [{"post": [f"t{number}"]} for number in range(MOST_PARTS + 1)]})
    with pytest.raises(NobodyNamed):
        parse_rule({"none": [{"main": False}]})


def _post(*path, **fields):
    values = {"post_id": 1, "unit_id": path[-1], "path": path, "main": True, "started_on": date(2020, 1, 1)}
    return PlacedPost(**(values | fields))


def test_what_is_left_out_wins():
    rule = parse_rule({"any": [{"unit": 2}, {"unit": 30}], "none": [{"unit": 3}]})
    assert rule.matches(_post(1, 2), TODAY)
    assert rule.matches(_post(1, 2, 4), TODAY)
    assert not rule.matches(_post(1, 2, 3), TODAY)
    assert not rule.matches(_post(1, 2, 3, 30), TODAY)
    assert not rule.matches(_post(1), TODAY)


@pytest.mark.parametrize(
    ("entry", "meant", "not_meant"),
    [
        ({"space": [2]}, {"space_id": 2}, {"space_id": 1}),
        ({"post": ["操作工", "班长"]}, {"title": "班长"}, {"title": "副班长"}),
        ({"post_has": ["班长", "队长"]}, {"title": "副班长"}, {"title": "操作工"}),
        ({"main": True}, {"main": True}, {"main": False}),
        ({"main": False}, {"main": False}, {"main": True}),
        ({"status": ["seconded"]}, {"status": "seconded"}, {"status": "on_duty"}),
        ({"zone": ["Asia/Almaty"]}, {"zone": "Asia/Almaty"}, {"zone": "Asia/Shanghai"}),
        ({"language": ["en"]}, {"language": "en"}, {"language": "zh-hans"}),
        ({"years": {"from": 5}}, {"working_since": date(2021, 11, 23)}, {"working_since": date(2021, 11, 24)}),
        ({"years": {"below": 5}}, {"working_since": date(2021, 11, 24)}, {"working_since": date(2021, 11, 23)}),
        ({"years": {"from": 0}}, {"working_since": TODAY}, {"working_since": None}),
        ({"list": 7}, {"lists": frozenset({7})}, {"lists": frozenset({8})}),
    ],
)
def test_each_condition_means_what_it_says(entry, meant, not_meant):
    rule = parse_rule({"all": [entry]})
    assert rule.matches(_post(1, **meant), TODAY)
    assert not rule.matches(_post(1, **not_meant), TODAY)
    outside = parse_rule({"any": [{"unit": 1}], "none": [entry]})
    assert not outside.matches(_post(1, **meant), TODAY)
    assert outside.matches(_post(1, **not_meant), TODAY)


def test_a_full_year_of_the_29th_of_february_ends_on_the_first_of_march():
    born = date(2024, 2, 29)
    assert born > years_before(date(2025, 2, 28), 1)
    assert born <= years_before(date(2025, 3, 1), 1)
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == born


def test_intervals_behave_like_sets_of_points():
    def points(intervals):
        return {point for start, end in intervals for point in range(start, end)}

    one, other = [(0, 5), (3, 9), (20, 22)], [(4, 6), (8, 21)]
    assert union(one) == [(0, 9), (20, 22)]
    assert points(without(one, other)) == points(one) - points(other)
    assert points(common(one, other)) == points(one) & points(other)
    assert without([(0, 9)], [(0, 9)]) == []
