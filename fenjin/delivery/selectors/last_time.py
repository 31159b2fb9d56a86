"""What changed since the last message to the same audience: how many came in, how many went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import JSONField, TextField, Value
from django.db.models.functions import MD5, Cast
from pyroaring import BitMap

from fenjin.audiences.selectors import Meant, who_of
from fenjin.delivery.models import Message
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.posts_then import people_changed_since

_OUT: Final = (Message.State.SENDING, Message.State.PAUSED, Message.State.SENT, Message.State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class LastTime:
    """The last message of a space by the same rule, and how its people differ from those meant now.

    `joined` and `left` are people of whom something was written down since; `moved` is what remains of the
    difference: units that moved with their people, or conditions that time alone fulfils.
    """

    message_id: int
    title: str
    sent_at: datetime
    people: int
    joined: int
    left: int
    moved: int

    @property
    def unchanged(self) -> bool:
        """Tell whether it is the same people."""
        return not (self.joined or self.left or self.moved)


def last_time(space_id: int, rule: Mapping[str, Any], meant: Meant, people: int) -> LastTime | None:
    """Return the comparison with the last message that a space sent by this very rule (as JSON); None: never before.

    `people` is how many `meant` means. It costs as much as there were changes since, whatever the audience's size.
    """
    with every_space(Reason.DELIVERY):
        same = MD5(Cast(Value(rule, JSONField()), TextField()))  # message_by_rule; the rule itself has the last word
        rows = Message.objects.annotate(printed=MD5(Cast("rule", TextField()))).filter(printed=same)
        rows = rows.filter(space=space_id, rule=rule, rehearsal=False, state__in=_OUT)
        rows = rows.filter(audience_mode=Message.AudienceMode.FROZEN).defer("elsewhere")
        message = rows.prefetch_related("versions").order_by("-sent_at", "-pk").first()
    if message is None:
        return None
    changed = people_changed_since(message.frozen_at)
    before = BitMap.deserialize(bytes(message.bitmap)) & BitMap(changed)
    now = BitMap(who_of(meant, changed)) if changed else BitMap()
    joined, left = len(now - before), len(before - now)
    title = max(message.versions.all(), key=lambda version: version.number).title
    return LastTime(
        message_id=message.pk,
        title=title,
        sent_at=message.sent_at,
        people=message.head_count,
        joined=joined,
        left=left,
        moved=people - message.head_count - joined + left,
    )
