"""Who is meant, out of the tables."""

from fenjin.audiences.rules import (
    NobodyNamed,
    PlacedPost,
    Rule,
    RuleRefusal,
    TooManyUnits,
    counted_under,
    parse_rule,
)
from fenjin.audiences.rules.bounds import bounds
from fenjin.audiences.selectors.counts import (
    Breakdown,
    Example,
    Share,
    break_down,
    break_down_below,
    by_space,
    by_unit,
    companies_of,
    count,
    examples,
    freeze,
    shares_of,
    who_of,
    without_account,
)
from fenjin.audiences.selectors.living import matches, placed_posts
from fenjin.audiences.selectors.meant import Meant, UnknownLists, UnknownSpaces, UnknownUnits, compile_rule, today
from fenjin.audiences.selectors.saved import audience_choices, audience_for_sending

__all__ = [
    "Breakdown",
    "Example",
    "Meant",
    "NobodyNamed",
    "PlacedPost",
    "Rule",
    "RuleRefusal",
    "Share",
    "TooManyUnits",
    "UnknownLists",
    "UnknownSpaces",
    "UnknownUnits",
    "audience_choices",
    "audience_for_sending",
    "bounds",
    "break_down",
    "break_down_below",
    "by_space",
    "by_unit",
    "companies_of",
    "compile_rule",
    "count",
    "counted_under",
    "examples",
    "freeze",
    "matches",
    "parse_rule",
    "placed_posts",
    "shares_of",
    "today",
    "who_of",
    "without_account",
]
