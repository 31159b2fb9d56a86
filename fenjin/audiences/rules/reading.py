"""From JSON to a rule: what is not written clearly is refused, with the place and the cure."""

from collections.abc import Callable
from typing import Any, Final
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext_lazy as _

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
    Reads,
    Rule,
    Served,
    TitleHolds,
)
from fenjin.audiences.rules.refusals import NobodyNamed, RuleRefusal, TooDeep, TooManyParts, TooManyUnits

MOST_UNITS: Final = 1_000
MOST_PARTS: Final = 100
MOST_VALUES: Final = 200
DEEPEST: Final = 4  # groups inside one another, the whole rule being the first
LONGEST_WORD: Final = 120
MOST_YEARS: Final = 80
STATUSES: Final = ("on_duty", "seconded", "early_retired", "sick_leave", "posted")
_KEYS: Final = frozenset({"any", "all", "none"})


def parse_rule(data: Any) -> Rule:
    """Return the rule that JSON says; raises RuleRefusal (malformed, with `where`) or one of its kinds."""
    rule = read_group(data, depth=1)
    if not rule.any and not rule.all:
        raise NobodyNamed
    check_size(rule)
    return rule


def check_size(rule: Rule) -> None:
    """Raise TooManyUnits or TooManyParts for a rule that is longer than anybody reads."""
    units = sum(isinstance(leaf, InUnit) for leaf in rule.leaves())
    if units > MOST_UNITS:
        raise TooManyUnits
    if len(rule.leaves()) - units > MOST_PARTS:
        raise TooManyParts


def read_group(data: Any, depth: int) -> Rule:
    """Return the group that JSON says, empty or not; raises RuleRefusal."""
    if not isinstance(data, dict):
        raise RuleRefusal
    if depth > DEEPEST:
        raise TooDeep
    strange = set(data) - _KEYS
    if strange:
        words = _("The audience has a part that does not exist: %(part)s. There are any, all and none.")
        raise RuleRefusal(words % {"part": str(min(map(str, strange)))[:40]})
    return Rule(**{key: _entries(key, data.get(key, []), depth) for key in _KEYS})


def _entries(key: str, entries: Any, depth: int) -> tuple[Condition, ...]:
    if not isinstance(entries, list):
        raise RuleRefusal(_("What stands after any, all or none must be a list in square brackets."))
    return tuple(_at(key, place, entry, depth) for place, entry in enumerate(entries))


def _at(key: str, place: int, entry: Any, depth: int) -> Condition:
    try:
        return _entry(entry, depth)
    except RuleRefusal as refusal:
        refusal.where = (key, place, *refusal.where)
        raise


def _entry(entry: Any, depth: int) -> Condition:
    if isinstance(entry, dict) and entry and set(entry) <= _KEYS:
        group = read_group(entry, depth + 1)
        if not group.leaves():
            raise RuleRefusal(_("A group must hold at least one condition."))
        return group
    if not isinstance(entry, dict) or len(entry) != 1:
        raise RuleRefusal(_("Each part of an audience says one thing, such as {“unit”: 5} or {“status”: [“on_duty”]}."))
    ((key, value),) = entry.items()
    if key not in READERS:
        words = _("There is no condition “%(key)s”. There are: %(keys)s.")
        raise RuleRefusal(words % {"key": str(key)[:40], "keys": ", ".join(READERS)})
    return READERS[key](value)


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value < 2**63:
        raise RuleRefusal(_("The number of a unit, a list or a sub-platform must be a whole number from 1."))
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise RuleRefusal(_("Name at least one value, in square brackets."))
    if len(value) > MOST_VALUES:
        raise RuleRefusal(_("One condition may name at most 200 values."))
    return value


def _words(value: Any) -> tuple[str, ...]:
    words = _list(value)
    if not all(isinstance(word, str) and word.strip() and len(word) <= LONGEST_WORD for word in words):
        raise RuleRefusal(_("A title is written in quotation marks, with at most 120 signs."))
    if any("\x00" in word for word in words):
        raise RuleRefusal
    return tuple(word.strip() for word in words)


def _among(value: Any, allowed: Any, sentence: Any) -> tuple[str, ...]:
    words = _list(value)
    for word in words:
        if not isinstance(word, str) or word not in allowed:
            raise RuleRefusal(sentence % {"value": str(word)[:60], "values": ", ".join(sorted(allowed)[:20])})
    return tuple(words)


def _status(value: Any) -> HasStatus:
    return HasStatus(_among(value, STATUSES, _("There is no status “%(value)s”. There are: %(values)s.")))


def _zone(value: Any) -> InZone:
    sentence = _("There is no time zone “%(value)s”. Write it as in Asia/Shanghai.")
    return InZone(_among(value, available_timezones(), sentence))


def _language(value: Any) -> Reads:
    codes = [code for code, _name in settings.LANGUAGES]
    return Reads(_among(value, codes, _("There is no language “%(value)s”. There are: %(values)s.")))


def _main(value: Any) -> IsMain:
    if not isinstance(value, bool):
        raise RuleRefusal(_("After “main” stands true (main posts) or false (posts held beside the main one)."))
    return IsMain(value)


def _years(value: Any) -> Served:
    sentence = _("Years of service are written as {“from”: 5}, {“below”: 10} or both: whole numbers, from 0 to 80.")
    if not isinstance(value, dict) or not value or not set(value) <= {"from", "below"}:
        raise RuleRefusal(sentence)
    for years in value.values():
        if isinstance(years, bool) or not isinstance(years, int) or not 0 <= years <= MOST_YEARS:
            raise RuleRefusal(sentence)
    at_least, below = value.get("from"), value.get("below")
    if below is not None and below <= (at_least or 0):
        raise RuleRefusal(_("Nobody has served that long and that short: the second number must be the larger one."))
    return Served(at_least, below)


READERS: Final[dict[str, Callable[[Any], Leaf]]] = {
    "unit": lambda value: InUnit(_number(value)),
    "space": lambda value: InSpace(tuple(_number(space) for space in _list(value))),
    "post": lambda value: HasTitle(_words(value)),
    "post_has": lambda value: TitleHolds(_words(value)),
    "main": _main,
    "status": _status,
    "zone": _zone,
    "language": _language,
    "years": _years,
    "list": lambda value: OnList(_number(value)),
}
