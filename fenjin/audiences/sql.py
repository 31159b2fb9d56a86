"""A rule as SQL: where on the tree's number line its people may stand, and what else must hold for a post.

The stretches find the posts by index; the condition says the rest. Both name a post by an alias, since
the statement looks at posts twice: at the one in hand, and at the main post of the same person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from fenjin.audiences.intervals import Interval, common, union, without
from fenjin.audiences.rules import (
    Condition,
    HasStatus,
    HasTitle,
    InSpace,
    InUnit,
    InZone,
    IsMain,
    OnList,
    Reads,
    Rule,
    Served,
    TitleHolds,
    years_before,
)

EVERYWHERE: Final[Interval] = (-(2**62), 2**62)
FEW: Final = 8  # so many stretches stand in the statement itself, where the planner can weigh them
MOST_ARE: Final = "on_duty"  # the status of nearly everybody: the others have an index of their own


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule needs to know of the organisation before it can be written as SQL."""

    units: Mapping[int, Interval]
    spaces: Mapping[int, Interval] = field(default_factory=dict)  # of spaces with a root unit
    zoned: tuple[tuple[str, Interval], ...] = ()  # units with a time zone of their own, the highest first
    space_zones: Mapping[int, str] = field(default_factory=dict)
    on: date = date.min
    default_language: str = ""


def span(condition: Condition, ground: Ground) -> tuple[list[Interval], bool]:
    """Return where the posts of a condition may lie, and whether every post there fulfils it."""
    if isinstance(condition, InUnit):
        return [ground.units[condition.unit_id]], True
    if isinstance(condition, InSpace):
        known = [ground.spaces[space] for space in condition.values if space in ground.spaces]
        return (union(known) if len(known) == len(condition.values) else [EVERYWHERE]), False
    if not isinstance(condition, Rule):
        return [EVERYWHERE], False
    where, exact = [EVERYWHERE], True
    if condition.any:
        found = [span(one, ground) for one in condition.any]
        where = union(stretch for stretches, _exact in found for stretch in stretches)
        exact = all(is_exact for _stretches, is_exact in found)
    for one in condition.all:
        stretches, is_exact = span(one, ground)
        where, exact = common(where, stretches), exact and is_exact
    for one in condition.none:
        stretches, is_exact = span(one, ground)
        where, exact = (without(where, stretches) if is_exact else where), exact and is_exact
    return where, exact


