"""Which time zone somebody lives in: the own, else that of the place, else that of the sub-platform."""

import time
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from fenjin.kit.memory import forgets
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post, Unit

KEPT_SECONDS = 60
_kept: dict[str, tuple[float, bool]] = {}


@forgets
def forget_places() -> None:
    """Forget whether any place has a time zone of its own."""
    _kept.clear()


def _places_differ() -> bool:
    """Tell, at most a minute late, whether any unit or space lives by another zone than the platform."""
    at, differ = _kept.get("differ", (0.0, False))
    if "differ" not in _kept or time.monotonic() - at > KEPT_SECONDS:
        with every_space(Reason.TREE):
            spaces = Unit._meta.get_field("space").related_model._default_manager.exclude(zone=settings.TIME_ZONE)
            differ = Unit.objects.exclude(zone="").exists() or spaces.exists()
        _kept["differ"] = time.monotonic(), differ
    return differ


def zone_for_page(person: Person) -> ZoneInfo:
    """Return what zone_of returns, without a query as long as the whole platform lives by one zone."""
    if not person.zone and not _places_differ():
        return ZoneInfo(settings.TIME_ZONE)
    return zone_of(person)


def zone_of(person: Person) -> ZoneInfo:
    """Return the zone of a person: the own; else of the nearest unit, from the main post up, that has one;
    else of the main post's space; else of the platform. At most two queries, none for who has an own.
    """
    if person.zone:
        return ZoneInfo(person.zone)
    with every_space(Reason.OWN_ROWS):
        held = Post.objects.filter(person=person, ended_on__isnull=True).order_by("-main", "started_on", "pk")
        place = held.values_list("unit__path", "space__zone").first()
        if place is None:
            return ZoneInfo(settings.TIME_ZONE)
        path, space_zone = place
        near = Unit.objects.filter(pk__in=path).exclude(zone="").order_by("-depth")
        zone = near.values_list("zone", flat=True).first()
    return ZoneInfo(zone or space_zone or settings.TIME_ZONE)


def zone_of_person(person_id: int) -> ZoneInfo:
    """Return the zone of a person by id, without a query for the place while all places live by one zone."""
    person = Person.objects.filter(pk=person_id).only("zone").first()
    return zone_for_page(person) if person is not None else ZoneInfo(settings.TIME_ZONE)


def zone_of_unit(unit: Unit) -> tuple[str, Unit | None]:
    """Return the zone that a unit has and the unit it comes from; an empty one is that of the sub-platform."""
    with every_space(Reason.TREE):
        near = Unit.objects.filter(pk__in=unit.path).exclude(zone="").order_by("-depth").first()
    return (near.zone, near) if near is not None else ("", None)


def zoned_units() -> list[tuple[str, int, int]]:
    """Return (zone, start, end) of each unit in scope with a time zone of its own, the highest first."""
    rows = Unit.objects.exclude(zone="").order_by("depth", "lft")
    return list(rows.values_list("zone", "lft", "rgt"))


# zone_of in SQL, for many persons at once: the main place's space and zone; an empty zone is the platform's.
MAIN_PLACE: Final = """
    SELECT post.space_id, coalesce(
        (SELECT near.zone FROM people_unit near WHERE near.id = ANY(unit.path) AND near.zone <> ''
         ORDER BY near.depth DESC LIMIT 1), space.zone, '') AS zone
    FROM people_post post JOIN people_unit unit ON unit.id = post.unit_id
    JOIN spaces_space space ON space.id = post.space_id
    WHERE post.person_id = person.id AND post.ended_on IS NULL
    ORDER BY post.main DESC, post.started_on, post.id LIMIT 1
"""
