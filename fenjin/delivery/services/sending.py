"""What is sent, as its sender chose it: content, people, importance, time. It writes nothing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from fenjin.delivery.asking import PLAIN, Ask
from fenjin.delivery.models import Message
from fenjin.delivery.naming import Reason
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.timing import first_morning

FARTHEST: Final = timedelta(days=90)
# Less is no wave: the press itself sends.
SHORTEST_WAVE, LONGEST_WAVE = 5, 720
AT_ONCE: Final = timedelta(minutes=1)
SHORTEST_REMINDER, LONGEST_REMINDER = 10, 30 * 24 * 60  # minutes
MOST_REMINDERS: Final = 6


class DueInThePast(SendRefusal):
    code = "send_due_past"
    sentence = _("The deadline lies in the past. Choose a later one.")


class PlanRefusal(SendRefusal):
    """A plan that cannot be kept."""

    code = "send_plan"
    status = 422
    sentence = _("That time has passed. Choose a later one, or send now.")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as the clock on the wall shows it, and where."""

    on: date
    time: time
    zone: str

    @property
    def instant(self) -> datetime:
        """Return the moment at which it falls due."""
        return datetime.combine(self.on, self.time, ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Plan:
    """When readers see a message: from `starts_at` (None: now), at once, in waves, or on the morning of a day."""

    pace: str = Message.Pace.AT_ONCE
    starts_at: datetime | None = None
    wave_minutes: int = 0
    morning_on: date | None = None

    def begins(self, now: datetime) -> datetime:
        """Return when the sending begins; raises PlanRefusal for a plan that cannot be kept."""
        starts = now
        if self.pace == Message.Pace.MORNING:
            if self.morning_on is None:
                raise PlanRefusal(_("Choose the day on whose morning it is read."))
            starts = max(now, first_morning(self.morning_on))
            late = self.morning_on < now.date()
        else:
            starts = self.starts_at or now
            late = starts < now - AT_ONCE
        if late:
            raise PlanRefusal
        if starts > now + FARTHEST:
            raise PlanRefusal(_("A message can be planned for at most 90 days ahead."))
        if self.pace == Message.Pace.WAVES and not SHORTEST_WAVE <= self.wave_minutes <= LONGEST_WAVE:
            raise PlanRefusal(_("Give between 5 and 720 minutes."))
        return max(starts, now)


NOW: Final = Plan()


@dataclass(frozen=True, slots=True)
class Reminders:
    """A sender's rule: first so many minutes after everybody can see the message, then again, at most so often."""

    first_after: int
    again_after: int
    most: int

    @property
    def sane(self) -> bool:
        """Tell whether the bounds are kept."""
        times = (self.first_after, self.again_after)
        return (
            all(SHORTEST_REMINDER <= minutes <= LONGEST_REMINDER for minutes in times)
            and 1 <= self.most <= MOST_REMINDERS
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """All that a sender chooses, one field for each answer of the desk's parts.

    A new answer has a default that means "as it was before there was the question".
    """

    kind: str
    content_id: int
    rule: Any
    importance: str = Message.Importance.ORDINARY
    drill: bool = False  # an emergency that nobody needs to fear
    reminders: Reminders | None = None
    due: Due | None = None
    reason: Reason | None = None  # why who does not confirm is named; None: nobody is
    plan: Plan = NOW
    ask: Ask = PLAIN
    audience_mode: str = Message.AudienceMode.FROZEN
    channels: tuple[str, ...] = ()  # beyond the platform itself: keys of fenjin.workplace
    reply_allowed: bool = False  # readers may answer and ask
