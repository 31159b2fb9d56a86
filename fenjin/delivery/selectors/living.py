"""Living audiences: a rule and a reach, asked of one person at a time.

Neither changes after the sending, so processes keep them as they keep bitmaps.
"""

from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pyroaring import BitMap

from fenjin.audiences.access import Reach
from fenjin.audiences.selectors import (
    PlacedPost,
    Rule,
    compile_rule,
    counted_under,
    freeze,
    parse_rule,
    placed_posts,
    today,
)
from fenjin.kit.scope import EVERYTHING


@dataclass(frozen=True, slots=True)
class Living:
    """Whoever fits `rule` through a post within `reach`."""

    rule: Rule
    reach: Reach


def living_of(rule: Any, reach: Any) -> Living:
    """Return the audience that a message's row holds."""
    return Living(parse_rule(rule), stored_reach(reach))


def reach_as_stored(reach: Reach) -> dict[str, Any]:
    """Return a reach as JSON; None stands for all."""
    return {
        "spaces": None if reach.spaces is EVERYTHING else sorted(reach.spaces),
        "branches": None if reach.branches is None else sorted(reach.branches),
    }


def stored_reach(stored: Mapping[str, Any]) -> Reach:
    """Return the reach that was stored."""
    spaces, branches = stored["spaces"], stored["branches"]
    return Reach(
        spaces=EVERYTHING if spaces is None else frozenset(spaces),
        branches=None if branches is None else frozenset(branches),
    )


def people_now(rule: Any, reach: Any) -> BitMap:
    """Return everybody whom a living audience means now; for a million people this takes seconds."""
    living = living_of(rule, reach)
    return BitMap(array("I", chain.from_iterable(freeze(compile_rule(living.rule, living.reach, kept=True)).values())))


def units_now[Key](person_id: int, asked: Mapping[Key, Living]) -> dict[Key, int]:
    """Return, for those of some living audiences to which a person belongs now, the unit under which: one statement."""
    if not asked:
        return {}
    lists = frozenset[int]().union(*(one.rule.lists for one in asked.values()))
    posts, on = placed_posts([person_id], lists).get(person_id, []), today()
    found: dict[Key, int] = {}
    for key, one in asked.items():
        unit = counted_under(one.rule, _reached(posts, one.reach), on)
        if unit is not None:
            found[key] = unit
    return found


def meant_of(people: BitMap, rule: Any, reach: Any) -> BitMap:
    """Return those of some people whom a living audience means now: for a chunk, not for everybody."""
    return BitMap(array("I", places_of(people.to_array(), living_of(rule, reach))))


def places_of(people: Collection[int], living: Living) -> dict[int, int]:
    """Return person → unit for those of some people whom a living audience means now: one statement."""
    on, found = today(), {}
    for person, held in placed_posts(people, living.rule.lists).items():
        unit = counted_under(living.rule, _reached(held, living.reach), on)
        if unit is not None:
            found[person] = unit
    return found


def _reached(posts: Iterable[PlacedPost], reach: Reach) -> list[PlacedPost]:
    return [
        post
        for post in posts
        if post.space_id in reach.spaces and (reach.branches is None or reach.branches & frozenset(post.path))
    ]
