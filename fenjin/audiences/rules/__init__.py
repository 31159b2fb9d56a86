"""The language in which somebody says who is meant.

A rule is JSON: `{"any": [{"unit": 5}, {"unit": 7}], "none": [{"unit": 9}]}` means everybody with a
post in unit 5 or 7 or below them, but not through a post in unit 9 or below it. `all` narrows down:
`{"any": [{"unit": 5}], "all": [{"post": ["操作工"]}, {"years": {"from": 5}}]}`. An entry is one
condition or another rule, at most four deep. docs/howto/audiences.md tells each condition.
"""

from fenjin.audiences.rules.conditions import (
    Condition,
    HasStatus,
    HasTitle,
    InSpace,
    InUnit,
    InZone,
    IsMain,
    Leaf,
    OnList,
    PlacedPost,
    Reads,
    Rule,
    Served,
    TitleHolds,
    as_json,
    counted_under,
    years_before,
)
from fenjin.audiences.rules.reading import DEEPEST, MOST_PARTS, MOST_UNITS, READERS, STATUSES, parse_rule
from fenjin.audiences.rules.refusals import NobodyNamed, RuleRefusal, TooDeep, TooManyParts, TooManyUnits

__all__ = [
    "DEEPEST",
    "MOST_PARTS",
    "MOST_UNITS",
    "READERS",
    "STATUSES",
    "Condition",
    "HasStatus",
    "HasTitle",
    "InSpace",
    "InUnit",
    "InZone",
    "IsMain",
    "Leaf",
    "NobodyNamed",
    "OnList",
    "PlacedPost",
    "Reads",
    "Rule",
    "RuleRefusal",
    "Served",
    "TitleHolds",
    "TooDeep",
    "TooManyParts",
    "TooManyUnits",
    "as_json",
    "counted_under",
    "parse_rule",
    "years_before",
]
