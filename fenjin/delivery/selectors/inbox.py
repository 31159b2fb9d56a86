"""A person's inbox: what came, what is unread, what is to be confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.feed import Place, feed, newest
from fenjin.delivery.timing import came_at
from fenjin.kit.components import Letter, Tag
from fenjin.kit.links import link
from fenjin.kit.wording import due_time, friendly_time

PAGE = 20
# Asked on every page of the shell, so it looks at the newest few only.
LOOK_BACK = 20
# A person who leaves a hundred requests open is reminded of the newest hundred.
MOST_TO_CONFIRM = 100


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message as one person's list shows it."""

    message_id: int
    space_id: int
    kind: str
    content_id: int
    title: str
    lead: str
    sent_at: datetime
    due_at: datetime | None
    asks_confirmation: bool
    opened_at: datetime | None
    confirmed_at: datetime | None
    muted: bool = False
    answered: bool = False  # the sender's desk said something that the person has not looked at
    emergency: bool = False
    drill: bool = False
    ended_at: datetime | None = None
    all_clear: str = ""
    reminded_at: datetime | None = None

    @property
    def reminded(self) -> bool:
        """Tell whether the person was reminded of it, and it is still open."""
        open_still = self.confirmed_at is None if self.asks_confirmation or self.emergency else self.opened_at is None
        return self.reminded_at is not None and open_still and self.ended_at is None

    @property
    def unread(self) -> bool:
        """Tell whether it shows a dot: not opened yet, and not muted; or answered."""
        return self.answered or (self.opened_at is None and not self.muted)

    @property
    def to_confirm(self) -> bool:
        """Tell whether the person is asked to confirm and has not."""
        return self.asks_confirmation and self.confirmed_at is None

    @property
    def href(self) -> str:
        """Return the address of the message's page."""
        return link("delivery:message", self.message_id)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox; `more` goes into the address of the next one, empty at the end."""

    rows: tuple[InboxRow, ...]
    more: str = ""


# What a filter of the inbox shows: its name in the address → which messages.
SHOWS: Final[dict[str, Callable[[InboxRow], bool]]] = {
    "to-confirm": lambda row: row.to_confirm,
    "unread": lambda row: row.unread,
    "muted": lambda row: row.muted,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which messages a page of the inbox shows: a key of SHOWS, and from which sub-platform; empty: all."""

    show: str = ""
    space_id: int | None = None

    def holds(self, row: InboxRow) -> bool:
        """Tell whether a message is shown."""
        return (self.space_id in (None, row.space_id)) and (not self.show or SHOWS[self.show](row))


EVERYTHING: Final = Filter()


def messages_for(person_id: int, cursor: str = "", limit: int = PAGE, only: Filter = EVERYTHING) -> InboxPage:
    """Return a page of the messages sent to a person, newest first; a filtered page may be short and yet go on."""
    rows, place = feed(
        person_id,
        after=Place.from_text(cursor),
        limit=limit,
        to_confirm=only.show == "to-confirm",
        only=None if only == EVERYTHING else lambda row: only.holds(_row(row)),
    )
    return InboxPage(tuple(map(_row, rows)), place.as_text() if place else "")


@dataclass(frozen=True, slots=True)
class Glance:
    """What every page of one person needs to know of the inbox: requests, answers not looked at, if anything is new."""

    asked: tuple[InboxRow, ...]
    unread: bool
    answered: tuple[InboxRow, ...] = ()
    emergencies: tuple[InboxRow, ...] = ()

    def to_confirm(self, limit: int, done_since: datetime | None = None) -> list[InboxRow]:
        """Return the open requests: the nearest deadline first, then the oldest.

        With `done_since`, what was confirmed from then on follows.
        """
        waiting = [row for row in self.asked if row.to_confirm]
        waiting.sort(key=lambda row: (row.due_at is None, row.due_at or row.sent_at, row.message_id))
        done = [row for row in self.asked if done_since and row.confirmed_at and row.confirmed_at >= done_since]
        return [*waiting, *done][:limit]


