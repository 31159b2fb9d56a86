"""Who has not answered an emergency, by name: for the administrator of the own unit, and each look is recorded.

It is product's one exception: an emergency is a safety reason, the message says so to everyone, and the names are
gone fourteen days after its end. Nobody learns who has only not read it, and in a drill nobody is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import NAME_SILENT
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.bitmaps import is_member
from fenjin.delivery.selectors.safety import IN_REACH, emergency_for_desk, reach_parameters
from fenjin.delivery.services.receipts import counted_unit
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.branches import units_by_id
from fenjin.spaces.access import grants_with

NAMED_FOR: Final = timedelta(days=14)
MOST: Final = 500
_NEAR = """
SELECT p.person_id, n.name, u.name, u.id, coalesce(nullif(own.mobile, ''), own.email, ''),
       (SELECT count(*) FROM people_post other WHERE other.person_id = p.person_id) = 1 AND p.created_at <= %(frozen)s
FROM people_post p
JOIN people_unit u ON u.id = p.unit_id
JOIN people_person n ON n.id = p.person_id
LEFT JOIN people_personprivate own ON own.person_id = p.person_id
JOIN delivery_denominator d ON d.space_id = %(space)s AND d.message_id = %(message)s AND d.unit_id = u.id
WHERE u.id = ANY(%(units)s::bigint[]) AND (p.ended_on IS NULL OR p.ended_on >= %(day)s)
  AND NOT EXISTS (SELECT 1 FROM delivery_safetyanswer a
                  WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND a.person_id = p.person_id)
ORDER BY u.lft, n.name_key, p.person_id
"""
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

    The look is written into the log. The scope in force is that of a unit's administrator. Raises NotFound,
    NobodyNamed.
    """
    message = emergency_for_desk(message_id)
    if not may_name_silent(message):
        raise NobodyNamed
    asked = {"space": message.space_id, "message": message.pk, "unit": unit_id} | reach_parameters()
    found: dict[int, Silent] = {}
    units = ask(_SILENT_UNITS, asked)
    for few in _by_hundreds(units):
        if len(found) > MOST:
            break
        _name(few, message, found)
    if not units and not ask(_THERE, asked):
        raise NotFound
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


def _name(units: list[int], message: Message, found: dict[int, Silent]) -> None:
    """Add the silent of some units."""
    asked = {"space": message.space_id, "message": message.pk, "units": units}
    rows = ask(_NEAR, asked | {"frozen": message.frozen_at, "day": message.frozen_at.date()})
    for person, name, unit_name, unit, contact, plain in rows:
        # Whoever has a second post may count, and be looked after, elsewhere.
        if person in found or not is_member(person, message.uid):
            continue
        if plain or _counts_here(person, unit, message):
            found[person] = Silent(person, name, unit_name, contact)


@transaction.atomic
def look_answer(*, actor: Any, message: Message, person_id: int, unit_id: int) -> bool | None:
    """Tell whether one person, who counts under a unit, has answered an emergency; None: it is not for this account.

    It is for the administrator of the own unit alone, and for as long as `name_silent`; that look is written down.
    """
    if not may_name_silent(message) or not _own_unit(actor, unit_id):
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


def _own_unit(actor: Any, unit_id: int) -> bool:
    """Tell whether an account names the silent of a unit: by a role for its space, or for a branch that holds it."""
    grants = grants_with(actor.membership, NAME_SILENT)
    with every_space(Reason.DELIVERY):
        unit = units_by_id([unit_id]).get(unit_id) if grants else None
    return unit is not None and any(
        grant.unit_id in unit.path if grant.unit_id is not None else grant.space_id == unit.space_id for grant in grants
    )


_HAS_ANSWERED = """
SELECT 1 FROM delivery_safetyanswer
WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
"""
_THERE = f"SELECT 1 FROM people_unit u WHERE u.id = %(unit)s AND {IN_REACH}"  # noqa: S608 - the condition is ours


def _counts_here(person_id: int, unit_id: int, message: Message) -> bool:
    try:
        return counted_unit(person_id, message) == unit_id
    except NotFound:
        return False