class Writer:
    """Writes conditions with their parameters; `{post}` in what it returns is the alias of a post."""

    def __init__(self, ground: Ground, prefix: str = "r") -> None:
        self.ground, self.prefix = ground, prefix
        self.parameters: dict[str, Any] = {}
        self._write: dict[type, Callable[[Any], str]] = {
            InSpace: lambda one: f"{{post}}.space_id = ANY({self._bigints(one.values)})",
            HasTitle: lambda one: f"{{post}}.title = ANY({self._texts(one.values)})",
            TitleHolds: self._title_holds,
            IsMain: lambda one: "{post}.main" if one.value else "NOT {post}.main",
            HasStatus: self._has_status,
            InZone: self._in_zone,
            Reads: self._reads,
            Served: self._served,
            OnList: self._on_list,
            Rule: self._group,
        }

    def rest(self, rule: Rule) -> tuple[str, ...]:
        """Return what a post in the rule's span must fulfil beside standing there; an empty text when that is all.

        Several: one of them, and no person fulfils two. So a time zone asked of everybody becomes two small questions:
        by place, and by the few who have a clock of their own.
        """
        zones = [one for one in (*rule.all, *rule.none) if isinstance(one, InZone)]
        zone = zones[0] if len(zones) == 1 else None
        parts = []
        if rule.any and not all(span(one, self.ground)[1] for one in rule.any):
            parts.append(self._one_of(rule.any))
        parts += [self.write(one) for one in rule.all if one is not zone and not span(one, self.ground)[1]]
        parts += [self._not(one) for one in rule.none if one is not zone and not span(one, self.ground)[1]]
        if zone is None:
            return (" AND ".join(parts),)
        return tuple(" AND ".join([*parts, part]) for part in self._zone_parts(zone, wanted=zone in rule.all))

    def write(self, condition: Condition) -> str:
        """Return a condition as SQL."""
        if isinstance(condition, InUnit):
            return self.within([self.ground.units[condition.unit_id]])
        return self._write[type(condition)](condition)

    def within(self, stretches: list[Interval]) -> str:
        """Return the condition for posts on these stretches."""
        if not stretches:
            return "FALSE"
        if stretches == [EVERYWHERE]:
            return "TRUE"
        if len(stretches) <= FEW:
            one = "({{post}}.pos >= {} AND {{post}}.pos < {})"
            return f"({' OR '.join(one.format(self._set(start), self._set(end)) for start, end in stretches)})"
        starts, ends = (self._bigints(side) for side in zip(*stretches, strict=True))
        held = "{post}.pos >= r.first AND {post}.pos < r.behind"
        return f"EXISTS (SELECT 1 FROM unnest({starts}, {ends}) AS r(first, behind) WHERE {held})"  # noqa: S608

    def _group(self, rule: Rule) -> str:
        parts = [self._one_of(rule.any)] if rule.any else []
        parts += [self.write(one) for one in rule.all]
        parts += [self._not(one) for one in rule.none]
        return f"({' AND '.join(parts) or 'TRUE'})"

    def _one_of(self, conditions: Iterable[Condition]) -> str:
        """Return "one of these"; all units together are one condition."""
        units = [one for one in conditions if isinstance(one, InUnit)]
        others = [self.write(one) for one in conditions if not isinstance(one, InUnit)]
        if units:
            others.append(self.within(union(self.ground.units[one.unit_id] for one in units)))
        return f"({' OR '.join(others)})"

    def _not(self, condition: Condition) -> str:
        return f"NOT {self.write(condition)}" if isinstance(condition, Rule) else f"NOT ({self.write(condition)})"

    def _title_holds(self, one: TitleHolds) -> str:
        return f"({' OR '.join(f'strpos({{post}}.title, {self._set(word)}) > 0' for word in one.values)})"

    def _person(self, condition: str) -> str:
        return f"EXISTS (SELECT 1 FROM people_person w WHERE w.id = {{post}}.person_id AND {condition})"  # noqa: S608

    def _has_status(self, one: HasStatus) -> str:
        """Ask for the rare statuses alone: theirs is a small index, and nobody else's row needs to be read."""
        if MOST_ARE not in one.values:
            return self._person(f"w.status <> '{MOST_ARE}' AND w.status = ANY({self._texts(one.values)})")
        return "NOT " + self._person(f"w.status <> '{MOST_ARE}' AND w.status <> ALL({self._texts(one.values)})")

    def _in_zone(self, one: InZone) -> str:
        """The own zone, else that of the nearest unit, else that of the space."""
        return f"({' OR '.join(f'({part})' for part in self._zone_parts(one, wanted=True))})"

    def _zone_parts(self, one: InZone, *, wanted: bool) -> tuple[str, str]:
        """Return by whose own zone a post is in one of these, or in none when not wanted; and by which place."""
        inside, taken = self._zoned(frozenset(one.values))
        spaces = [space for space, zone in self.ground.space_zones.items() if zone in one.values]
        by_place = [self.within(inside)] if inside else []
        if spaces:
            cut = f" AND NOT {self.within(taken)}" if taken else ""
            by_place.append(f"({{post}}.space_id = ANY({self._bigints(spaces)}){cut})")
        there = f"({' OR '.join(by_place) or 'FALSE'})"
        held = "= ANY" if wanted else "<> ALL"
        own = self._person(f"w.zone <> '' AND w.zone {held}({self._texts(one.values)})")
        without_own = "NOT " + self._person("w.zone <> ''")
        return own, f"{there if wanted else f'NOT {there}'} AND {without_own}"

    def _zoned(self, zones: frozenset[str]) -> tuple[list[Interval], list[Interval]]:
        """Return where units give one of these zones, and where units give any."""
        inside: list[Interval] = []
        for zone, stretch in self.ground.zoned:  # the highest first, so that a lower unit overrules it
            inside = union([*inside, stretch]) if zone in zones else without(inside, [stretch])
        return inside, union(stretch for _zone, stretch in self.ground.zoned)

    def _reads(self, one: Reads) -> str:
        """Who has no account, or has not chosen, reads the platform's language."""
        account = "SELECT 1 FROM people_account a WHERE a.person_id = {post}.person_id AND a.language <> ''"
        if self.ground.default_language not in one.values:
            return f"EXISTS ({account} AND a.language = ANY({self._texts(one.values)}))"
        return f"NOT EXISTS ({account} AND a.language <> ALL({self._texts(one.values)}))"

    def _served(self, one: Served) -> str:
        parts = []
        if one.at_least is not None:
            parts.append(f"w.started_on <= {self._set(years_before(self.ground.on, one.at_least))}::date")
        if one.below is not None:
            parts.append(f"w.started_on > {self._set(years_before(self.ground.on, one.below))}::date")
        return self._person(" AND ".join(parts))

    def _on_list(self, one: OnList) -> str:
        people = f"SELECT unnest(l.people) FROM audiences_personlist l WHERE l.id = {self._set(one.list_id)}"  # noqa: S608
        return f"{{post}}.person_id IN ({people})"

    def _set(self, value: Any) -> str:
        name = f"{self.prefix}{len(self.parameters)}"
        self.parameters[name] = value
        return f"%({name})s"

    def _bigints(self, values: Iterable[int]) -> str:
        return f"{self._set(list(values))}::bigint[]"

    def _texts(self, values: Iterable[str]) -> str:
        return f"{self._set(list(values))}::text[]"
