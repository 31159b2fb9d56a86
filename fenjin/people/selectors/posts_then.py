"""The posts that people held at an instant in the past."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Post, PostEvent

_SEVERAL = """
SELECT person_id, array_agg(unit_id ORDER BY NOT main, started_on, id) FROM people_post
WHERE ended_on IS NULL AND person_id IN (SELECT person_id FROM people_post WHERE ended_on IS NULL AND NOT main)
GROUP BY 1 HAVING count(*) > 1
"""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post as it stood at an instant; `order` puts the main post first, then the oldest."""

    unit_id: int
    main: bool
    order: tuple[bool, object, int]


def posts_at(person_ids: Collection[int], instant: datetime) -> dict[int, list[HeldPost]]:
    """Return person → the posts that the database held as current at `instant`, the main one first, then by age.

    Dates are too coarse for that: who moves in the afternoon was elsewhere in the morning. So rows
    count from the moment they were written, and ends and changes of the main post are undone when
    their event was written later. Who held none is missing; it is two statements at most.
    """
    posts: dict[int, list[Post]] = {}
    with every_space(Reason.OWN_ROWS):
        for post in Post.objects.filter(person__in=list(person_ids), created_at__lte=instant):
            posts.setdefault(post.person_id, []).append(post)
        moved = [post.pk for own in posts.values() if not _plain(own) for post in own]
        later = PostEvent.objects.filter(post__in=moved, created_at__gt=instant, kind__in=["ended", "main"])
        undone = _before(later.order_by("created_at", "pk")) if moved else {}
    day = instant.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    found = {}
    for person, own in posts.items():
        held = [
            _held(post, main=undone.get(post.pk, {}).get("main", post.main))
            for post in own
            if post.ended_on is None or "ended" in undone.get(post.pk, {}) or post.ended_on > day
        ]
        if held:
            found[person] = sorted(held, key=lambda post: post.order)
    return found


def _plain(posts: list[Post]) -> bool:
    """Tell whether nothing has happened since: one post, which is held still."""
    return len(posts) == 1 and posts[0].ended_on is None


def units_of_several_posts() -> Iterator[tuple[int, list[int]]]:
    """Yield everybody with more than one current post: the person's id and the units, in the order of `posts_at`."""
    with connection.cursor() as cursor:
        cursor.execute(_SEVERAL)
        yield from cursor.fetchall()


_CHANGED = """
SELECT person_id FROM people_post WHERE created_at > %(since)s
UNION SELECT p.person_id FROM people_postevent e JOIN people_post p ON p.id = e.post_id WHERE e.created_at > %(since)s
UNION SELECT person_id FROM people_personevent WHERE created_at > %(since)s
"""


def people_changed_since(instant: datetime) -> list[int]:
    """Return the ids of all people of whom a post or an own fact was written down after an instant.

    Whoever is not among them is where they were, unless a unit moved with all that are in it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"since": instant})
        return [person for (person,) in cursor.fetchall()]


def _before(events: Iterable[PostEvent]) -> dict[int, dict[str, bool]]:
    """Return what the first later event of each kind says of the time before it."""
    undone: dict[int, dict[str, bool]] = {}
    for event in events:
        was = bool(event.old.get("main", False)) if event.kind == "main" else True
        undone.setdefault(event.post_id, {}).setdefault(event.kind, was)
    return undone


def _held(post: Post, *, main: bool) -> HeldPost:
    return HeldPost(post.unit_id, main, (not main, post.started_on, post.pk))
