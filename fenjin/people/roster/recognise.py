"""Which unit of the file is which unit here: by name from the top down, and where a name is gone, by the people.

Pure and deterministic: units, paths and counts in, a Matching out. The rule and its thresholds are
explained in docs/decisions/0008-how-units-are-recognised.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from fenjin.people.roster.parse import UnitPath

RENAMED_SHARE = 0.5  # more than this share of those still here: the unit under its new name
MERGED_SHARE = 0.8  # at least this share now elsewhere, together: the unit has been merged
TOGETHER = 3  # fewer people than this prove nothing
SIMILAR = 0.6  # so alike two names must be where the people leave a doubt


@dataclass(slots=True)
class KnownUnit:
    """An open unit as it is here; `people` hold their main post in it, `staying` of them are in the file."""

    id: int
    parent: int | None
    name: str
    people: int = 0
    staying: int = 0
    inside: bool = True  # the file speaks for it
    to: dict[int, int] = field(default_factory=dict)  # place in the file → how many of its people are there now


@dataclass(frozen=True, slots=True)
class Recognised:
    """One unit found again under another path, with the evidence."""

    kind: str  # rename, transfer (it has another parent now) or merger
    unit: int
    old: UnitPath
    new: UnitPath
    together: int  # of its people are at or below the new path
    staying: int  # are still in the file
    people: int  # it had

    def as_json(self) -> dict[str, Any]:
        """Return what the preview stores."""
        shown = {"kind": self.kind, "unit_id": self.unit, "from": "/".join(self.old), "to": "/".join(self.new)}
        return shown | {"together": self.together, "staying": self.staying, "people": self.people}


@dataclass(slots=True)
class Matching:
    """What was found: for units here where they are in the file, and the other way round."""

    expected: dict[int, int] = field(default_factory=dict)  # unit → the place where its people belong
    merged: set[int] = field(default_factory=set)  # units among those that end in another one
    known: dict[int, int] = field(default_factory=dict)  # place → unit
    found: list[Recognised] = field(default_factory=list)


def recognise(units: Iterable[KnownUnit], paths: Mapping[UnitPath, int], alive: set[int], denied: set[int]) -> Matching:
    """Match the units here (parents first) with the paths of a file.

    `alive` are the places at or below which the file puts somebody's main post. `denied` are units
    of which a person said that they are not to be recognised under another path.
    """
    return _Recogniser(list(units), paths, alive, denied).run()


class _Recogniser:
    def __init__(
        self, units: list[KnownUnit], paths: Mapping[UnitPath, int], alive: set[int], denied: set[int]
    ) -> None:
        self.units = {unit.id: unit for unit in units}
        self.paths, self.alive, self.denied = paths, alive, set(denied)
        self.path_of: dict[int, UnitPath] = {place: path for path, place in paths.items()}
        self.names: dict[int, UnitPath] = {}
        self.children: dict[int | None, list[KnownUnit]] = defaultdict(list)
        self.inhabited: set[int] = set()
        for unit in units:
            self.names[unit.id] = (*self.names.get(unit.parent or 0, ()), unit.name)
            self.children[unit.parent].append(unit)
        for unit in reversed(units):
            if (unit.people or unit.id in self.inhabited) and unit.parent is not None:
                self.inhabited.add(unit.parent)
        self.inhabited |= {unit.id for unit in units if unit.people}
        self.matching = Matching()
        self.vanished: dict[int, KnownUnit] = {}

    def run(self) -> Matching:
        """Match by name from the roots down, then look for the vanished, the highest first."""
        for root in self.children[None]:
            place = self.paths.get((root.name,))
            if place is None:
                continue
            self._match(root, place)
        while self.vanished:
            depth = min(len(self.names[unit]) for unit in self.vanished)
            level = [self.vanished[unit] for unit in sorted(self.vanished) if len(self.names[unit]) == depth]
            if not self._settle(level, beside=True):
                self._settle(level, beside=False)
                for unit in level:
                    if self.vanished.pop(unit.id, None):
                        self._give_up(unit)
        self.matching.found.sort(key=lambda one: (one.old, one.new))
        return self.matching

    def _match(self, unit: KnownUnit, place: int) -> None:
        """Note that a unit is this place; its children by name, those without a name there have vanished."""
        self.matching.expected[unit.id] = place
        self.matching.known[place] = unit.id
        for child in self.children[unit.id]:
            at = self.paths.get((*self.path_of[place], child.name))
            gone = child.inside and child.id in self.inhabited and (at is None or at not in self.alive)
            if gone:
                self.vanished[child.id] = child
            elif at is not None:
                self._match(child, at)

    def _merge(self, unit: KnownUnit, place: int) -> None:
        """Note that a unit ends in this place; what it held goes to the same names below it."""
        self.matching.expected[unit.id] = place
        self.matching.merged.add(unit.id)
        for child in self.children[unit.id]:
            at = self.paths.get((*self.path_of[place], child.name))
            if at is not None and (at in self.alive or child.id not in self.inhabited):
                self._merge(child, at)
            elif child.id in self.inhabited:
                self.vanished[child.id] = child

    def _give_up(self, unit: KnownUnit) -> None:
        """A unit that is found nowhere: a second post may still name it; what it held is looked for by itself."""
        if unit.id in self.denied:
            self.denied |= {child.id for child in self.children[unit.id]}
        place = self._second_only(unit)
        if place is not None:
            self._match(unit, place)
            return
        for child in self.children[unit.id]:
            if child.id in self.inhabited:
                self.vanished[child.id] = child

    def _second_only(self, unit: KnownUnit) -> int | None:
        above = self.matching.expected.get(unit.parent or 0)
        if above is None or unit.parent in self.matching.merged:
            return None
        return self.paths.get((*self.path_of[above], unit.name))

    def _settle(self, level: list[KnownUnit], *, beside: bool) -> bool:
        """Decide over the vanished units of one level; first (`beside`) only those renamed in their place."""
        claims: dict[int, list[tuple[KnownUnit, Recognised]]] = defaultdict(list)
        for unit in level:
            if unit.id in self.denied:
                continue
            claim = self._renamed(unit) if beside else self._elsewhere(unit)
            if claim:
                claims[claim[0]].append((unit, claim[1]))
        for place in sorted(claims, key=lambda place: self.path_of[place]):
            self._decide(place, claims[place])
        return bool(claims)

    def _decide(self, place: int, claims: list[tuple[KnownUnit, Recognised]]) -> None:
        """Give a place to those who claim it: one unit becomes it, all others merge into it."""
        heir = None
        if place not in self.matching.known:
            name = self.path_of[place][-1]
            alike = sorted((unit for unit, _ in claims), key=lambda unit: (-_likeness(unit.name, name), unit.id))
            if len(alike) == 1 or _likeness(alike[0].name, name) >= SIMILAR > _likeness(alike[1].name, name):
                heir = alike[0]
        for unit, evidence in sorted(claims, key=lambda claim: claim[0] is not heir):
            del self.vanished[unit.id]
            if unit is heir:
                kind = "rename" if self._stands_beside(unit, place) else "transfer"
                self._match(unit, place)
            else:
                kind = "merger"
                self._merge(unit, place)
            self.matching.found.append(replace(evidence, kind=kind))

    def _stands_beside(self, unit: KnownUnit, place: int) -> bool:
        above = self.matching.expected.get(unit.parent or 0)
        return above is not None and self.path_of[above] == self.path_of[place][:-1]

    def _renamed(self, unit: KnownUnit) -> tuple[int, Recognised] | None:
        """Return the new unit under the same parent that holds most of those who are still here."""

        def fits(place: int, together: int, staying: int) -> bool:
            if place in self.matching.known or not self._stands_beside(unit, place):
                return False
            return together > RENAMED_SHARE * staying and together >= TOGETHER

        return self._best(unit, fits)

    def _elsewhere(self, unit: KnownUnit) -> tuple[int, Recognised] | None:
        """Return the place that holds nearly all: a unit that is here, or a new one under another parent."""

        def fits(place: int, together: int, staying: int) -> bool:
            if together < TOGETHER:
                return False
            if together >= MERGED_SHARE * staying:
                return True
            new = place not in self.matching.known
            return (
                new and together > RENAMED_SHARE * staying and _likeness(unit.name, self.path_of[place][-1]) >= SIMILAR
            )

        return self._best(unit, fits)

    def _best(self, unit: KnownUnit, fits: Any) -> tuple[int, Recognised] | None:
        together, kept, people, staying = self._whereabouts(unit)
        best: tuple[tuple[int, int, int, UnitPath], int] | None = None
        for place, count in together.items():
            path = self.path_of[place]
            rank = (-kept[place], -count, -len(path), path)
            if (best is None or rank < best[0]) and fits(place, count, staying):
                best = rank, place
        if best is None:
            return None
        place, old = best[1], self.names[unit.id]
        return place, Recognised("", unit.id, old, self.path_of[place], together[place], staying, people)

    def _whereabouts(self, unit: KnownUnit) -> tuple[Counter[int], Counter[int], int, int]:
        """Count for every place how many of a unit's people are there, and how many just as they were below it."""
        together: Counter[int] = Counter()
        kept: Counter[int] = Counter()
        people = staying = 0
        own = self.names[unit.id]
        above = self.matching.expected.get(unit.parent or 0)
        around = self.path_of[above] if above is not None else ()
        below = [unit]
        for one in below:
            below += self.children[one.id]
            people, staying = people + one.people, staying + one.staying
            inner = self.names[one.id][len(own) :]
            for place, count in one.to.items():
                path = self.path_of[place]
                for depth in range(1, len(path) + 1):
                    # In the units above it only those count who are directly there: the others never left them.
                    if depth > len(around) or path[:depth] != around[:depth] or depth == len(path):
                        together[self.paths[path[:depth]]] += count
                if path[len(path) - len(inner) :] == inner and len(path) > len(inner):
                    kept[self.paths[path[: len(path) - len(inner)]]] += count
        return together, kept, people, staying


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
