"""A rule as a sentence that reads like one, in the language of the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fenjin.audiences.rules import (
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

SHOWN = 6  # names in one phrase; of more the sentence says how many there are


@dataclass(frozen=True, slots=True)
class Names:
    """What the things are called that rules name by number, and the words for statuses."""

    units: Mapping[int, str] = field(default_factory=dict)
    spaces: Mapping[int, str] = field(default_factory=dict)
    lists: Mapping[int, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)


def sentence(rule: Rule, names: Names) -> str:
    """Return who is meant, as a sentence without its full stop; empty while nobody is."""
    who = _who(rule, names)
    if not who:
        return ""
    if not rule.none:
        return _("people %(who)s") % {"who": who}
    return _("people %(who)s, but not those %(none)s") % {"who": who, "none": _either(rule.none, names)}


def phrase(condition: Condition, names: Names) -> str:
    """Return one condition as it stands behind "people"."""
    if isinstance(condition, Rule):
        who, without = _who(condition, names), _either(condition.none, names) if condition.none else ""
        if not who:
            return _("not %(none)s") % {"none": without}
        if without:
            return _("(%(who)s, but not those %(none)s)") % {"who": who, "none": without}
        return f"({who})" if len(condition.any) + len(condition.all) > 1 else who
    return _leaf(condition, names)


def _who(rule: Rule, names: Names) -> str:
    parts = [_either(rule.any, names, bracket=bool(rule.all))] if rule.any else []
    parts += [phrase(one, names) for one in rule.all]
    return pgettext("between conditions", ", and ").join(parts)


def _either(conditions: Iterable[Condition], names: Names, *, bracket: bool = False) -> str:
    """Return "one of these": all units together are one phrase."""
    units = [one.unit_id for one in conditions if isinstance(one, InUnit)]
    parts = [_in_units(units, names)] if units else []
    parts += [phrase(one, names) for one in conditions if not isinstance(one, InUnit)]
    words = _(" or ").join(parts)
    return f"({words})" if bracket and len(parts) > 1 else words


def _in_units(units: list[int], names: Names) -> str:
    return _("in %(units)s") % {"units": _one_of(names.units.get(unit, "?") for unit in units)}


def _one_of(words: Iterable[str]) -> str:
    every = list(words)
    shown = _(" or ").join(every[:SHOWN])
    more = len(every) - SHOWN
    if more <= 0:
        return shown
    return ngettext("%(shown)s and %(count)d more", "%(shown)s and %(count)d more", more) % {
        "shown": shown,
        "count": more,
    }


def _leaf(one: Leaf, names: Names) -> str:
    return _LEAVES[type(one)](one, names)


def _served(one: Served) -> str:
    years = {"from": one.at_least, "below": one.below}
    if one.below is None:
        return _("with at least %(from)s years of service") % years
    if one.at_least is None:
        return _("with less than %(below)s years of service") % years
    return _("with at least %(from)s and less than %(below)s years of service") % years


_LEAVES: Final[dict[type, Callable[[Any, Names], str]]] = {
    InUnit: lambda one, names: _in_units([one.unit_id], names),
    InSpace: lambda one, names: (
        _("of the sub-platform %(spaces)s") % {"spaces": _one_of(names.spaces.get(value, "?") for value in one.values)}
    ),
    HasTitle: lambda one, _names: _("whose post is %(titles)s") % {"titles": _one_of(_quoted(one.values))},
    TitleHolds: lambda one, _names: (
        _("with %(words)s in the name of the post") % {"words": _one_of(_quoted(one.values))}
    ),
    IsMain: lambda one, _names: _("by the main post") if one.value else _("by a post beside the main one"),
    HasStatus: lambda one, names: (
        _("with the status %(statuses)s")
        % {"statuses": _one_of(names.statuses.get(value, value) for value in one.values)}
    ),
    InZone: lambda one, _names: (
        _("who live by the clock of %(zones)s") % {"zones": _one_of(zone_name(value) for value in one.values)}
    ),
    Reads: lambda one, _names: (
        _("who read %(languages)s")
        % {"languages": _one_of(dict(settings.LANGUAGES).get(value, value) for value in one.values)}
    ),
    Served: lambda one, _names: _served(one),
    OnList: lambda one, names: _("on the list “%(name)s”") % {"name": names.lists.get(one.list_id, "?")},
}


def _quoted(words: Iterable[str]) -> list[str]:
    return [_("“%(word)s”") % {"word": word} for word in words]


def zone_name(zone: str) -> str:
    """Return the place in the name of a time zone: "Asia/Almaty" → Almaty."""
    known = {
        "Asia/Shanghai": _("Beijing"),
        "Asia/Urumqi": _("Urumqi"),
        "Asia/Almaty": _("Almaty"),
        "Asia/Muscat": _("Muscat"),
        "Asia/Jakarta": _("Jakarta"),
        "Africa/Lagos": _("Lagos"),
        "America/Lima": _("Lima"),
        "Europe/Berlin": _("Berlin"),
    }
    return known.get(zone) or zone.rpartition("/")[2].replace("_", " ")
