"""Who has not answered an emergency, by name: for the administrator of the own unit, and each look is recorded.

It is product's one exception: an emergency is a safety reason, the message says so to everyone, and the names are
gone fourteen days after its end. Nobody learns who has only not read it, and in a drill nobody is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.bitmaps import is_member
from fenjin.delivery.selectors.safety import IN_REACH, emergency_for_desk, reach_parameters
from fenjin.delivery.services.receipts import counted_unit
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound, Refusal

NAMED_FOR: Final = timedelta(days=14)
MOST: Final = 500
_NEAR = f"""
SELECT p.person_id, n.name, u.name, u.id, coalesce(nullif(own.mobile, ''), own.email, ''),
       (SELECT count(*) FROM people_post other WHERE other.person_id = p.person_id) = 1 AND p.created_at <= %(frozen)s
FROM people_post p
JOIN people_unit u ON u.id = p.unit_id
JOIN people_person n ON n.id = p.person_id
LEFT JOIN people_personprivate own ON own.person_id = p.person_id
JOIN delivery_denominator d ON d.space_id = %(space)s AND d.message_id = %(message)s AND d.unit_id = u.id
WHERE %(unit)s = ANY(u.path) AND {IN_REACH} AND (p.ended_on IS NULL OR p.ended_on >= %(day)s)
  AND NOT EXISTS (SELECT 1 FROM delivery_safetyanswer a
                  WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND a.person_id = p.person_id)
ORDER BY u.lft, n.name_key, p.person_id
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
    rows = ask(_NEAR, asked | {"frozen": message.frozen_at, "day": message.frozen_at.date()})
    found: dict[int, Silent] = {}
    more = False
    for person, name, unit_name, unit, contact, plain in rows:
        # Whoever has a second post may count, and be looked after, elsewhere.
        if person in found or not is_member(person, message.uid):
            continue
        if not (plain or _counts_here(person, unit, message)):
            continue
        if len(found) == MOST:
            more = True
            break
        found[person] = Silent(person, name, unit_name, contact)
    if not rows and not ask(_THERE, asked):
        raise NotFound
    audit.record(
        actor=actor,
        act="delivery.name_silent",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"unit": unit_id, "people": len(found)},
    )
    return message, tuple(found.values()), more


_THERE = f"SELECT 1 FROM people_unit u WHERE u.id = %(unit)s AND {IN_REACH}"  # noqa: S608 - the condition is ours


def _counts_here(person_id: int, unit_id: int, message: Message) -> bool:
    try:
        return counted_unit(person_id, message) == unit_id
    except NotFound:
        return False
