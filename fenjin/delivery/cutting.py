"""Which parts of a cut may be shown beside the tree: the rule of coverage for posts and places, as plain arithmetic.

A cut divides the same people another way and is never crossed with units. It could still be subtracted from
them: nine in a unit, six of them welders and those all the welders there are, leaves three. So parts of a
cut merge until nothing that they and the units say together is about fewer than FEWEST people.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fenjin.delivery.suppression import FEWEST, Cell, Figures, suppress

MOST_TRIED: Final = 12  # so many groups are tried in every combination; of more, each alone and with some others
_NEIGHBOURS: Final = 40

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
    while len(together) < len(queue):
        exposed: set[str] | None = set()
        if not together or (len(together) > 1 and sum(sizes[part] for part in together) >= FEWEST):
            exposed = _exposed(crossed, together)
        if exposed is None:
            break
        candidates = (exposed - together) or (set(queue) - together)
        together.add(min(candidates, key=lambda part: (sizes[part], part)))
    return frozenset(together)


@dataclass(frozen=True, slots=True)
class _Share:
    """So many people of one part in one piece, by the groups to which the two belong."""

    of_part: _Node
    of_piece: _Node
    people: int
    part: str


def _exposed(crossed: Crossed, together: set[str]) -> set[str] | None:
    """Return parts through which fewer than FEWEST people can be worked out; None: there are none.

    What follows from parts and pieces is exactly: all of some parts less all of some pieces, where those pieces have
    nobody outside those parts; and the same the other way round. A share of FEWEST or more never is the difference.
    """
    shares: dict[tuple[_Node, _Node], list[tuple[str, int]]] = defaultdict(list)
    for (part, piece), count in crossed.items():
        if count:
            whole = ("together", None) if part in together else ("part", part)
            shares[whole, ("piece", piece)].append((part, count))
    groups = _Groups()
    for (part_node, piece_node), inside in shares.items():
        groups.know(part_node, piece_node, joined=sum(count for _part, count in inside) >= FEWEST)
    edges = [
        _Share(groups.of(part_node), groups.of(piece_node), count, part)
        for (part_node, piece_node), inside in shares.items()
        for part, count in inside
        if groups.of(part_node) != groups.of(piece_node)
    ]
    for chosen in _combinations({end for edge in edges for end in (edge.of_part, edge.of_piece)}):
        out = [edge for edge in edges if edge.of_part in chosen and edge.of_piece not in chosen]
        into = [edge for edge in edges if edge.of_piece in chosen and edge.of_part not in chosen]
        crossing = out or into
        if crossing and not (out and into) and sum(edge.people for edge in crossing) < FEWEST:
            return {edge.part for edge in crossing}
    return None


def _combinations(groups: set[_Node]) -> Iterator[set[_Node]]:
    many = sorted(groups, key=str)
    if len(many) <= MOST_TRIED:
        for mask in range(1, 2 ** len(many)):
            yield {group for place, group in enumerate(many) if mask >> place & 1}
        return
    for place, group in enumerate(many):
        yield {group}
        yield from ({group, other} for other in many[place + 1 : place + _NEIGHBOURS])


class _Groups:
    """Which nodes belong together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[_Node, _Node] = {}

    def of(self, node: _Node) -> _Node:
        """Return the name of a node's group."""
        while self._above.setdefault(node, node) != node:
            node = self._above[node]
        return node

    def know(self, one: _Node, other: _Node, *, joined: bool) -> None:
        """Know two nodes, and join their groups."""
        first, second = self.of(one), self.of(other)
        if joined:
            self._above[first] = second
