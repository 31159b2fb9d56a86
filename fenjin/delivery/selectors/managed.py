"""A message as its sender looks after it: where it stands, its versions, when it is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fenjin.delivery.access import may_change
from fenjin.delivery.models import Message, MessageVersion
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space


@dataclass(frozen=True, slots=True)
class Managed:
    """A message and its versions, the newest first."""

    message: Message
    versions: Sequence[MessageVersion]

    @property
    def current(self) -> MessageVersion:
        """Return the version that readers see."""
        return self.versions[0]


def get_managed(account: Any, message_id: int) -> Managed:
    """Return a message that an account may change; raises NotFound."""
    with every_space(Reason.DELIVERY):
        message = Message.objects.select_related("space").defer("bitmap", "elsewhere").filter(pk=message_id).first()
        if message is None or not may_change(account, message):
            raise NotFound
        versions = list(message.versions.defer("html", "text").order_by("-number"))
    return Managed(message, versions)
