"""What one person may read, and what is known of the own reading."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.bitmaps import is_member, members_only
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space

MOST_RECEIVED = 1_000


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """What the ledger holds of one person and one message."""

    message_id: int
    person_id: int
    unit_id: int
    opened_at: datetime
    confirmed_at: datetime | None
    confirmed_version: int | None

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
    space_name: str
    receipt: ReceiptSeen | None

    @property
    def body(self) -> SafeString:
        """Return the body as HTML that was cleaned when it was frozen and cannot change since."""
        return SafeString(self.version.html)

    @property
    def confirmed(self) -> bool:
        """Tell whether the reader has confirmed."""
        return self.receipt is not None and self.receipt.confirmed_at is not None


def visible_from(message: Message, post: Any = None) -> datetime:
    """Return the instant from which a message stands in somebody's inbox: now, that of sending.

    It will depend on the person's zone and a hash of person and message when waves and "own morning"
    come, and never on a stored row.
    """
    return message.sent_at


_MESSAGE_COLUMNS = (
    *("id", "uid", "space_id", "created_at", "kind", "content_id", "importance", "audience_mode", "head_count"),
    *("state", "frozen_at", "sent_at", "due_on", "due_time", "due_zone", "current_version"),
)
_VERSION_COLUMNS = ("id", "number", "title", "lead", "html", "sha256", "reading_seconds")
_MESSAGE = f"""
SELECT {", ".join(f"m.{column}" for column in _MESSAGE_COLUMNS)},
       {", ".join(f"v.{column}" for column in _VERSION_COLUMNS)},
       s.name, r.unit_id, r.opened_at, r.confirmed_at, r.confirmed_version
FROM delivery_message m
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
JOIN spaces_space s ON s.id = m.space_id
LEFT JOIN delivery_receipt r ON r.space_id = m.space_id AND r.message_id = m.id AND r.person_id = %(person)s
WHERE m.id = %(message)s
"""  # noqa: S608 - the names are ours


def get_message_for(person_id: int, message_id: int) -> MessageForReader:
    """Return a message for one of its recipients, in one query; raises NotFound for anybody else.

    The rule, the bitmap and the plain text are not read.
    """
    found = ask(_MESSAGE, {"person": person_id, "message": message_id})
    if not found:
        raise NotFound
    row, reach = found[0], len(_MESSAGE_COLUMNS)
    message = Message.from_db("default", _MESSAGE_COLUMNS, row[:reach])
    if not is_member(person_id, message.uid):
        raise NotFound
    version = MessageVersion.from_db("default", _VERSION_COLUMNS, row[reach : reach + len(_VERSION_COLUMNS)])
    space_name, *seen = row[reach + len(_VERSION_COLUMNS) :]
    receipt = ReceiptSeen(message.pk, person_id, *seen) if seen[1] is not None else None
    return MessageForReader(message, version, space_name, receipt)


_RECEIPT = """
SELECT unit_id, opened_at, confirmed_at, confirmed_version FROM delivery_receipt
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
    """Return the id of the newest message with this content that was sent to a person, or None."""
    with every_space(Reason.DELIVERY):
        sent = Message.objects.filter(kind=kind, content_id=content_id).order_by("-sent_at", "-pk")
        sent_ids = list(sent.values_list("pk", "uid")[:MOST_RECEIVED])
    own = members_only(person_id, [uid for _message_id, uid in sent_ids])
    return next((message_id for message_id, uid in sent_ids if uid in own), None)


def received_content_ids(*, person_id: int, kind: str) -> frozenset[int]:
    """Return the ids of the content of one kind that was sent to a person: the newest thousand."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT m.uid, m.content_id FROM people_post p CROSS JOIN LATERAL (
                   SELECT d.message_id FROM delivery_denominator d WHERE d.unit_id = p.unit_id
                   ORDER BY d.frozen_at DESC, d.message_id DESC LIMIT %s) d
               JOIN delivery_message m ON m.id = d.message_id WHERE p.person_id = %s AND m.kind = %s""",
            [MOST_RECEIVED, person_id, kind],
        )
        rows = cursor.fetchall()
    own = members_only(person_id, [uid for uid, _content in rows])
    return frozenset(content for uid, content in rows if uid in own)
