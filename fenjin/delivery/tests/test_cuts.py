"""Cuts by post and place beside the tree: whatever is added and subtracted, nothing is about fewer than five people."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fenjin.delivery.cutting import pieces, suppress_cut
from fenjin.delivery.suppression import FEWEST

_CROSSED = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=9)


def _rank(rows):
    """Return the rank of a matrix, exactly."""
    rows, rank = [list(map(Fraction, row)) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((n for n in range(rank, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for n in range(rank + 1, len(rows)):
            factor = rows[n][column] / rows[rank][column]
            rows[n] = [one - factor * other for one, other in zip(rows[n], rows[rank], strict=True)]
        rank += 1
    return rank


@given(_CROSSED)
def test_no_sum_of_cuts_and_units_is_about_fewer_than_five(drawn):
    crossed = {}
    for part, piece, people in drawn:
        crossed[f"post {part}", piece] = people
    atoms = sorted(crossed, key=str)
    if any(sum(n for (_part, piece), n in crossed.items() if piece == one) < FEWEST for _p, one in atoms):
        return  # such a piece of the tree is not shown by itself
    hidden = suppress_cut(crossed)
    alone = {part for part, _piece in atoms} - hidden
    if not alone:
        return
    shown = [[int(piece == one) for _part, piece in atoms] for one in {piece for _part, piece in atoms}]
    shown += [[int(part == one) for part, _piece in atoms] for one in alone]
    shown.append([int(part in hidden) for part, _piece in atoms])
    assert all(sum(crossed[atom] for atom in atoms if atom[0] == part) >= FEWEST for part in alone)
    rank = _rank(shown)
    for size in range(1, FEWEST):
        for group in combinations(range(len(atoms)), size):
            if sum(crossed[atoms[n]] for n in group) < FEWEST:
                assert _rank([*shown, [int(n in group) for n in range(len(atoms))]]) > rank


def test_parts_that_units_would_show_through_merge():
    # All welders there are belong to unit 1, and leave three others there.
    assert suppress_cut({("welder", 1): 6, ("cook", 1): 3, ("cook", 2): 20}) == {"welder", "cook"}
    assert suppress_cut({("welder", 1): 6, ("cook", 1): 5, ("cook", 2): 20}) == frozenset()
    assert suppress_cut({("welder", 1): 3, ("cook", 1): 6, ("clerk", 2): 30, ("clerk", 1): 7}) >= {"welder", "cook"}


def test_pieces_are_what_the_pages_show():
    paths = {1: (1,), 2: (1, 2), 3: (1, 3), 4: (1, 4), 5: (1, 4, 5), 6: (1, 4, 6)}
    found = pieces({1: 2, 2: 3, 3: 9, 4: 6, 5: 7, 6: 8}, paths)
    assert found[1] == found[2]
    assert len({found[unit] for unit in paths}) == 5


def test_two_groups_that_show_somebody_only_together_are_found_among_many():
    # By itself neither shows anything; parts "a" and "z" less pieces 1 and 2 are the three of "a" who are in piece 3.
    crossed = {("a", 1): 6, ("z", 2): 6, ("a", 2): 2, ("z", 1): 2, ("a", 3): 3, ("k", 3): 9, ("k", 10): 2, ("m0", 3): 2}
    for n in range(60):
        crossed |= {(f"m{n}", 10 + n): 6, (f"m{n}", 10 + (n + 1) % 60): 2}
    assert "a" in suppress_cut(crossed)
    assert suppress_cut(crossed | {("a", 3): 5}) == frozenset()
