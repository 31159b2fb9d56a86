"""What rings when: the rules of each space, and what keeps each person's things from ringing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from fenjin.delivery.models import Holiday, Message, RingRules
from fenjin.delivery.models.ringing import NIGHT
from fenjin.delivery.ringing import EMERGENCY, Calm, Quiet
from fenjin.delivery.selectors.outbox.people import bitmap_of
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.zones import MAIN_PLACE
from fenjin.workplace.register import CHANNELS, EMAIL, SMS, WORKPLACE

# Minutes after a reader could see it, by importance and channel; a channel that is missing is not used.
HOUSE_STEPS: Final[dict[str, dict[str, int]]] = {
    Message.Importance.ORDINARY: {WORKPLACE: 0, EMAIL: 24 * 60},
    Message.Importance.CONFIRM: {WORKPLACE: 0, EMAIL: 4 * 60, SMS: 24 * 60},
    EMERGENCY: {WORKPLACE: 0, EMAIL: 0, SMS: 0},
}
_CALM = f"""
SELECT coalesce(nullif(person.zone, ''), nullif(place.zone, ''), %(zone)s), place.space_id,
       habits.person_id IS NOT NULL, habits.quiet_from, habits.quiet_until, array_agg(person.id)
FROM people_person person
LEFT JOIN delivery_habits habits ON habits.person_id = person.id
CROSS JOIN LATERAL ({MAIN_PLACE}) place
WHERE person.id = ANY(%(people)s::bigint[])
GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - the text is ours
_AT_ONCE: Final = 20_000  # people asked for in one query


@dataclass(frozen=True, slots=True)
class SpaceRules:
    """What a space says; the house's where it said nothing. `revision` 0: nothing is stored."""

    space_id: int
    quiet: Quiet | None
    steps: dict[str, dict[str, int]]
    holidays: tuple[tuple[date, str], ...] = ()
    revision: int = 0

    @property
    def days(self) -> frozenset[date]:
        """Return the days on which nothing rings."""
        return frozenset(day for day, _name in self.holidays)


@dataclass(frozen=True, slots=True)
class Circle:
    """People for whom the same keeps things from ringing."""

    space_id: int
    calm: Calm
    people: BitMap


def rules_of(space_id: int) -> SpaceRules:
    """Return what a space says of ringing."""
    with every_space(Reason.DELIVERY):
        row = RingRules.objects.filter(space=space_id).first()
        days = tuple(Holiday.objects.filter(space=space_id).order_by("day").values_list("day", "name"))
    if row is None:
        return SpaceRules(space_id, Quiet(*NIGHT), HOUSE_STEPS, days)
    steps = HOUSE_STEPS | {importance: dict(said) for importance, said in row.steps.items()}
    return SpaceRules(space_id, _quiet(row.quiet_from, row.quiet_until), steps, days, row.revision)


def _quiet(begin: time | None, until: time | None) -> Quiet | None:
    return Quiet(begin, until) if begin is not None and until is not None and begin != until else None


def steps_for(space_id: int, importance: str, channels: Collection[str]) -> dict[str, int]:
    """Return the ladder of a message: channel → minutes, of those channels that its sender chose."""
    steps = rules_of(space_id).steps.get(importance, {})
    return {channel: steps[channel] for channel in CHANNELS if channel in channels and channel in steps}


def circles(people: BitMap) -> list[Circle]:
    """Return people by what keeps things from ringing for them; who holds no post any more is left out."""
    rules: dict[int, SpaceRules] = {}
    found: dict[tuple[int, Calm], BitMap] = {}
    ids = people.to_array()
    for start in range(0, len(ids), _AT_ONCE):
        for zone, space_id, own, begin, until, persons in _asked(list(ids[start : start + _AT_ONCE])):
            if space_id not in rules:
                rules[space_id] = rules_of(space_id)
            quiet = _quiet(begin, until) if own else rules[space_id].quiet
            key = space_id, Calm(zone, quiet, rules[space_id].days)
            found.setdefault(key, BitMap()).update(bitmap_of(persons))
    return [Circle(space_id, calm, persons) for (space_id, calm), persons in found.items()]


def _asked(ids: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_CALM, {"people": ids, "zone": settings.TIME_ZONE})
        return list(cursor.fetchall())
