"""Which time zone somebody lives in: the own, else that of the place, else that of the sub-platform."""

from zoneinfo import ZoneInfo

from django.conf import settings

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post, Unit


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


def zone_of_unit(unit: Unit) -> tuple[str, Unit | None]:
    """Return the zone that a unit has and the unit it comes from; an empty one is that of the sub-platform."""
    with every_space(Reason.TREE):
        near = Unit.objects.filter(pk__in=unit.path).exclude(zone="").order_by("-depth").first()
    return (near.zone, near) if near is not None else ("", None)
