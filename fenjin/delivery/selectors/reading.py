"""What one person may read, and what is known of the own reading."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.bitmaps import is_member, members_only
from fenjin.delivery.selectors.times import Times
from fenjin.delivery.timing import Timetable, read_pauses
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space

MOST_RECEIVED = 1_000
_NOT_SHOWN = (Message.State.PLANNED, Message.State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """What the ledger holds of one person and one message."""

    message_id: int
    person_id: int
    unit_id: int
    opened_at: datetime
    confirmed_at: datetime | None
    confirmed_version: int | None
    opened_version: int

    @property
    def number(self) -> str:
        """Return the number of the confirmation: the same row always gives the same number."""
        said = f"{self.message_id}:{self.person_id}:{self.confirmed_version}:{self.confirmed_at}"
        return f"{self.message_id:06}-{hashlib.sha256(said.encode()).hexdigest()[:8].upper()}"


@dataclass(frozen=True, slots=True)
class MessageForReader:
    """A message with its current version and the reader's own receipt."""

    message: Message
    version: MessageVersion
    receipt: ReceiptSeen | None
    past: int = 0  # how many confirmations of the reader no longer stand

    @property
    def body(self) -> SafeString:
        """Return the body as HTML that was cleaned when it was frozen and cannot change since."""
        return SafeString(self.version.html)

    @property
    def confirmed(self) -> bool:
        """Tell whether the reader has confirmed, and that still counts."""
        return self.confirmed_version is not None and self.confirmed_version >= self.message.confirm_from

    @property
    def confirmed_version(self) -> int | None:
        """Return the version that the reader confirmed last, even if it no longer counts."""
        return self.receipt.confirmed_version if self.receipt is not None else None

    @property
    def known_version(self) -> int:
        """Return the newest version that the reader surely knows: confirmed, else seen first; else the current one."""
        if self.receipt is None:
            return self.message.current_version
        return max(self.receipt.opened_version, self.confirmed_version or 1)

    @property
    def withdrawn(self) -> bool:
        """Tell whether the sender took it back."""
        return self.message.state == Message.State.WITHDRAWN


# In the order of the model's fields, as `from_db` wants them.
_MESSAGE_COLUMNS = (
    *("id", "uid", "space_id", "created_at", "kind", "content_id", "importance", "audience_mode", "head_count"),
    *("state", "frozen_at", "sent_at", "due_on", "due_time", "due_zone", "current_version", "confirm_from"),
    *("confirm_by", "confirm_ask", "reply_allowed", "reason_kind", "reason_words"),
    *("pace", "wave_minutes", "morning_on", "pauses", "stopped_at"),
    *("drill", "ended_at", "all_clear", "reminded_at", "withdrawn_at", "withdrawn_why"),
)
_VERSION_COLUMNS = ("id", "number", "title", "lead", "html", "sha256", "reading_seconds", "note", "material")
_MESSAGE = f"""
SELECT {", ".join(f"m.{column}" for column in _MESSAGE_COLUMNS)},
       {", ".join(f"v.{column}" for column in _VERSION_COLUMNS)},
       r.unit_id, r.opened_at, r.confirmed_at, r.confirmed_version, r.opened_version,
       CASE WHEN m.importance = 'confirm' AND r.opened_at IS NOT NULL THEN (
           SELECT count(*) FROM delivery_pastconfirmation p
           WHERE p.space_id = m.space_id AND p.message_id = m.id AND p.person_id = %(person)s) ELSE 0 END
FROM delivery_message m
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
LEFT JOIN delivery_receipt r ON r.space_id = m.space_id AND r.message_id = m.id AND r.person_id = %(person)s
WHERE m.id = %(message)s
"""  # noqa: S608 - the names are ours


