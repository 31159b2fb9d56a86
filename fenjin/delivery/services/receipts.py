"""Opening and confirming: each is one row of the ledger and one step of a counter, or nothing.

Both statements write the receipt first and the counter last, so writers of one unit queue at its
counter and can never wait for each other in a circle.
"""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.reading import ReceiptSeen, receipt_of
from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.ids import client_key
from fenjin.people.selectors.posts_then import posts_at, units_ever

_OPEN = """
WITH opened AS (
    INSERT INTO delivery_receipt (space_id, message_id, person_id, unit_id, opened_at)
    VALUES (%(space)s, %(message)s, %(person)s, %(unit)s, %(now)s)
    ON CONFLICT (space_id, message_id, person_id) DO NOTHING RETURNING unit_id
)
INSERT INTO delivery_counter AS c (space_id, message_id, unit_id, opened, confirmed)
SELECT %(space)s, %(message)s, unit_id, 1, 0 FROM opened
ON CONFLICT (space_id, message_id, unit_id) DO UPDATE SET opened = c.opened + 1
"""
_CONFIRM = """
WITH confirmed AS (
    UPDATE delivery_receipt SET confirmed_at = %(now)s, confirmed_version = %(version)s, confirm_key = %(key)s
    WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s AND confirmed_at IS NULL
      AND EXISTS (SELECT 1 FROM delivery_message WHERE id = %(message)s AND current_version = %(version)s)
    RETURNING unit_id
)
UPDATE delivery_counter c SET confirmed = c.confirmed + 1 FROM confirmed
WHERE c.space_id = %(space)s AND c.message_id = %(message)s AND c.unit_id = confirmed.unit_id
"""
_POSTS = """
SELECT p.unit_id, d.unit_id IS NOT NULL, p.ended_on IS NULL AND p.created_at <= %(frozen)s::timestamptz
FROM people_post p LEFT JOIN delivery_denominator d
    ON d.space_id = %(space)s AND d.message_id = %(message)s AND d.unit_id = p.unit_id
WHERE p.person_id = %(person)s
"""


class NothingToConfirm(Refusal):
    """An ordinary message asks for no confirmation."""

    code = "nothing_to_confirm"
    sentence = _("This message asks for no confirmation.")


class VersionChanged(Refusal):
    """What the person read is no longer what stands there."""

    code = "version_changed"
    sentence = _("The text has changed since you opened it. Read the new text, then confirm.")


def open_message(*, person_id: int, message: Message) -> None:
    """Record that a recipient opened a message; a second time changes nothing.

    It is committed when this returns. The caller got `message` from selectors.get_message_for, which
    proved that it was sent to this person. Raises NotFound if the person counts under no unit of it.
    """
    unit = counted_unit(person_id, message)
    _run(_OPEN, {"space": message.space_id, "message": message.pk, "person": person_id, "unit": unit})


@transaction.atomic
def confirm_message(*, person_id: int, message: Message, version: int, key: str | None = None) -> ReceiptSeen:
    """Record that a recipient confirms a version, once, however often it is asked; return the receipt.

    Raises NothingToConfirm, VersionChanged, or NotFound.
    """
    if not message.asks_confirmation:
        raise NothingToConfirm
    if receipt_of(person_id, message) is None:
        open_message(person_id=person_id, message=message)
    changed = _run(
        _CONFIRM,
        {"space": message.space_id, "message": message.pk, "person": person_id, "version": version}
        | {"key": f"{message.pk}:{client_key(key)}"[:64]},
    )
    receipt = receipt_of(person_id, message)
    if receipt is None:
        raise NotFound
    if not changed and receipt.confirmed_version != version:
        raise VersionChanged
    return receipt


def counted_unit(person_id: int, message: Message) -> int:
    """Return the unit under which a person counts in a frozen audience, however late it is asked.

    Posts match a rule by their unit, so of the posts held at freezing the first one (main, then by
    age) whose unit has a denominator is the one that was counted. Raises NotFound if there is none.
    """
    posts = ask(
        _POSTS,
        {"person": person_id, "space": message.space_id, "message": message.pk, "frozen": message.frozen_at},
    )
    # Nearly everybody has had one post since before the freezing: no history to go through.
    if len(posts) == 1 and all(posts[0]):
        return int(posts[0][0])
    held = [post.unit_id for post in posts_at(person_id, message.frozen_at)]
    candidates = [*held, *units_ever(person_id)]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT unit_id FROM delivery_denominator
               WHERE space_id = %s AND message_id = %s AND unit_id = ANY(%s)""",
            [message.space_id, message.pk, candidates],
        )
        counted = {unit_id for (unit_id,) in cursor.fetchall()}
    unit = next((unit_id for unit_id in candidates if unit_id in counted), None)
    if unit is None:
        raise NotFound
    return unit


def _run(sql: str, parameters: dict[str, Any]) -> int:
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]  # of kit.postgres
        cursor.execute(sql, parameters | {"now": clock.now()})
        return int(cursor.rowcount)
