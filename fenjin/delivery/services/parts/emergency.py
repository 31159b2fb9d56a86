"""An emergency goes to everybody at once, and asks whether they are safe."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.services.sending import AT_ONCE, Sending
from fenjin.kit import clock


class EmergencyWaits(SendRefusal):
    code = "emergency_at_once"
    status = 422
    sentence = _("An emergency goes out at once, to everybody it concerns, and has no deadline. Choose “Send now”.")


class DrillOfWhat(SendRefusal):
    code = "drill_of_what"
    status = 422
    sentence = _("Only an emergency can be a drill.")


def prepare(*, actor: Any, message: Message, sending: Sending) -> None:
    """Mark a drill; raises EmergencyWaits for an emergency that would not reach all at once, and DrillOfWhat."""
    if not message.is_emergency:
        if sending.drill:
            raise DrillOfWhat
        return
    late = message.pace != Message.Pace.AT_ONCE or message.sent_at > clock.now() + AT_ONCE
    if late or message.due_on is not None or message.audience_mode != Message.AudienceMode.FROZEN:
        raise EmergencyWaits
    message.drill = sending.drill
