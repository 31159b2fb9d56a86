"""Arithmetic on half-open intervals of the tree's number line: a unit's subtree is one of them."""

from collections.abc import Iterable

type Interval = tuple[int, int]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same points as disjoint intervals in order."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def without(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """Return the points of `intervals` that lie in no hole, as disjoint intervals in order."""
    holes = union(holes)
    left: list[Interval] = []
    for start, end in union(intervals):
        for hole_start, hole_end in holes:
            if hole_end <= start or hole_start >= end:
                continue
            if start < hole_start:
                left.append((start, hole_start))
            start = max(start, hole_end)
            if start >= end:
                break
        if start < end:
            left.append((start, end))
    return left


def common(one: Iterable[Interval], other: Iterable[Interval]) -> list[Interval]:
    """Return the points that lie in both, as disjoint intervals in order."""
    others = union(other)
    both = [(max(a, c), min(b, d)) for a, b in union(one) for c, d in others if max(a, c) < min(b, d)]
    return union(both)
