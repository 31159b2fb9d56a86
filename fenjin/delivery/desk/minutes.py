"""Minutes of attention as pages tell them: in tenths, and so that what stands together adds up."""

from collections.abc import Sequence


def in_tenths(minutes: Sequence[float]) -> list[int]:
    """Round minutes to tenths whose sum is the rounded sum: who loses most by being cut off is rounded up."""
    exact = [10 * one for one in minutes]
    tenths = [int(one) for one in exact]
    missing = round(sum(exact)) - sum(tenths)
    for place in sorted(range(len(exact)), key=lambda place: tenths[place] - exact[place])[:missing]:
        tenths[place] += 1
    return tenths


def told(tenths: int) -> str:
    """Return tenths of a minute as they stand on the page."""
    return f"{tenths / 10:.1f}"
