"""The language of audiences: what it takes, what it refuses, and what it means."""

import pytest

from fenjin.audiences.intervals import common, union, without
from fenjin.audiences.rules import MOST_UNITS, NobodyNamed, Rule, RuleRefusal, TooManyUnits, parse_rule


def test_a_rule_is_read_and_written_in_one_form():
    rule = parse_rule({"none": [{"unit": 9}], "any": [{"unit": 7}, {"unit": 5}, {"unit": 7}]})
    assert rule == Rule(frozenset({5, 7}), frozenset({9}))
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
        {"any": [{"unit": 1}], "all": []},
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


def test_what_is_left_out_wins():
    rule = Rule(any=frozenset({2, 30}), none=frozenset({3}))
    assert rule.matches([1, 2])
    assert rule.matches([1, 2, 4])
    assert not rule.matches([1, 2, 3])
    assert not rule.matches([1, 2, 3, 30])
    assert not rule.matches([1])


def test_intervals_behave_like_sets_of_points():
    def points(intervals):
        return {point for start, end in intervals for point in range(start, end)}

    one, other = [(0, 5), (3, 9), (20, 22)], [(4, 6), (8, 21)]
    assert union(one) == [(0, 9), (20, 22)]
    assert points(without(one, other)) == points(one) - points(other)
    assert points(common(one, other)) == points(one) & points(other)
    assert without([(0, 9)], [(0, 9)]) == []
