"""Sending: one press freezes the words and the audience, in one transaction, or nothing happens."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import reach_of
from fenjin.audit import services as audit
from fenjin.delivery import register
from fenjin.delivery.models import Message
from fenjin.delivery.services.freezing import SendRefusal, freeze_people, write_denominators
from fenjin.delivery.services.words import freeze_words, write_version
from fenjin.delivery.timing import first_morning
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import Membership

FARTHEST = timedelta(days=90)
# Less is no wave: the press itself sends.
SHORTEST_WAVE, LONGEST_WAVE = 5, 720
_AT_ONCE = timedelta(minutes=1)


class DueInThePast(SendRefusal):
    code = "send_due_past"
    sentence = _("The deadline lies in the past. Choose a later one.")


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


class PlanRefusal(SendRefusal):
    """A plan that cannot be kept."""

    code = "send_plan"
    status = 422
    sentence = _("That time has passed. Choose a later one, or send now.")


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
            late = starts < now - _AT_ONCE
        if late:
            raise PlanRefusal
        if starts > now + FARTHEST:
            raise PlanRefusal(_("A message can be planned for at most 90 days ahead."))
        if self.pace == Message.Pace.WAVES and not SHORTEST_WAVE <= self.wave_minutes <= LONGEST_WAVE:
            raise PlanRefusal(_("Give between 5 and 720 minutes."))
        return max(starts, now)


NOW = Plan()


def count_audience(*, membership: Membership, space_id: int, rule: Any) -> audiences.Meant:
    """Return who is meant by a rule that this account would send from a space, cut to its reach.

    audiences.selectors counts it. Raises NotFound without the role, RuleRefusal for a rule that says
    nothing clear.
    """
    return audiences.compile_rule(audiences.parse_rule(rule), reach_of(membership, space_id))


def send_message(
    *,
    actor: Any,
    space_id: int,
    kind: str,
    content_id: int,
    rule: Any,
    importance: str = Message.Importance.ORDINARY,
    due: Due | None = None,
    plan: Plan = NOW,
    key: str,
) -> Message:
    """Send content of a space to an audience, now or as planned; the same key of the same sender sends once.

    The words are frozen at the press, the audience when the sending begins (services.begin_sending). `actor`
    is an account with its `membership`. Raises NotFound (no role, or content that is not there for it),
    RuleRefusal, NobodyThere, DueInThePast, PlanRefusal, OrganisationBusy, or what the kind of content
    refuses. Whenever it raises, nothing was written.
    """
    before = _sent_before(actor, key)
    if before is not None:
        return before
    if importance not in Message.Importance.values or plan.pace not in Message.Pace.values:
        raise BadRequest
    now = clock.now()
    starts = plan.begins(now)
    if due is not None and due.instant <= starts:
        raise DueInThePast
    reach = reach_of(actor.membership, space_id)
    rule = audiences.parse_rule(rule).as_json()
    words = freeze_words(membership=actor.membership, reach=reach, space_id=space_id, kind=kind, content_id=content_id)
    message = Message(
        space_id=space_id,
        kind=kind,
        content_id=content_id,
        importance=importance,
        rule=rule,
        state=_first_state(plan, starts, now),
        sent_at=starts,
        pace=plan.pace,
        wave_minutes=plan.wave_minutes if plan.pace == Message.Pace.WAVES else 0,
        morning_on=plan.morning_on if plan.pace == Message.Pace.MORNING else None,
        sender_id=actor.pk,
        client_key=key,
        due_on=due.on if due else None,
        due_time=due.time if due else None,
        due_zone=due.zone if due else "",
    )
    try:
        with transaction.atomic():
            _write(actor, message, words)
    except IntegrityError:
        before = _sent_before(actor, key)  # the same press came twice at the same time
        if before is None:
            raise
        return before
    return message


def _sent_before(actor: Any, key: str) -> Message | None:
    with every_space(Reason.DELIVERY):
        return Message.objects.filter(sender=actor.pk, client_key=key).defer("bitmap", "elsewhere").first()


def _first_state(plan: Plan, starts: datetime, now: datetime) -> str:
    if starts > now + _AT_ONCE:
        return Message.State.PLANNED
    return Message.State.SENT if plan.pace == Message.Pace.AT_ONCE else Message.State.SENDING


def _write(actor: Any, message: Message, words: register.Frozen) -> None:
    planned = message.state == Message.State.PLANNED
    people = freeze_people(actor, message)
    if not planned:
        message.sent_at = message.frozen_at
    message.save(force_insert=True)
    write_version(message, words, number=1)
    if not planned:  # a planned one is in nobody's feed; its audience is frozen when it begins
        write_denominators(message, people)
    audit.record(
        actor=actor,
        act="delivery.plan" if planned else "delivery.send",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"kind": message.kind, "content": message.content_id, "rule": message.rule}
        | {"people": message.head_count, "importance": message.importance, "pace": str(message.pace)},
    )
