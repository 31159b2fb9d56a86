"""One person and a rule, in plain Python: what a living audience asks when somebody comes."""

from collections.abc import Collection

from django.conf import settings
from django.db import connection

from fenjin.audiences.access import EVERYBODY, Reach
from fenjin.audiences.rules import PlacedPost, Rule, counted_under
from fenjin.audiences.selectors.meant import today

_POSTS = """
SELECT p.person_id, p.id, p.unit_id, u.path, p.main, p.started_on, p.space_id, p.title,
    coalesce(nullif(w.zone, ''), near.zone, s.zone), w.status, coalesce(nullif(a.language, ''), %(language)s),
    w.started_on, on_list.numbers
FROM people_post p
JOIN people_person w ON w.id = p.person_id
JOIN people_unit u ON u.id = p.unit_id
JOIN spaces_space s ON s.id = p.space_id
LEFT JOIN people_account a ON a.person_id = p.person_id
LEFT JOIN LATERAL (SELECT z.zone FROM people_unit z WHERE z.id = ANY(u.path) AND z.zone <> ''
                   ORDER BY z.depth DESC LIMIT 1) near ON true
LEFT JOIN LATERAL (SELECT array_agg(l.id) AS numbers FROM audiences_personlist l
                   WHERE l.id = ANY(%(lists)s::bigint[]) AND p.person_id = ANY(l.people)) on_list ON true
WHERE p.person_id = ANY(%(people)s::bigint[]) AND p.ended_on IS NULL
"""


def placed_posts(person_ids: Collection[int], lists: Collection[int] = ()) -> dict[int, list[PlacedPost]]:
    """Return the current posts of people with all that a rule may ask, by person; on which of `lists` they are."""
    found: dict[int, list[PlacedPost]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, {"people": list(person_ids), "lists": list(lists), "language": settings.LANGUAGE_CODE})
        for person, post, unit, path, main, begun, space, title, zone, status, language, since, on in cursor:
            placed = PlacedPost(
                post, unit, tuple(path), main, begun, space, title, zone, status, language, since, frozenset(on or ())
            )
            found.setdefault(person, []).append(placed)
    return found


def matches(rule: Rule, person_id: int, reach: Reach = EVERYBODY) -> int | None:
    """Return the unit under which a person counts now by a rule cut to a reach, or None if the person is not meant.

    One statement. The lists that the rule names are taken as they are: whoever stores a rule has them checked.
    """
    posts = [
        post
        for post in placed_posts([person_id], rule.lists).get(person_id, [])
        if post.space_id in reach.spaces and (reach.branches is None or reach.branches & frozenset(post.path))
    ]
    return counted_under(rule, posts, today())
