"""Who sends messages, and who reads how far they got."""

from typing import Any, Final

from fenjin.audiences.access import reach_of
from fenjin.delivery.models import Message
from fenjin.kit.errors import NotFound
from fenjin.spaces.access import allowed_to

SEND: Final = "delivery.send_message"
SENDER: Final = allowed_to(SEND, branches=True)
COVERAGE_READER: Final = allowed_to("delivery.view_coverage", branches=True)


def may_change(account: Any, message: Message) -> bool:
    """Tell whether an account may correct, stop or withdraw a message: its own, or of a space where it sends to all."""
    try:
        reach = reach_of(account.membership, message.space_id)
    except NotFound:
        return False
    return reach.branches is None or message.sender_id == account.pk
