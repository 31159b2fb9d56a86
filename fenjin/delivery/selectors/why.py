"""Why a message came to somebody: asked by that person, answered with nothing about anybody else."""

from dataclasses import dataclass
from datetime import datetime

from fenjin.audiences.selectors import parse_rule
from fenjin.audiences.selectors.met import met_by
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.habits import habits_of
from fenjin.delivery.selectors.reading import MessageForReader
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.names import account_names
from fenjin.people.selectors.own import unit_titles


@dataclass(frozen=True, slots=True)
class Why:
    """The words of the rule that met the person (empty: the posts have changed since), the unit, the sender.

    `as_of` is when the audience was taken; None: it is asked anew each time. `space_muted`, `sender_muted`:
    whether ordinary messages of these are muted by the person.
    """

    words: str
    unit: str
    space_id: int
    sender_id: int
    sender: str
    as_of: datetime | None
    space_muted: bool
    sender_muted: bool


def why(person_id: int, found: MessageForReader, unit_id: int) -> Why:
    """Return why a message came to a recipient, who counts under `unit_id`."""
    with every_space(Reason.DELIVERY):
        sent = Message.objects.only("rule", "audience_mode", "frozen_at", "sender_id", "space_id").get(
            pk=found.message.pk
        )
    own = habits_of(person_id)
    return Why(
        words=met_by(parse_rule(sent.rule), person_id, unit_id),
        unit=unit_titles([unit_id]).get(unit_id, ""),
        space_id=sent.space_id,
        sender_id=sent.sender_id,
        sender=account_names({sent.sender_id}).get(sent.sender_id, ""),
        as_of=sent.frozen_at if sent.audience_mode == Message.AudienceMode.FROZEN else None,
        space_muted=sent.space_id in own.muted_spaces,
        sender_muted=sent.sender_id in own.muted_senders,
    )
