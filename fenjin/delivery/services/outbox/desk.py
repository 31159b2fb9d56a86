"""What staff do with dead letters: send again knowingly, or settle what may have arrived."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import ChannelPeople, Message, Outbox
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.services.jobs import soon
from fenjin.delivery.services.outbox.marks import add_people, take_people
from fenjin.delivery.services.versions import message_of_sender
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal


class NoDeadLetter(Refusal):
    """It went out meanwhile, or waits for its turn."""

    code = "no_dead_letter"
    sentence = _("This one is not stuck any more: look at the page as it is now.")


def _held(actor: Any, uid: UUID) -> Outbox:
    row: Outbox | None = Outbox._base_manager.select_for_update().filter(uid=uid).first()
    if row is None:
        raise NotFound
    message = message_of_sender(actor=actor, message_id=row.message_id)
    if message.state == Message.State.WITHDRAWN or row.state not in (Outbox.State.FAILED, Outbox.State.UNKNOWN):
        raise NoDeadLetter
    return row


@transaction.atomic
def resend(*, actor: Any, uid: UUID) -> Outbox:
    """Queue a dead letter again, for those who still need it; whoever has it already may get it twice, knowingly.

    Raises NotFound, NoDeadLetter.
    """
    row = _held(actor, uid)
    _settle(row)
    row.state, row.attempts, row.doubtful, row.not_before = Outbox.State.QUEUED, 0, False, clock.now()
    row.body, row.rung, row.claimed_at, row.done_at = "", b"", None, None
    row.save(update_fields=["state", "attempts", "doubtful", "not_before", "body", "rung", "claimed_at", "done_at"])
    _record(actor, row, "delivery.resend")
    transaction.on_commit(soon)
    return row


@transaction.atomic
def take_as_sent(*, actor: Any, uid: UUID) -> Outbox:
    """Take a send of which nobody knows as accepted: somebody has looked. Raises NotFound, NoDeadLetter."""
    row = _held(actor, uid)
    if row.state != Outbox.State.UNKNOWN:
        raise NoDeadLetter
    add_people(row, ChannelPeople.State.ACCEPTED, people=sets.read(row.rung))
    _settle(row)
    row.state = Outbox.State.ACCEPTED
    row.save(update_fields=["state"])
    _record(actor, row, "delivery.take_as_sent")
    return row


def _settle(row: Outbox) -> None:
    """Take a row's people out of those of whom nobody knows, but for whom another row leaves it open."""
    if row.state != Outbox.State.UNKNOWN:
        return
    people = sets.read(row.rung)
    rows = Outbox._base_manager.filter(space_id=row.space_id, message_id=row.message_id, channel=row.channel)
    for rung in rows.filter(state=Outbox.State.UNKNOWN).exclude(uid=row.uid).values_list("rung", flat=True):
        people -= sets.read(rung)
    take_people(row, ChannelPeople.State.UNKNOWN, people=people)


def _record(actor: Any, row: Outbox, act: str) -> None:
    audit.record(
        actor=actor,
        act=act,
        target=("message", row.message_id),
        space_id=row.space_id,
        details={"channel": row.channel, "ring": row.ring, "chunk": row.chunk, "people": row.head},
    )
