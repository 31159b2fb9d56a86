"""Answers in an emergency: "I am safe" or "I need help", kept once however often a phone sends them.

An answer is also the confirmation of the message, so receipts, reminders and the hot lane know who has answered.
Every writer takes the receipt first and the counters last, in the same order, so none waits for another in a circle.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.audit.selectors.about import did_lately
from fenjin.delivery.models import Message
from fenjin.delivery.models.safety import PLACE, WORDS
from fenjin.delivery.selectors.safety import OwnAnswer, answer_to, emergency_for_desk
from fenjin.delivery.services.receipts import Withdrawn, open_message
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.ids import client_key

# After the end nobody is asked any more; an answer that comes late, as from a tunnel, still counts.
LATE: Final = timedelta(days=14)
LOOK: Final = "delivery.board_look"

_LOCK = """
SELECT 1 FROM delivery_receipt WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
FOR UPDATE
"""
# A key that was used before is a phone repeating itself, and changes nothing.
_ANSWER = """
WITH used AS (
    SELECT 1 FROM delivery_safetyanswer
    WHERE space_id = %(space)s AND person_id = %(person)s AND answer_key = %(key)s
    UNION ALL
    SELECT 1 FROM delivery_pastsafetyanswer
    WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s AND answer_key = %(key)s
), before AS (
    SELECT * FROM delivery_safetyanswer
    WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
      AND NOT EXISTS (SELECT 1 FROM used)
), past AS (
    INSERT INTO delivery_pastsafetyanswer (space_id, message_id, person_id, needs_help, words, place, answered_at,
                                           answer_key, taken_by, taken_at)
    SELECT space_id, message_id, person_id, needs_help, words, place, answered_at, answer_key, taken_by, taken_at
    FROM before
), put AS (
    INSERT INTO delivery_safetyanswer AS a
        (space_id, message_id, person_id, unit_id, needs_help, words, place, answered_at, answer_key)
    SELECT space_id, message_id, person_id, unit_id, %(help)s, %(words)s, %(place)s, %(now)s, %(key)s
    FROM delivery_receipt r
    WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s
      AND NOT EXISTS (SELECT 1 FROM used)
    ON CONFLICT (space_id, message_id, person_id) DO UPDATE SET
        needs_help = EXCLUDED.needs_help, words = EXCLUDED.words, place = EXCLUDED.place,
        answered_at = EXCLUDED.answered_at, answer_key = EXCLUDED.answer_key,
        taken_by = CASE WHEN a.needs_help AND EXCLUDED.needs_help THEN a.taken_by END,
        taken_at = CASE WHEN a.needs_help AND EXCLUDED.needs_help THEN a.taken_at END
    RETURNING unit_id
), confirmed AS (
    UPDATE delivery_receipt r SET confirmed_at = %(now)s, confirmed_version = m.current_version, confirm_key = %(key)s
    FROM delivery_message m
    WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = %(person)s AND m.id = r.message_id
      AND r.confirmed_at IS NULL AND EXISTS (SELECT 1 FROM put)
    RETURNING r.unit_id
)
SELECT put.unit_id, EXISTS (SELECT 1 FROM confirmed), (SELECT needs_help FROM before) FROM put
"""
_CONFIRMED = """
UPDATE delivery_counter SET confirmed = confirmed + 1
WHERE space_id = %(space)s AND message_id = %(message)s AND unit_id = %(unit)s
"""
_COUNT = """
INSERT INTO delivery_safetycounter AS c (space_id, message_id, unit_id, safe, need_help)
VALUES (%(space)s, %(message)s, %(unit)s, %(safe)s, %(help)s)
ON CONFLICT (space_id, message_id, unit_id)
DO UPDATE SET safe = c.safe + EXCLUDED.safe, need_help = c.need_help + EXCLUDED.need_help
"""
_MOVE = """
UPDATE delivery_safetycounter SET safe = safe + %(step)s, need_help = need_help - %(step)s
WHERE space_id = %(space)s AND message_id = %(message)s AND unit_id = %(unit)s
"""
_TAKE = """
UPDATE delivery_safetyanswer SET taken_by = %(account)s, taken_at = %(at)s
WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s AND needs_help
  AND (taken_at IS NULL) = (%(at)s::timestamptz IS NOT NULL)
