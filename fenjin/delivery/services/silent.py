"""Who has not answered an emergency, by name: for the administrator of the own unit, and each look is recorded.

It is product's one exception: an emergency is a safety reason, the message says so to everyone, and the names are
gone fourteen days after its end. Nobody learns who has only not read it, and in a drill nobody is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from fenjin.audit import services as audit
from fenjin.delivery.access import OwnUnits, own_units
from fenjin.delivery.models import Message
from fenjin.delivery.naming import NAMED_FOR
from fenjin.delivery.selectors.counted import counted_units
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.safety import IN_REACH, emergency_for_desk
from fenjin.delivery.selectors.unconfirmed import own_unit
from fenjin.kit import clock
from fenjin.kit.db import ask, titled
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.wording import in_english

MOST: Final = 500
# Whoever has, or ever had, a post in one of the units, and has not answered: who moved or left since is looked for too.
_NEAR: Final = """
SELECT DISTINCT p.person_id FROM people_post p WHERE p.unit_id = ANY(%(units)s::bigint[])
  AND NOT EXISTS (SELECT 1 FROM delivery_safetyanswer a
                  WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND a.person_id = p.person_id)
"""
_CALLED: Final = f"""
SELECT n.id, n.name, {titled("u")}, coalesce(nullif(own.mobile, ''), own.email, '')
FROM unnest(%(persons)s::bigint[], %(units)s::bigint[]) AS silent(person_id, unit_id)
JOIN people_unit u ON u.id = silent.unit_id
JOIN people_person n ON n.id = silent.person_id
LEFT JOIN people_personprivate own ON own.person_id = n.id
ORDER BY u.lft, n.name_key, n.id
"""  # noqa: S608 - the names are ours
# Units in the order of the tree, with how many of their people have not answered.
_SILENT_UNITS = f"""
SELECT u.id, d.people - coalesce(c.safe + c.need_help, 0)
FROM people_unit u
JOIN delivery_denominator d ON d.space_id = %(space)s AND d.message_id = %(message)s AND d.unit_id = u.id
LEFT JOIN delivery_safetycounter c ON (c.space_id, c.message_id, c.unit_id) = (d.space_id, d.message_id, d.unit_id)
WHERE %(unit)s = ANY(u.path) AND {IN_REACH} AND d.people > coalesce(c.safe + c.need_help, 0)
ORDER BY u.lft
"""  # noqa: S608 - the condition is ours


class NobodyNamed(Refusal):
    """The silent of a drill, or of an emergency that is long over."""

    code = "silent_not_named"
    status = 403
    sentence = _("Who has not answered is named only in a real emergency, until 14 days after its end.")


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who has not answered, and how to reach them."""

    person_id: int
    name: str
    unit_name: str
    contact: str


def may_name_silent(message: Message) -> bool:
    """Tell whether the silent of an emergency may be named at all at this time."""
    over = message.ended_at is not None and message.ended_at + NAMED_FOR < clock.now()
    return message.is_emergency and not message.drill and not over and message.state != Message.State.WITHDRAWN


@transaction.atomic
def name_silent(*, actor: Any, message_id: int, unit_id: int) -> tuple[Message, Sequence[Silent], bool]:
    """Return the emergency, who has not answered in a unit and below it, and whether there are more than MOST.

    The look is written into the log. The unit is one of which the actor is the administrator. Raises NotFound,
    NobodyNamed.
    """
    message, own = emergency_for_desk(message_id), own_units(actor.membership)
    if not may_name_silent(message):
        raise NobodyNamed
    asked = {"space": message.space_id, "message": message.pk, "unit": own_unit(own, unit_id)} | own.as_parameters()
    found: dict[int, Silent] = {}
    everybody = sets.audience(message)
    for few in _by_hundreds(ask(_SILENT_UNITS, asked)):
        if len(found) > MOST:
            break
        _name(few, message, everybody, found)
    more = len(found) > MOST
    named = tuple(found.values())[:MOST]
    audit.record(
        actor=actor,
        act="delivery.name_silent",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"unit": unit_id, "people": len(named)},
    )
    return message, named, more


def _by_hundreds(units: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield units together that have some hundred silent people: whoever names a large branch reads no more of it."""
    few, people = [], 0
    for unit, silent in units:
        few.append(unit)
        people += silent
        if people >= MOST:
            yield few
            few, people = [], 0
    if few:
        yield few


def _name(units: list[int], message: Message, everybody: BitMap, found: dict[int, Silent]) -> None:
    """Add the silent of some units: whoever counts there, wherever the posts are by now."""
    named, here = {"space": message.space_id, "message": message.pk}, set(units)
    near = sets.bitmap_of(person for (person,) in ask(_NEAR, named | {"units": units})) & everybody
    places = {person: unit for person, unit in counted_units(message, list(near)).items() if unit in here}
    asked = {"persons": list(places), "units": list(places.values()), "english": in_english()}
    for person, name, unit_name, contact in ask(_CALLED, asked):
        found[person] = Silent(person, name, unit_name, contact)


@transaction.atomic
def look_answer(*, actor: Any, message: Message, person_id: int, unit_id: int) -> bool | None:
    """Tell whether one person, who counts under a unit, has answered an emergency; None: it is not for this account.

    It is for the administrator of the own unit alone, and for as long as `name_silent`; that look is written down.
    """
    if not may_name_silent(message) or not _holds(own_units(actor.membership), unit_id):
        return None
    silent = not ask(_HAS_ANSWERED, {"space": message.space_id, "message": message.pk, "person": person_id})
    if silent:
        audit.record(
            actor=actor,
            act="delivery.name_silent",
            target=("message", message.pk),
            space_id=message.space_id,
            details={"unit": unit_id, "people": 1},
        )
    return not silent


def _holds(own: OwnUnits, unit_id: int) -> bool:
    try:
        return own_unit(own, unit_id) == unit_id
    except NotFound:
        return False


_HAS_ANSWERED = """
SELECT 1 FROM delivery_safetyanswer
WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
"""
