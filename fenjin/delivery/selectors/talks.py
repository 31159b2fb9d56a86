"""Conversations between one person and the desk that sent a message: the person's side, and the desk's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from fenjin.delivery.access import SEND
from fenjin.delivery.models import Conversation, Message, MessageVersion, ReadyAnswer, Remark
from fenjin.delivery.selectors.reading import receipt_of
from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.register import LeftBehind
from fenjin.people.selectors.accounts import account_ids
from fenjin.people.selectors.names import account_names, person_names
from fenjin.people.selectors.organisation import names_of
from fenjin.spaces.access import Membership, roles_with, spaces_allowing
from fenjin.spaces.selectors import list_roles

PAGE: Final = 30
# The queue of the desk: name in the address → states.
QUEUES: Final = {
    "waiting": (Conversation.State.WAITING,),
    "mine": (Conversation.State.WAITING, Conversation.State.ANSWERED),
    "answered": (Conversation.State.ANSWERED,),
    "closed": (Conversation.State.CLOSED,),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: by the person or by the desk, and there by whom (for colleagues; readers see the desk)."""

    by_desk: bool
    text: str
    said_at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in full, the oldest remark first."""

    conversation: Conversation
    said: tuple[Said, ...]


def conversation_of(person_id: int, message_id: int) -> Talk | None:
    """Return a person's own conversation about a message, or None; the caller has proved that the message is theirs."""
    with every_space(Reason.OWN_ROWS):
        found = Conversation.objects.filter(person=person_id, message=message_id).first()
        if found is None:
            return None
        rows = list(listing(Remark.objects.filter(conversation=found).order_by("pk")))
    return Talk(found, tuple(Said(row.by_desk, row.text, row.said_at) for row in rows))


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A conversation in the queue of a desk."""

    conversation_id: int
    title: str
    who: str
    words: str
    state: Conversation.State
    waiting_since: datetime
    last_at: datetime
    assigned_to: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue: those who wait longest first, where they wait; and how many wait in all."""

    rows: tuple[QueueRow, ...]
    more: int | None  # the number of the next page
    waiting: int
    mine: int


def _at_desk(membership: Membership) -> Q:
    """Return which conversations somebody at a desk sees: of spaces where they send to all, of own messages, given."""
    whole = spaces_allowing(membership, SEND)
    sent = Message.objects.filter(sender=membership.account_id).values("pk")
    return Q(space__in=whole) | Q(message__in=sent) | Q(assigned_to=membership.account_id)


def queue(membership: Membership, name: str, page: int = 1) -> Queue:
    """Return a page of the conversations that somebody at a desk may answer."""
    mine = Conversation.objects.filter(_at_desk(membership))
    rows = mine.filter(state__in=QUEUES[name])
    if name == "mine":
        rows = rows.filter(assigned_to=membership.account_id)
    order = ("waiting_since", "pk") if name in ("waiting", "mine") else ("-last_at", "-pk")
    begin = (page - 1) * PAGE
    found = list(listing(rows.order_by(*order)[begin : begin + PAGE + 1]))
    open_ones = mine.filter(state=Conversation.State.WAITING)
    return Queue(
        rows=tuple(_rows(found[:PAGE])),
        more=page + 1 if len(found) > PAGE else None,
        waiting=open_ones.count(),
        mine=open_ones.filter(assigned_to=membership.account_id).count(),
    )


def _rows(found: Sequence[Conversation]) -> list[QueueRow]:
    titles = _titles({row.message_id for row in found})
    people = person_names({row.person_id for row in found})
    accounts = account_names({row.assigned_to_id for row in found if row.assigned_to_id})
    last = Remark.objects.filter(conversation__in=[row.pk for row in found]).order_by("conversation", "-pk")
    words = {row.conversation_id: row.text for row in last.distinct("conversation")}
    return [
        QueueRow(
            conversation_id=row.pk,
            title=titles.get(row.message_id, ""),
            who=people.get(row.person_id, ""),
            words=words.get(row.pk, ""),
            state=Conversation.State(row.state),
            waiting_since=row.waiting_since,
            last_at=row.last_at,
            assigned_to=accounts.get(row.assigned_to_id or 0, ""),
        )
        for row in found
    ]


def _titles(message_ids: set[int]) -> dict[int, str]:
    rows = MessageVersion.objects.filter(message__in=message_ids).order_by("message", "-number").distinct("message")
    return dict(rows.values_list("message", "title"))


@dataclass(frozen=True, slots=True)
class DeskTalk:
    """A conversation as the desk reads it."""

    talk: Talk
    title: str
    who: str
    unit: str
    colleagues: tuple[tuple[int, str], ...]  # accounts to which it can be given
    ready: tuple[ReadyAnswer, ...]


def get_conversation(membership: Membership, conversation_id: int) -> DeskTalk:
    """Return a conversation for somebody who may answer it; raises NotFound."""
    found = Conversation.objects.filter(_at_desk(membership), pk=conversation_id).first()
    if found is None:
        raise NotFound
    rows = list(listing(Remark.objects.filter(conversation=found).order_by("pk")))
    authors = account_names({row.author_id for row in rows if row.author_id})
    said = tuple(Said(row.by_desk, row.text, row.said_at, authors.get(row.author_id or 0, "")) for row in rows)
    return DeskTalk(
        talk=Talk(found, said),
        title=_titles({found.message_id}).get(found.message_id, ""),
        who=person_names({found.person_id}).get(found.person_id, ""),
        unit=_unit(found),
        colleagues=tuple(colleagues(found.space_id)),
        ready=tuple(ready_answers({found.space_id})),
    )


def _unit(found: Conversation) -> str:
    """Return the name of the unit under which the person counts in the message; empty before it was opened."""
    receipt = receipt_of(found.person_id, Message(pk=found.message_id, space_id=found.space_id))
    return names_of([receipt.unit_id]).get(receipt.unit_id, "") if receipt is not None else ""


def colleagues(space_id: int) -> list[tuple[int, str]]:
    """Return (account, name) of everybody who sends messages in a space and so can answer there."""
    able = roles_with(SEND)
    grants = [grant for grant in list_roles(space_id=space_id) if grant.role in able]
    people = {grant.person_id: grant.person.name for grant in grants}
    found = account_ids(set(people))
    return sorted(((found[person], name) for person, name in people.items() if person in found), key=lambda one: one[1])


def ready_answers(spaces: set[int]) -> list[ReadyAnswer]:
    """Return the ready answers of spaces in scope, by name."""
    return list(listing(ReadyAnswer.objects.filter(space__in=spaces).order_by("title")))


def get_ready_answer(spaces: frozenset[int], ready_id: int) -> ReadyAnswer:
    """Return a ready answer of one of these spaces; raises NotFound."""
    found: ReadyAnswer | None = ReadyAnswer.objects.filter(space__in=spaces, pk=ready_id).first()
    if found is None:
        raise NotFound
    return found


def list_left_behind(spaces: frozenset[int] | None) -> list[LeftBehind]:
    """Return the open conversations that leavers were answering, by person and space; None: everywhere."""
    gone = Q(assigned_to__person__status="left") | Q(assigned_to__person__left_on__lte=clock.now().date())
    with every_space(Reason.OFFICE):
        rows = Conversation.objects.filter(gone).exclude(state=Conversation.State.CLOSED)
        if spaces is not None:
            rows = rows.filter(space__in=spaces)
        held = rows.values_list("assigned_to__person", "space").annotate(count=Count("pk")).order_by("space")
        return [LeftBehind(person, space, count) for person, space, count in held]