def get_message_for(person_id: int, message_id: int) -> MessageForReader:
    """Return a message for one of its recipients, in one query; raises NotFound for anybody else.

    Also before it is visible to that person. A withdrawn one is returned: its page says so. The rule, the
    bitmap and the plain text are not read.
    """
    found = ask(_MESSAGE, {"person": person_id, "message": message_id})
    if not found:
        raise NotFound
    row, reach = found[0], len(_MESSAGE_COLUMNS)
    message = Message.from_db("default", _MESSAGE_COLUMNS, row[:reach])
    if message.state == Message.State.PLANNED:
        raise NotFound
    if not (_opened_living(row, message) or is_member(person_id, message.uid)):
        raise NotFound
    if not Times(person_id).visible(message.timetable):
        raise NotFound
    version = MessageVersion.from_db("default", _VERSION_COLUMNS, row[reach : reach + len(_VERSION_COLUMNS)])
    *seen, past = row[reach + len(_VERSION_COLUMNS) :]
    receipt = ReceiptSeen(message.pk, person_id, *seen) if seen[1] is not None else None
    return MessageForReader(message, version, receipt, past)


def _opened_living(row: Sequence[Any], message: Message) -> bool:
    """Tell whether the reader has opened a living message: who has keeps it, whomever the rule means by now."""
    opened_at = row[len(_MESSAGE_COLUMNS) + len(_VERSION_COLUMNS) + 1]
    return opened_at is not None and message.audience_mode == Message.AudienceMode.LIVING


_RECEIPT = """
SELECT unit_id, opened_at, confirmed_at, confirmed_version, opened_version FROM delivery_receipt
WHERE space_id = %s AND message_id = %s AND person_id = %s
"""


def receipt_of(person_id: int, message: Message) -> ReceiptSeen | None:
    """Return the receipt of one person for a message, or None."""
    rows = ask(_RECEIPT, [message.space_id, message.pk, person_id])
    return ReceiptSeen(message.pk, person_id, *rows[0]) if rows else None


def is_recipient(*, person_id: int, kind: str, content_id: int) -> bool:
    """Tell whether some message with this content was sent to a person."""
    return latest_message_for(person_id, kind, content_id) is not None


def latest_message_for(person_id: int, kind: str, content_id: int) -> int | None:
    """Return the id of the newest message with this content that a person sees, or None."""
    with every_space(Reason.DELIVERY):
        sent = Message.objects.filter(kind=kind, content_id=content_id).exclude(state__in=_NOT_SHOWN)
        rows = list(sent.defer("bitmap", "elsewhere", "rule").order_by("-sent_at", "-pk")[:MOST_RECEIVED])
    own, times = members_only(person_id, [message.uid for message in rows]), Times(person_id)
    return next((row.pk for row in rows if row.uid in own and times.visible(row.timetable)), None)


_RECEIVED = """
WITH near AS (
    SELECT d.message_id FROM people_post p CROSS JOIN LATERAL (
        SELECT d.message_id FROM delivery_denominator d WHERE d.unit_id = p.unit_id
        ORDER BY d.frozen_at DESC, d.message_id DESC LIMIT %(limit)s) d
    WHERE p.person_id = %(person)s
    UNION
    SELECT d.message_id FROM people_post p JOIN people_unit u ON u.id = p.unit_id
    CROSS JOIN LATERAL unnest(0::bigint || u.path) AS above CROSS JOIN LATERAL (
        SELECT d.message_id FROM delivery_signpost d WHERE d.unit_id = above
        ORDER BY d.at DESC, d.message_id DESC LIMIT %(limit)s) d
    WHERE p.person_id = %(person)s AND p.ended_on IS NULL
)
SELECT m.uid, m.content_id, m.id, m.sent_at, m.pace, m.wave_minutes, m.morning_on, m.pauses, m.stopped_at
FROM near JOIN delivery_message m ON m.id = near.message_id
WHERE m.kind = %(kind)s AND m.state NOT IN ('planned', 'withdrawn')
"""


def received_content_ids(*, person_id: int, kind: str) -> frozenset[int]:
    """Return the ids of the content of one kind that was sent to a person who sees it: the newest thousand."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVED, {"limit": MOST_RECEIVED, "person": person_id, "kind": kind})
        rows = cursor.fetchall()
    own, times = members_only(person_id, [row[0] for row in rows]), Times(person_id)
    return frozenset(content for uid, content, *rest in rows if uid in own and times.visible(_timetable(rest)))


def _timetable(row: list[Any]) -> Timetable:
    message_id, sent_at, pace, wave_minutes, morning_on, pauses, stopped_at = row
    return Timetable(message_id, sent_at, pace, wave_minutes, morning_on, read_pauses(pauses), stopped_at)
