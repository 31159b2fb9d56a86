"""After the press: another version in the place of what was sent, or nothing at all, for everybody at once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import may_change
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.register import Frozen
from fenjin.delivery.services.freezing import PATIENCE, SendRefusal
from fenjin.delivery.services.jobs import amend_soon
from fenjin.delivery.services.sleeping import wake
from fenjin.delivery.services.totals import forget_totals
from fenjin.delivery.services.words import write_version
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space


class SayWhy(SendRefusal):
    code = "say_why"
    status = 422
    sentence = _("Say in a sentence what was wrong: readers see it beside the message.")


class ReceiptsBusy(SendRefusal):
    code = "receipts_busy"
    status = 503
    sentence = _("Too many people are reading at this moment. Nothing was changed; try again in a minute.")


def message_of_sender(*, actor: Any, message_id: int) -> Message:
    """Return a message, locked, that this account may change: its own, or of a space where it sends without limit.

    Call it in a transaction. Raises NotFound.
    """
    with every_space(Reason.DELIVERY):
        rows = Message.objects.select_for_update(no_key=True).filter(pk=message_id).defer("bitmap", "elsewhere")
        message: Message | None = rows.first()
    if message is None or not may_change(actor, message):
        raise NotFound
    return message


def put_in_place(
    *, actor: Any, message: Message, words: Frozen, note: str, material: bool, act: str = "delivery.correct"
) -> MessageVersion:
    """Put words in the place of what everybody sees, as the next version; the caller holds the message's row.

    Cards in channels follow at once, by a job of their own. Raises ReceiptsBusy.
    """
    version = write_version(message, words, number=message.current_version + 1, note=note, material=material)
    _point_to(message, version)
    transaction.on_commit(amend_soon)
    audit.record(
        actor=actor,
        act=act,
        target=("message", message.pk),
        space_id=message.space_id,
        details={"version": version.number, "material": material},
    )
    return version


def _point_to(message: Message, version: MessageVersion) -> None:
    """Make a version the current one; after a material change the counters of confirmations begin anew.

    The lock waits for confirmations under way and lets the next ones see the new version, so each is
    counted for the version it was given to.
    """
    if version.material and message.asks_confirmation:
        _hold_the_counters_still()
    changed = {"current_version": version.number} | ({"confirm_from": version.number} if version.material else {})
    Message._base_manager.filter(pk=message.pk).update(**changed)
    if version.material and message.asks_confirmation:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE delivery_counter SET confirmed = 0 WHERE space_id = %s AND message_id = %s AND confirmed > 0",
                [message.space_id, message.pk],
            )
        forget_totals(message)


def _hold_the_counters_still() -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute("LOCK TABLE delivery_counter IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        raise ReceiptsBusy from error


def last_instant(message: Message) -> datetime:
    """Return the last instant at which somebody may have come to see a message that stops now.

    One that is only planned was seen by nobody, even if its time has come.
    """
    now = clock.now()
    return min(now, message.sent_at - timedelta(seconds=1)) if message.state == Message.State.PLANNED else now


@transaction.atomic
def withdraw_message(*, actor: Any, message_id: int, why: str) -> Message:
    """Take a message back: from now on it stands in no list, and its page says why. Doing it twice changes nothing.

    Raises NotFound, SayWhy.
    """
    why = " ".join(why.split())[:300]
    if not why:
        raise SayWhy
    message = message_of_sender(actor=actor, message_id=message_id)
    if message.state == Message.State.WITHDRAWN:
        return message
    if message.state in (Message.State.PLANNED, Message.State.SENDING):
        message.stopped_at = last_instant(message)  # who had not seen it yet never hears of it
    before, message.state = message.state, Message.State.WITHDRAWN
    message.withdrawn_at, message.withdrawn_why = clock.now(), why
    message.save(update_fields=["state", "stopped_at", "withdrawn_at", "withdrawn_why"])
    wake(message)
    transaction.on_commit(amend_soon)
    audit.record(
        actor=actor,
        act="delivery.withdraw",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"state": before, "version": message.current_version},
    )
    return message
