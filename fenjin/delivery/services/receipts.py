"""Opening, confirming, taking back: each is one row of the ledger and one step of a counter, or nothing.

Each statement writes the receipt first and the counter last, so writers of one unit queue at its
counter and can never wait for each other in a circle.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.counted import counted_units
from fenjin.delivery.selectors.reading import ReceiptSeen, receipt_of
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.ids import client_key

UNDO_WITHIN = timedelta(minutes=5)

_OPEN = """
WITH opened AS (
    INSERT INTO delivery_receipt (space_id, message_id, person_id, unit_id, opened_at, opened_version)
    VALUES (%(space)s, %(message)s, %(person)s, %(unit)s, %(now)s, %(version)s)
    ON CONFLICT (space_id, message_id, person_id) DO NOTHING RETURNING unit_id
)
INSERT INTO delivery_counter AS c (space_id, message_id, unit_id, opened, confirmed)
SELECT %(space)s, %(message)s, unit_id, 1, 0 FROM opened
ON CONFLICT (space_id, message_id, unit_id) DO UPDATE SET opened = c.opened + 1
"""
# A confirmation of an older version that no longer counts goes to the past; a key that was used before
# is a phone repeating itself, and never confirms again what the person took back.
_CONFIRM = """
WITH wanted AS (
    SELECT r.unit_id, r.confirmed_at, r.confirmed_version, r.confirm_key
    FROM delivery_receipt r JOIN delivery_message m ON m.id = r.message_id
    WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = %(person)s
      AND m.current_version = %(version)s AND m.state <> 'withdrawn'
      AND (r.confirmed_version IS NULL OR r.confirmed_version < m.confirm_from)
      AND NOT EXISTS (SELECT 1 FROM delivery_pastconfirmation p
                      WHERE p.space_id = %(space)s AND p.person_id = %(person)s AND p.confirm_key = %(key)s)
    FOR UPDATE OF r
), past AS (
    INSERT INTO delivery_pastconfirmation (space_id, message_id, person_id, confirmed_at, version, confirm_key)
    SELECT %(space)s, %(message)s, %(person)s, confirmed_at, confirmed_version, confirm_key
    FROM wanted WHERE confirmed_at IS NOT NULL
), confirmed AS (
    UPDATE delivery_receipt r SET confirmed_at = %(now)s, confirmed_version = %(version)s, confirm_key = %(key)s
    FROM wanted WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = %(person)s
    RETURNING wanted.unit_id
)
UPDATE delivery_counter c SET confirmed = c.confirmed + 1 FROM confirmed
WHERE c.space_id = %(space)s AND c.message_id = %(message)s AND c.unit_id = confirmed.unit_id
"""
_UNDO = """
WITH wanted AS (
    SELECT r.unit_id, r.confirmed_at, r.confirmed_version, r.confirm_key,
           r.confirmed_version >= m.confirm_from AS counts
    FROM delivery_receipt r JOIN delivery_message m ON m.id = r.message_id
    WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = %(person)s
      AND r.confirmed_at > %(since)s
    FOR UPDATE OF r
), past AS (
    INSERT INTO delivery_pastconfirmation
        (space_id, message_id, person_id, confirmed_at, version, confirm_key, undone_at)
    SELECT %(space)s, %(message)s, %(person)s, confirmed_at, confirmed_version, confirm_key, %(now)s FROM wanted
), undone AS (
    UPDATE delivery_receipt r SET confirmed_at = NULL, confirmed_version = NULL, confirm_key = NULL
    FROM wanted WHERE r.space_id = %(space)s AND r.message_id = %(message)s AND r.person_id = %(person)s
    RETURNING wanted.unit_id, wanted.counts
)
UPDATE delivery_counter c SET confirmed = c.confirmed - 1 FROM undone
WHERE undone.counts AND c.space_id = %(space)s AND c.message_id = %(message)s AND c.unit_id = undone.unit_id
"""
_TAKEN_BACK = "SELECT 1 FROM delivery_pastconfirmation WHERE space_id = %s AND person_id = %s AND confirm_key = %s"


class NothingToConfirm(Refusal):
    """An ordinary message asks for no confirmation."""

    code = "nothing_to_confirm"
    sentence = _("This message asks for no confirmation.")


class AnswerFirst(Refusal):
    """A press alone does not confirm what asks for an answer."""

    code = "answer_first"
    status = 422
    sentence = _("This message asks for an answer. Open it and answer at its end.")


class VersionChanged(Refusal):
    """What the person read is no longer what stands there."""

    code = "version_changed"
    sentence = _("The text has changed since you opened it. Read the new text, then confirm.")


class Withdrawn(Refusal):
    """The sender took the message back."""

    code = "message_withdrawn"
    status = 410
    sentence = _("This message has been withdrawn. There is nothing left to confirm.")


class TooLateToUndo(Refusal):
    """The minutes in which a confirmation can be taken back are over."""

    code = "too_late_to_undo"
    sentence = _("A confirmation can be taken back for five minutes. If it was a mistake, tell the sender.")


def open_message(*, person_id: int, message: Message) -> None:
    """Record that a recipient opened a message; a second time changes nothing.

    It is committed when this returns. The caller got `message` from selectors.get_message_for, which
    proved that it was sent to this person. Raises NotFound if the person counts under no unit of it.
    """
    unit = counted_units(message, [person_id]).get(person_id)
    if unit is None:
        if receipt_of(person_id, message) is None:
            raise NotFound
        return  # opened while a living audience still meant the person
    _run(_OPEN, _key(person_id, message) | {"unit": unit, "version": message.current_version})


@transaction.atomic
def confirm_message(
    *, person_id: int, message: Message, version: int, key: str | None = None, answered: bool = False
) -> ReceiptSeen:
    """Record that a recipient confirms a version, once, however often it is asked; return the receipt.

    A key that was used before and taken back by the person confirms nothing; the receipt says so. `answered`: the
    caller has seen the answer that the message asks for (services.answers). Raises NothingToConfirm, AnswerFirst,
    Withdrawn, VersionChanged, or NotFound.
    """
    if not message.asks_confirmation:
        raise NothingToConfirm
    if message.confirm_by != Message.ConfirmBy.BUTTON and not answered:
        raise AnswerFirst
    if message.state == Message.State.WITHDRAWN:
        raise Withdrawn
    if receipt_of(person_id, message) is None:
        open_message(person_id=person_id, message=message)
    kept_key = f"{message.pk}:{client_key(key)}"[:64]
    changed = _run(_CONFIRM, _key(person_id, message) | {"version": version, "key": kept_key})
    receipt = receipt_of(person_id, message)
    if receipt is None:
        raise NotFound
    if not changed and receipt.confirmed_version != version and not _answered(receipt, message, version, kept_key):
        raise VersionChanged
    return receipt


def _answered(receipt: ReceiptSeen, message: Message, version: int, key: str) -> bool:
    """Tell whether nothing had to be written: an earlier confirmation counts, or this press was taken back."""
    if receipt.confirmed_version is None:
        return bool(ask(_TAKEN_BACK, [message.space_id, receipt.person_id, key]))
    return version == message.current_version and receipt.confirmed_version >= message.confirm_from


@transaction.atomic
def undo_confirmation(*, person_id: int, message: Message) -> None:
    """Take back a confirmation of the last five minutes; the ledger keeps that it was there.

    A second time changes nothing. Raises TooLateToUndo, and NothingToConfirm for a message that asks for none:
    an answer in an emergency is changed, never taken back.
    """
    if not message.asks_confirmation:
        raise NothingToConfirm
    _run(_UNDO, _key(person_id, message) | {"since": clock.now() - UNDO_WITHIN})
    receipt = receipt_of(person_id, message)
    if receipt is not None and receipt.confirmed_at is not None:
        raise TooLateToUndo


def _key(person_id: int, message: Message) -> dict[str, Any]:
    return {"space": message.space_id, "message": message.pk, "person": person_id}


def counted_unit(person_id: int, message: Message) -> int:
    """Return the unit under which a person counts (`selectors.counted`); raises NotFound if there is none."""
    unit = counted_units(message, [person_id]).get(person_id)
    if unit is None:
        raise NotFound
    return unit


def _run(sql: str, parameters: dict[str, Any]) -> int:
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]  # of kit.postgres
        cursor.execute(sql, parameters | {"now": clock.now()})
        return int(cursor.rowcount)