RETURNING 1
"""


class NoEmergency(Refusal):
    """The message asks nobody whether they are safe."""

    code = "no_emergency"
    sentence = _("This message is no emergency, so there is nothing to answer.")


class EmergencyLongOver(Refusal):
    """It ended two weeks ago or earlier."""

    code = "emergency_long_over"
    status = 410
    sentence = _(
        "This emergency has been over for a long time. If you need help, call the number at the foot of the page."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answers: `words` and `place` are optional, and cut to what fits."""

    needs_help: bool
    words: str = ""
    place: str = ""


@transaction.atomic
def answer_emergency(*, person_id: int, message: Message, said: Said, key: str | None = None) -> OwnAnswer:
    """Keep what a recipient answers, once for each key; a later answer takes the place of the earlier one.

    The caller got `message` from selectors.get_message_for. The earlier answer stays on record. Raises NoEmergency,
    Withdrawn, EmergencyLongOver, NotFound.
    """
    if not message.is_emergency:
        raise NoEmergency
    if message.state == Message.State.WITHDRAWN:
        raise Withdrawn
    if message.ended_at is not None and message.ended_at + LATE < clock.now():
        raise EmergencyLongOver
    where: dict[str, Any] = {"space": message.space_id, "message": message.pk, "person": person_id}
    if not ask(_LOCK, where):
        open_message(person_id=person_id, message=message)
        ask(_LOCK, where)
    said = Said(said.needs_help, " ".join(said.words.split())[:WORDS], " ".join(said.place.split())[:PLACE])
    values = where | {
        "help": said.needs_help,
        "words": said.words,
        "place": said.place,
        "key": _kept_key(message, said, client_key(key)),
        "now": clock.now(),
    }
    for unit, first, before in ask(_ANSWER, values):
        _count(where | {"unit": unit}, said, first_confirmed=first, before=before)
    found = answer_to(person_id, message.space_id, message.pk)
    if found is None:
        raise NotFound
    return found


def _kept_key(message: Message, said: Said, key: str) -> str:
    """Return the key of this very answer: who first says safe and then help from one page says two things."""
    spoken = hashlib.blake2b(f"{key}\n{said.needs_help}\n{said.words}\n{said.place}".encode(), digest_size=16)
    return f"{message.pk}:{spoken.hexdigest()}"


def _count(where: dict[str, Any], said: Said, *, first_confirmed: bool, before: bool | None) -> None:
    if first_confirmed:
        ask(_CONFIRMED, where)
    if before is None:
        ask(_COUNT, where | {"safe": int(not said.needs_help), "help": int(said.needs_help)})
    elif before != said.needs_help:
        ask(_MOVE, where | {"step": -1 if said.needs_help else 1})


@transaction.atomic
def note_board_look(*, actor: Any, message: Message, export: bool = False) -> None:
    """Write down that somebody looked at the names on a board: once an hour, and each time they are taken along."""
    since = clock.now() - timedelta(hours=1)
    if not export and did_lately(actor.pk, LOOK, "message", message.pk, since=since):
        return
    act = "delivery.board_export" if export else LOOK
    audit.record(actor=actor, act=act, target=("message", message.pk), space_id=message.space_id)


@transaction.atomic
def take_care(*, actor: Any, message_id: int, person_id: int, taken: bool) -> bool:
    """Note that the duty desk takes care of somebody who needs help, or (`taken` False) no longer does.

    Doing it twice changes nothing; returns whether something changed. The scope in force is that of the desk.
    Raises NotFound for a person who did not ask for help within the desk's reach.
    """
    message = emergency_for_desk(message_id, person_id=person_id)
    changed = ask(
        _TAKE,
        {
            "space": message.space_id,
            "message": message.pk,
            "person": person_id,
            "account": actor.pk if taken else None,
            "at": clock.now() if taken else None,
        },
    )
    if changed:
        audit.record(
            actor=actor,
            act="delivery.take_care" if taken else "delivery.leave_care",
            target=("person", person_id),
            space_id=message.space_id,
            details={"message": message.pk},
        )
    return bool(changed)