def glance(person_id: int) -> Glance:
    """Return what is asked of a person, and whether one of the newest messages is unread: one query for nearly all."""
    found, own = newest(person_id, limit=LOOK_BACK, requests=MOST_TO_CONFIRM)
    rows = list(map(_row, found))
    answered = tuple(row for row, is_own in zip(rows, own, strict=True) if is_own and row.answered)
    # Somebody else's message near the person may have taken the place of an older own one.
    if not all(own[:LOOK_BACK]) and len(rows) >= LOOK_BACK:
        asked, _place = feed(person_id, after=Place(), limit=MOST_TO_CONFIRM, to_confirm=True)
        latest, _place = feed(person_id, after=Place(), limit=LOOK_BACK)
        requests = list(map(_row, asked))
        unread = bool(answered) or any(_row(row).unread for row in latest)
        return Glance(_asked(requests), unread, answered, _emergencies(requests))
    mine = [row for row, is_own in zip(rows, own, strict=True) if is_own]
    unread = bool(answered) or any(row.unread for row in mine[:LOOK_BACK])
    return Glance(_asked(mine), unread, answered, _emergencies(mine))


def _asked(rows: list[InboxRow]) -> tuple[InboxRow, ...]:
    return tuple([row for row in rows if row.asks_confirmation][:MOST_TO_CONFIRM])


def _emergencies(rows: list[InboxRow]) -> tuple[InboxRow, ...]:
    return tuple(row for row in rows if row.emergency)


def to_confirm(person_id: int, limit: int = PAGE, done_since: datetime | None = None) -> list[InboxRow]:
    """Return what a person is asked to confirm and has not; see Glance.to_confirm."""
    return glance(person_id).to_confirm(limit, done_since)


def has_unread(person_id: int) -> bool:
    """Tell whether one of a person's newest messages has not been opened."""
    return glance(person_id).unread


def letter(row: InboxRow) -> Letter:
    """Return the component that draws a row of the inbox, in the reader's language and zone."""
    tags: tuple[Tag, ...] = ()
    meta = [friendly_time(row.sent_at)]
    if row.to_confirm:
        tags = (Tag(_("Please confirm"), "zhu"),)
        if row.due_at is not None:
            meta.append(_("before %(time)s") % {"time": due_time(row.due_at)})
    elif row.asks_confirmation:
        tags = (Tag(_("Confirmed"), "qing"),)
    if row.answered:
        tags = (Tag(_("The sender has answered you"), "zi"), *tags)
    if row.muted:
        tags = (*tags, Tag(_("Muted"), "plain"))
    if row.emergency:
        tags = (_alarm_tag(row), *tags)
    if row.reminded:
        tags = (*tags, Tag(_("Reminder"), "jin"))
    urgent = row.asks_confirmation or row.emergency
    return Letter(
        title=row.title,
        href=row.href,
        brief=row.lead,
        tags=tags,
        meta=tuple(meta),
        unread=row.unread,
        icon="warn" if row.emergency else "doc" if row.asks_confirmation else "mail",
        tone="urgent" if row.emergency and not (row.drill or row.ended_at) else "zhu" if urgent else "lan",
    )


def _alarm_tag(row: InboxRow) -> Tag:
    if row.drill:
        return Tag(_("Drill"), "jin")
    return Tag(_("All clear"), "qing") if row.ended_at else Tag(pgettext("importance", "Emergency"), "urgent")


def _row(row: tuple) -> InboxRow:
    (_frozen, message_id, space_id, kind, content_id, importance, sent_at, due_on, due_clock, zone) = row[:10]
    title, lead, opened_at, confirmed_at, muted, answered = row[10:16]
    drill, ended_at, all_clear, reminded_at = row[16:20]
    pace, _minutes, morning_on = row[20:23]
    return InboxRow(
        message_id=message_id,
        space_id=space_id,
        kind=kind,
        content_id=content_id,
        title=title,
        lead=lead,
        sent_at=came_at(pace, sent_at, morning_on, timezone.get_current_timezone()),
        due_at=datetime.combine(due_on, due_clock, ZoneInfo(zone)) if due_on else None,
        asks_confirmation=importance == Message.Importance.CONFIRM,
        opened_at=opened_at,
        confirmed_at=confirmed_at,
        muted=muted,
        answered=answered,
        emergency=importance == Message.Importance.EMERGENCY,
        drill=drill,
        ended_at=ended_at,
        all_clear=all_clear,
        reminded_at=reminded_at,
    )
