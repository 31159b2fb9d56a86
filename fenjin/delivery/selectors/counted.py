"""Under which unit people count: in a frozen audience however late it is asked, in a living one now.

In a frozen one, of the posts held at freezing it is the first one (main, then by age) whose unit has a denominator,
unless the message says otherwise (`elsewhere`: the rule meant a second post).
"""

from collections.abc import Collection
from typing import Final

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.bitmaps import audiences
from fenjin.delivery.selectors.living import Living, places_of
from fenjin.kit.db import ask
from fenjin.people.selectors.posts_then import posts_at

_POSTS: Final = """
SELECT p.person_id, p.unit_id, d.unit_id IS NOT NULL, p.ended_on IS NULL AND p.created_at <= %(frozen)s::timestamptz
FROM people_post p LEFT JOIN delivery_denominator d
    ON d.space_id = %(space)s AND d.message_id = %(message)s AND d.unit_id = p.unit_id
WHERE p.person_id = ANY(%(people)s::bigint[])
ORDER BY p.person_id, p.started_on DESC, p.id DESC
"""
_ELSEWHERE: Final = """
SELECT person.id, (m.elsewhere ->> person.id::text)::bigint
FROM delivery_message m CROSS JOIN unnest(%(people)s::bigint[]) AS person(id)
WHERE m.id = %(message)s AND m.elsewhere ? person.id::text
"""


def counted_units(message: Message, people: Collection[int]) -> dict[int, int]:
    """Return person → unit for some people of an audience, in a few statements however many they are.

    Who counts under no unit is missing. The caller has proved that they are in a frozen audience; of a living one,
    whoever is not meant now is missing.
    """
    if not people:
        return {}
    if message.audience_mode == Message.AudienceMode.LIVING:
        living = audiences([message.uid]).get(message.uid)
        return places_of(people, living) if isinstance(living, Living) else {}
    named = {"space": message.space_id, "message": message.pk}
    posts: dict[int, list[tuple[int, bool, bool]]] = {}
    for person, *post in ask(_POSTS, named | {"frozen": message.frozen_at, "people": list(people)}):
        posts.setdefault(person, []).append((post[0], post[1], post[2]))
    # Nearly everybody has had one post since before the freezing: no history to go through.
    found = {person: own[0][0] for person, own in posts.items() if len(own) == 1 and all(own[0])}
    left = posts.keys() - found.keys()
    if left:
        found |= dict(ask(_ELSEWHERE, {"message": message.pk, "people": sorted(left)}))
        found |= _by_history(message, {person: posts[person] for person in left - found.keys()})
    return found


def _by_history(message: Message, posts: dict[int, list[tuple[int, bool, bool]]]) -> dict[int, int]:
    """Return the same of those whose posts have changed since, or who have several; the newest post stands first."""
    held, found = posts_at(list(posts), message.frozen_at) if posts else {}, {}
    for person, own in posts.items():
        counted = {unit for unit, counts, _plain in own if counts}
        ever = [unit for unit, _counts, _plain in own]
        then = [post.unit_id for post in held.get(person, ())]
        unit = next((unit for unit in [*then, *ever] if unit in counted), None)
        if unit is not None:
            found[person] = unit
    return found
