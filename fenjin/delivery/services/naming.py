"""Who has not confirmed, by name: for the administrator of the own unit, and each look is written into the log.

It is product's one exception: only where the sender stated a safety or legal reason, until fourteen days after the date
to confirm by, and the message says so to everyone. Nobody learns who has only not read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import own_units
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.selectors.unconfirmed import (
    PAGE,
    Open,
    message_with_names,
    names_are_open,
    own_unit,
    unconfirmed,
    with_remarks,
)
from fenjin.kit.errors import Refusal


class NamesClosed(Refusal):
    """Too early, too late, or taken back."""

    code = "names_closed"
    status = 403
    sentence = _(
        "Who has not confirmed is named once everybody has the message, until 14 days after the date to confirm by, "
        "and not after it was stopped or withdrawn. Nobody is named now."
    )


class TooManyToName(Refusal):
    code = "too_many_to_name"
    status = 422
    sentence = _("More than 20,000 people of this message are here. Choose a unit further down.")


@dataclass(frozen=True, slots=True)
class Named:
    """A page of those who have not confirmed, or all of them; `count`: how many they are in all."""

    version: MessageVersion
    people: Sequence[Open]
    count: int
    more: bool = False


@transaction.atomic
def name_unconfirmed(*, actor: Any, message_id: int, unit_id: int, page: int = 0) -> Named:
    """Return a page of who in and below a unit has not confirmed; the look is written into the log.

    Raises NotFound, NamesClosed, TooManyToName.
    """
    version, everybody = _open(actor, message_id, unit_id)
    shown = with_remarks(version.message, everybody[page * PAGE : (page + 1) * PAGE])
    _record(actor, "delivery.name_unconfirmed", version.message, unit_id, shown)
    return Named(version, shown, len(everybody), more=len(everybody) > (page + 1) * PAGE)


@transaction.atomic
def take_unconfirmed(*, actor: Any, message_id: int, unit_id: int) -> Named:
    """Return all of them, for a file; that they were taken along is written into the log.

    Raises NotFound, NamesClosed, TooManyToName.
    """
    version, everybody = _open(actor, message_id, unit_id)
    _record(actor, "delivery.export_unconfirmed", version.message, unit_id, everybody)
    return Named(version, with_remarks(version.message, everybody), len(everybody))


def _open(actor: Any, message_id: int, unit_id: int) -> tuple[MessageVersion, list[Open]]:
    own = own_units(actor.membership)
    version = message_with_names(own, message_id)
    unit = own_unit(own, unit_id)
    if not names_are_open(version.message):
        raise NamesClosed
    everybody = unconfirmed(version.message, own, unit)
    if everybody is None:
        raise TooManyToName
    return version, everybody


def _record(actor: Any, act: str, message: Message, unit_id: int, people: Sequence[Open]) -> None:
    audit.record(
        actor=actor,
        act=act,
        target=("message", message.pk),
        space_id=message.space_id,
        details={"unit": unit_id, "people": len(people)},
    )
