"""What one person may read, and what is known of the own reading."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.bitmaps import is_member, members_only
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


def get_message_for(person_id: int, message_id: int) -> MessageForReader:
    """Return a message for one of its recipients; raises NotFound for anybody else."""
    with every_space(Reason.DELIVERY):
        version = (
            MessageVersion.objects.select_related("message", "message__space")
            .defer("message__bitmap", "text")
            .filter(message=message_id)
            .order_by("-number")
            .first()
        )
    if version is None or not is_member(person_id, version.message.uid):
        raise NotFound
    message = version.message
    return MessageForReader(message, version, message.space.name, receipt_of(person_id, message))


def receipt_of(person_id: int, message: Message) -> ReceiptSeen | None:
    """Return the receipt of one person for a message, or None."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT unit_id, opened_at, confirmed_at, confirmed_version FROM delivery_receipt
               WHERE space_id = %s AND message_id = %s AND person_id = %s""",
            [message.space_id, message.pk, person_id],
        )
        row = cursor.fetchone()
    return ReceiptSeen(message.pk, person_id, *row) if row else None


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
