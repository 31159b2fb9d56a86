"""The call of an emergency, as one person sees it: on the home page, in the inbox, above the message.

What a page has to know of it came with the feed; besides only what the person has answered is asked, or, as long as
there is no answer, the first words of a text without a lead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.inbox import InboxRow
from fenjin.delivery.selectors.safety import OwnAnswer, answer_to
from fenjin.kit import clock
from fenjin.kit.components import Component
from fenjin.kit.components.base import Words
from fenjin.kit.db import ask
from fenjin.kit.ids import client_key
from fenjin.kit.links import link
from fenjin.kit.wording import friendly_time

# For so long home pages say that it is over.
ALL_CLEAR_FOR: Final = timedelta(days=1)
FIRST_WORDS: Final = 140  # signs
_WORDS: Final = """
SELECT left(v.text, 400) FROM delivery_message m
JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version WHERE m.id = %(message)s
"""


@dataclass(frozen=True, slots=True)
class Call(Component):
    """An emergency: what happened, what the person answered, and the form that asks or changes it.

    `whole`: with title and lead, where the message itself does not stand below. `back`: where the answer leads to.
    """

    template: ClassVar[str] = "delivery/emergency/call.html"
    message_id: int
    title: str
    lead: str
    drill: bool
    sent_at: Words
    client_key: str
    own: OwnAnswer | None = None
    ended_at: datetime | None = None
    all_clear: str = ""
    whole: bool = True
    back: str = ""

    @property
    def asks(self) -> bool:
        """Tell whether an answer is waited for."""
        return self.own is None and self.ended_at is None

    @property
    def action(self) -> str:
        """Return where the form goes."""
        return link("delivery:message_safety", self.message_id)

    @property
    def href(self) -> str:
        """Return the address of the whole message."""
        return link("delivery:message", self.message_id)

    @property
    def key_for(self) -> str:
        """Name the act for a phone that repeats itself: after each answer it is another one."""
        spoken = f"{self.own.answered_at.timestamp():.3f}" if self.own is not None else "first"
        return f"safety:{self.message_id}:{spoken}"

    @property
    def over_words(self) -> Words:
        """Return what is said at the end."""
        return self.all_clear or _("The emergency is over. Thank you for answering.")


def call_for(person_id: int, emergencies: Sequence[InboxRow]) -> Call | None:
    """Return the call that a person's home page shows, of the emergencies among the own messages; None: there is none.

    One without an answer goes before one with, and both before one that has been over for less than a day.
    """
    now = clock.now()
    shown = [row for row in emergencies if row.ended_at is None or row.ended_at + ALL_CLEAR_FOR > now]
    shown.sort(key=lambda row: (row.ended_at is not None, row.confirmed_at is not None, -row.sent_at.timestamp()))
    return _call(person_id, shown[0]) if shown else None


def _what_to_do(row: InboxRow) -> str:
    """Return the lead; of a short text, which has none, the first words: where to go must stand beside the buttons."""
    if row.lead or row.confirmed_at is not None or row.ended_at is not None:
        return row.lead
    words = " ".join(ask(_WORDS, {"message": row.message_id})[0][0].split())
    return Truncator(words).chars(FIRST_WORDS)


def _call(person_id: int, row: InboxRow) -> Call:
    own = answer_to(person_id, row.space_id, row.message_id) if row.confirmed_at else None
    return Call(
        message_id=row.message_id,
        title=row.title,
        lead=_what_to_do(row),
        drill=row.drill,
        sent_at=friendly_time(row.sent_at),
        client_key=client_key(None),
        own=own,
        ended_at=row.ended_at,
        all_clear=row.all_clear,
        back="home",
    )


def call_above(person_id: int, message: Message, *, confirmed: bool) -> Call | None:
    """Return the call that stands above a message's own text; None for a message that is no emergency."""
    if not message.is_emergency:
        return None
    return Call(
        message_id=message.pk,
        title="",
        lead="",
        drill=message.drill,
        sent_at="",
        client_key=client_key(None),
        own=answer_to(person_id, message.space_id, message.pk) if confirmed else None,
        ended_at=message.ended_at,
        all_clear=message.all_clear,
        whole=False,
    )
