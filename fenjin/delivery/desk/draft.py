"""The audience while it is being put together: it lives in the address, nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from fenjin.audiences.access import reach_of
from fenjin.audiences.selectors import Breakdown, Example, by_unit, companies_of, compile_rule, examples, parse_rule
from fenjin.delivery.access import SEND
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Scope
from fenjin.people.selectors.branches import children_of, search_units, top_units, units_by_id, way_down
from fenjin.people.selectors.tree import count_people_below
from fenjin.spaces.access import Membership, spaces_allowing

MOST_SHOWN = 200


def sending_space(membership: Membership, data: QueryDict) -> int:
    """Return the space somebody sends for: the one asked for, else the first; raises NotFound."""
    own = sorted(spaces_allowing(membership, SEND, branches=True))
    if not own:
        raise NotFound
    asked = data.get("space", "")
    if not asked:
        return own[0]
    if not asked.isdecimal() or int(asked) not in own:
        raise NotFound
    return int(asked)


def sending_scope(membership: Membership, space_id: int) -> Scope:
    """Return what may be chosen when sending for a space: its content, and the people it reaches."""
    return Scope(content=frozenset({space_id}), people=reach_of(membership, space_id).spaces)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A unit that is in the audience, or left out of it."""

    unit_id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that can be chosen."""

    unit_id: int
    name: str
    place: str
    people: int | None
    deeper: bool
    state: str  # "in", "out" or ""


@dataclass(slots=True)
class Draft:
    """The units chosen so far, and where in the tree the sender is looking."""

    included: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    at: int | None = None
    query: str = ""
    saved: Any = None  # a saved audience instead of units

    @classmethod
    def read(cls, data: QueryDict) -> "Draft":
        """Return the draft that an address holds, after the button that was pressed."""
        draft = cls(_numbers(data.getlist("in")), _numbers(data.getlist("out")), _number(data.get("at")))
        draft.query = data.get("q", "").strip()[:60]
        added, cut, dropped = (_number(data.get(name)) for name in ("add", "cut", "drop"))
        for unit, into in ((added, draft.included), (cut, draft.excluded), (dropped, None)):
            if unit is not None:
                draft._put(unit, into)
        if data.get("go") is not None:
            draft.at, draft.query = _number(data.get("go")), ""
        return draft

    def _put(self, unit: int, into: list[int] | None) -> None:
        for chosen in (self.included, self.excluded):
            if unit in chosen:
                chosen.remove(unit)
        if into is not None:
            into.append(unit)

    @property
    def empty(self) -> bool:
        """Tell whether neither a unit nor a saved audience is chosen: nobody is meant."""
        return not self.included and self.saved is None

    def rule(self) -> dict[str, Any]:
        """Return the audience as a rule."""
        if self.saved is not None:
            rule: dict[str, Any] = self.saved.rule
            return rule
        return {
            "any": [{"unit": unit} for unit in self.included],
            "none": [{"unit": unit} for unit in self.excluded],
        }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 and int(text) > 0 else None


def _numbers(texts: list[str]) -> list[int]:
    return list(dict.fromkeys(number for number in map(_number, texts) if number is not None))


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant by a draft: how many, by company and by unit, and a few of them."""

    people: int = 0
    companies: tuple[Breakdown, ...] = ()
    examples: tuple[Example, ...] = ()
    units: Mapping[int, int] = field(default_factory=dict)


def audience_of(draft: Draft, membership: Membership, space_id: int, *, with_examples: bool = False) -> Audience:
    """Return who is meant; nobody while neither a unit nor a saved audience is chosen. Raises RuleRefusal."""
    if draft.empty:
        return Audience()
    meant = compile_rule(parse_rule(draft.rule()), reach_of(membership, space_id))
    units = by_unit(meant)  # the one walk over all who are meant
    some = tuple(examples(meant, units=units)) if with_examples else ()
    return Audience(sum(units.values()), tuple(companies_of(units)), some, units)


def chosen_units(unit_ids: list[int]) -> list[Chosen]:
    """Return chosen units in scope with their names and the names above them."""
    units = units_by_id(unit_ids)
    above = units_by_id({parent for unit in units.values() for parent in unit.path})
    return [
        Chosen(unit_id, units[unit_id].title, _place(units[unit_id], above)) for unit_id in unit_ids if unit_id in units
    ]


def _place(unit: Any, above: dict[int, Any]) -> str:
    return " / ".join(above[parent].title for parent in unit.path[1:-1] if parent in above)


@dataclass(frozen=True, slots=True)
class Browser:
    """One page of the tree: the way here, the units to choose from, and whether there are more."""

    way: tuple[Any, ...]
    here: Choice | None
    choices: tuple[Choice, ...]
    more: bool


def browse(draft: Draft) -> Browser:
    """Return what the picker shows: found units, the children of the looked-at unit, or the top."""
    here = units_by_id([draft.at]).get(draft.at) if draft.at else None
    way: tuple[Any, ...] = ()
    if draft.query:
        units = search_units(draft.query, limit=40)
    elif here is not None:
        units, way = children_of(here.pk), tuple(way_down(here))
    else:
        units = top_units()
        if len(units) == 1:
            here, way = units[0], (units[0],)
            units = children_of(here.pk)
    people = count_people_below(here.pk) if here is not None and not draft.query else {}
    above = units_by_id({parent for unit in units for parent in unit.path}) if draft.query else {}
    choices = [_choice(unit, draft, people, above) for unit in units]
    own = _choice(here, draft, {}, {}) if here is not None and not draft.query else None
    return Browser(way, own, tuple(choices[:MOST_SHOWN]), len(choices) > MOST_SHOWN)


def _choice(unit: Any, draft: Draft, people: dict[int, int], above: dict[int, Any]) -> Choice:
    state = "in" if unit.pk in draft.included else "out" if unit.pk in draft.excluded else ""
    deeper = bool(getattr(unit, "has_children", False))
    return Choice(unit.pk, unit.title, _place(unit, above), people.get(unit.pk), deeper, state)
