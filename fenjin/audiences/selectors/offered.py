"""What the builder offers to tick: titles and time zones that are in use, sub-platforms in reach."""

from typing import Final

from django.conf import settings
from django.db import connection

from fenjin.audiences.access import Reach
from fenjin.kit.scope import EVERYTHING, Reason, every_space
from fenjin.people.selectors.zones import zoned_units
from fenjin.spaces.selectors import list_spaces

SAMPLE: Final = 20_000  # posts that are looked at for their titles
OFFERED: Final = 24

_TITLES = """
SELECT title FROM (SELECT title FROM people_post WHERE ended_on IS NULL AND title <> ''
    AND (%s OR space_id = ANY(%s::bigint[])) LIMIT %s) looked_at GROUP BY title ORDER BY count(*) DESC, title LIMIT %s
"""
# From one zone to the next along the index, however many people there are.
_ZONES = """
WITH RECURSIVE found AS (
    (SELECT zone FROM people_person WHERE zone <> '' ORDER BY zone LIMIT 1)
    UNION ALL
    SELECT (SELECT p.zone FROM people_person p WHERE p.zone <> '' AND p.zone > found.zone ORDER BY p.zone LIMIT 1)
    FROM found WHERE found.zone IS NOT NULL
) SELECT zone FROM found WHERE zone IS NOT NULL
"""


def common_titles(reach: Reach) -> list[str]:
    """Return the titles that many posts in reach have, the most common first, as a sample of them shows."""
    everywhere = reach.spaces is EVERYTHING
    with connection.cursor() as cursor:
        cursor.execute(_TITLES, [everywhere, [] if everywhere else sorted(reach.spaces), SAMPLE, OFFERED])
        return [title for (title,) in cursor.fetchall()]


def zones_in_use() -> list[str]:
    """Return every time zone by which somebody lives, the platform's first."""
    with every_space(Reason.TREE):
        zones = {zone for zone, _start, _end in zoned_units()} | {space.zone for space in list_spaces()}
    with connection.cursor() as cursor:
        cursor.execute(_ZONES)
        zones |= {zone for (zone,) in cursor.fetchall()}
    return sorted(zones | {settings.TIME_ZONE}, key=lambda zone: (zone != settings.TIME_ZONE, zone))


def spaces_offered(reach: Reach) -> list[tuple[int, str]]:
    """Return (id, name) of each sub-platform in reach, the group first."""
    return [(space.pk, space.title) for space in list_spaces() if space.pk in reach.spaces]
