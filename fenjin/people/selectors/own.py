"""What a person reads about themselves: the posts they hold, with the names of the units above."""

from collections.abc import Collection
from dataclasses import dataclass

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import in_english
from fenjin.people.models import Post, Unit


@dataclass(frozen=True, slots=True)
class OwnPost:
    """A current post in the reader's words: `path` are the units from the top down to the own one."""

    title: str
    path: tuple[str, ...]
    main: bool
    space_id: int


def own_posts(person_id: int) -> list[OwnPost]:
    """Return the current posts of a person, the main one first, in two queries."""
    with every_space(Reason.OWN_ROWS):
        held = Post.objects.filter(person=person_id, ended_on__isnull=True).select_related("unit")
        posts = list(listing(held.order_by("-main", "started_on", "pk")))
    wanted = {unit for post in posts for unit in post.unit.path}
    names = unit_titles(wanted)
    return [
        OwnPost(post.title, tuple(names[unit] for unit in post.unit.path if unit in names), post.main, post.space_id)
        for post in posts
    ]


def unit_titles(unit_ids: Collection[int]) -> dict[int, str]:
    """Return the names of units in the reader's language where they have one in it, whatever the scope."""
    english = in_english()
    rows = Unit._base_manager.filter(pk__in=list(unit_ids)).values_list("pk", "name", "name_en")
    return {unit: (english and name_en) or name for unit, name, name_en in rows}


def own_main_space(person_id: int) -> int | None:
    """Return the space of a person's main post, or of the oldest post if none is the main one."""
    with every_space(Reason.OWN_ROWS):
        held = Post.objects.filter(person=person_id, ended_on__isnull=True).order_by("-main", "started_on", "pk")
        space: int | None = held.values_list("space_id", flat=True).first()
        return space


def own_main_unit(person_id: int) -> int | None:
    """Return the unit of a person's main post, or of the oldest post if none is the main one."""
    with every_space(Reason.OWN_ROWS):
        held = Post.objects.filter(person=person_id, ended_on__isnull=True).order_by("-main", "started_on", "pk")
        unit: int | None = held.values_list("unit_id", flat=True).first()
        return unit
