"""Which parts of a cut may be shown beside the tree: the rule of coverage for posts and places, as plain arithmetic.

A cut divides the same people another way and is never crossed with units. It could still be subtracted from
them: nine in a unit, six of them welders and those all the welders there are, leaves three. So parts of a
cut merge until nothing that they and the units say together is about fewer than FEWEST people.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Final

from fenjin.delivery.suppression import FEWEST, Cell, Figures, suppress

MOST_TRIED: Final = 12  # so many groups are tried in every combination; of more, each alone and with each neighbour

# People by (part of the cut, piece of the tree that is shown by itself).
type Crossed = Mapping[tuple[str, Hashable], int]
type _Node = tuple[str, Hashable]


def pieces(people: Mapping[int, int], paths: Mapping[int, Sequence[int]]) -> dict[int, Hashable]:
    """Return for each unit of an audience the smallest shown piece of the tree that its own people belong to.

    `people`: of each unit those who count under it itself; `paths`: its units from the root down.
    """
    found: dict[int, Hashable] = {}
    waiting: list[tuple[int | None, int, list[int]]] = [(None, 0, list(people))]
    while waiting:
        page, level, units = waiting.pop()
        below: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for unit in units:
            direct = len(paths[unit]) == level
            below[unit if direct else paths[unit][level], direct].append(unit)
        shown = suppress(
            Cell(unit, Figures(sum(people[own] for own in inside)), direct=direct)
            for (unit, direct), inside in below.items()
        )
        for cell in shown.cells:
            inside = below[cell.unit_id, cell.direct]
            if inside == [cell.unit_id]:
                found[cell.unit_id] = cell.unit_id
            else:
                waiting.append((cell.unit_id, level + 1, inside))
        for cell in shown.merged.cells if shown.merged else ():
            found |= dict.fromkeys(below[cell.unit_id, cell.direct], ("merged", page))
    return found


def suppress_cut(crossed: Crossed) -> frozenset[str]:
    """Return the parts of a cut that are shown only together; none: each may be shown; all: the cut is not shown.

    Together they have at least FEWEST people and are at least two.
    """
    sizes: dict[str, int] = defaultdict(int)
    for (part, _piece), count in crossed.items():
        sizes[part] += count
    queue = sorted((part for part in sizes if sizes[part]), key=lambda part: (sizes[part], part))
    together = {part for part in queue if sizes[part] < FEWEST}
    known = _known(crossed)
    while len(together) < len(queue):
        exposed: set[str] | None = set()
        if not together or (len(together) > 1 and sum(sizes[part] for part in together) >= FEWEST):
            exposed = _exposed(known, together)
        if exposed is None:
            break
        candidates = (exposed - together) or (set(queue) - together)
        together.add(min(candidates, key=lambda part: (sizes[part], part)))
    return frozenset(together)


class _Groups:
    """Which nodes belong together (union-find)."""

    def __init__(self, above: Mapping[_Node, _Node] | None = None) -> None:
        self._above: dict[_Node, _Node] = dict(above or {})

    def of(self, node: _Node) -> _Node:
        """Return the name of a node's group."""
        top = node
        while self._above.setdefault(top, top) != top:
            top = self._above[top]
        while self._above[node] != top:
            self._above[node], node = top, self._above[node]
        return top

    def join(self, one: _Node, other: _Node) -> None:
        """Make one group of the groups of two nodes."""
        first, second = self.of(one), self.of(other)
        if first != second:
            self._above[first] = second

    def copy(self) -> "_Groups":
        """Return the same groups, to be joined further."""
        return _Groups(self._above)


type _Small = Sequence[tuple[str, Hashable, int]]  # a part, a piece, and the few people who are in both
_TOGETHER: Final[_Node] = ("together", None)


def _known(crossed: Crossed) -> tuple[_Groups, _Small]:
    """Return what holds whatever parts are merged: groups, and the small shares that lie between two of them.

    A share of FEWEST or more never is a difference, and merging parts only makes shares larger and groups fewer.
    """
    groups = _Groups()
    for (part, piece), count in crossed.items():
        if count >= FEWEST:
            groups.join(("part", part), ("piece", piece))
    small = [
        (part, piece, count)
        for (part, piece), count in crossed.items()
        if 0 < count < FEWEST and groups.of(("part", part)) != groups.of(("piece", piece))
    ]
    return groups, small


def _exposed(known: tuple[_Groups, _Small], together: set[str]) -> set[str] | None:
    """Return parts through which fewer than FEWEST people can be worked out; None: there are none.

    What follows from parts and pieces is exactly: all of some parts less all of some pieces, where those pieces have
    nobody outside those parts; and the same the other way round.
    """
    groups, small = known[0].copy(), known[1]
    merged: dict[Hashable, int] = defaultdict(int)
    for part in together:
        groups.join(("part", part), _TOGETHER)
    for part, piece, count in small:
        if part in together:
            merged[piece] += count
    for piece, count in merged.items():
        if count >= FEWEST:
            groups.join(_TOGETHER, ("piece", piece))
    edges = [
        _Edge(groups.of(("part", part)), groups.of(("piece", piece)), count, part)
        for part, piece, count in small
        if groups.of(("part", part)) != groups.of(("piece", piece))
    ]
    chosen = _small_difference(edges)
    if chosen is None:
        return None
    return {edge.part for edge in edges if (edge.of_part in chosen) != (edge.of_piece in chosen)}


@dataclass(frozen=True, slots=True)
class _Edge:
    """So many people of one part in one piece, by the groups to which the two belong."""

    of_part: _Node
    of_piece: _Node
    people: int
    part: str


def _small_difference(edges: Sequence[_Edge]) -> set[_Node] | None:
    """Return groups whose parts and pieces differ by fewer than FEWEST people; None: there are none.

    Of many groups, each alone and each two between which there are people: of two others, one alone would do.
    """
    out: dict[_Node, int] = defaultdict(int)
    into: dict[_Node, int] = defaultdict(int)
    between: dict[tuple[_Node, _Node], int] = defaultdict(int)
    for edge in edges:
        out[edge.of_part] += edge.people
        into[edge.of_piece] += edge.people
        between[edge.of_part, edge.of_piece] += edge.people
    groups = sorted({*out, *into}, key=str)
    if len(groups) <= MOST_TRIED:
        choices: Iterable[tuple[_Node, ...]] = (
            tuple(group for place, group in enumerate(groups) if mask >> place & 1)
            for mask in range(1, 2 ** len(groups))
        )
    else:
        choices = chain(((group,) for group in groups), between)
    for chosen in choices:
        inside = sum(between.get(pair, 0) for pair in product(chosen, chosen))
        leaving = sum(out[group] for group in chosen) - inside
        entering = sum(into[group] for group in chosen) - inside
        if (leaving or entering) and not (leaving and entering) and leaving + entering < FEWEST:
            return set(chosen)
    return None
