"""The end of an emergency: all clear, said to everybody who was asked."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import may_end_emergency
from fenjin.delivery.models import Message, ReminderRule
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.services.outbox.all_clear import ring_all_clear
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space


class AlreadyOver(SendRefusal):
    code = "emergency_over"
    sentence = _("This emergency has been ended already.")


@transaction.atomic
def end_emergency(*, actor: Any, message_id: int, words: str = "") -> Message:
    """End an emergency: nobody is asked or reminded any more, and home pages say all clear for a day.

    Everybody who was rung for it is rung once more on the same channels, in a drill as well. `words` are what
    everybody reads. Answers stay, and those that arrive late still count. Doing it twice raises AlreadyOver.
    Raises NotFound for who neither sends for the space nor holds its duty desk.
    """
    with every_space(Reason.DELIVERY):
        rows = Message.objects.select_for_update(no_key=True).defer("bitmap", "elsewhere")
        message: Message | None = rows.filter(pk=message_id, importance=Message.Importance.EMERGENCY).first()
        if message is None or not may_end_emergency(actor, message):
            raise NotFound
        if message.state != Message.State.SENT or message.ended_at is not None:
            raise AlreadyOver
        message.ended_at, message.all_clear = clock.now(), " ".join(words.split())[:300]
        message.save(update_fields=["ended_at", "all_clear"])
        ReminderRule.objects.filter(message=message.pk).update(next_at=None)
        rung = ring_all_clear(message)
    audit.record(
        actor=actor,
        act="delivery.all_clear",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"drill": message.drill, "rung": rung},
    )
    return message
