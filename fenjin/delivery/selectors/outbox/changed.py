"""Whether what a channel was told of a message still holds."""

from typing import Final

from fenjin.delivery.models import Message
from fenjin.kit.db import ask

_NOW: Final = "SELECT state = 'withdrawn', current_version FROM delivery_message WHERE id = %(message)s"


def changed_since(message: Message, number: int) -> bool:
    """Tell whether a message was corrected beyond version `number`, or withdrawn, since its row was read."""
    [(withdrawn, current)] = ask(_NOW, {"message": message.pk})
    return bool(current > number or (withdrawn and message.state != Message.State.WITHDRAWN))
