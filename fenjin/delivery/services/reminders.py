"""Reminders: those who are still open hear of a message again, within the sender's rule; nobody else does.

Who is open is asked anew at each round, and once more by the outbox at the moment of ringing; quiet hours are the
outbox's, too. A round is one row, whatever it reaches.
"""

import logging
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import Ladder, Message, ReminderRound, ReminderRule
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.reminders import count_open, still_open
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.delivery.services.outbox import ring
from fenjin.delivery.services.sending import Reminders
from fenjin.delivery.services.versions import message_of_sender
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.kit.rounds import by_itself
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import exact_time

log = logging.getLogger(__name__)

MOST_BY_HAND: Final = 3
BETWEEN: Final = timedelta(hours=1)  # a hand waits so long after the last round, or after the sending
BETWEEN_EMERGENCY: Final = timedelta(minutes=10)
_LATER: Final = timedelta(minutes=10)
RUNG_AT_ONCE: Final = 20_000  # people for whom a press has channels asked; for more, the next minute's job does it
RUNG_IN_ONE_GO: Final = 100_000
_OVER: Final = frozenset({Message.State.WITHDRAWN, Message.State.CANCELLED})


class BadReminders(SendRefusal):
    code = "bad_reminders"
    status = 422
    sentence = _("Remind at most six times, ten minutes or more after the sending and between two reminders.")


class NothingOpen(Refusal):
    """Everybody has done it, or it is over."""

    code = "nothing_open"
    sentence = _("Nobody is left to be reminded.")


class TooSoonToRemind(Refusal):
    """The last round, or the sending itself, was a short time ago."""

    code = "too_soon_to_remind"
    sentence = _("Give people some time first.")


class RemindedEnough(Refusal):
    """The sender has pressed often enough."""

    code = "reminded_enough"
    sentence = _("You have reminded three times by hand. Whoever is still open needs a talk, not another ring.")


def keep_rule(message: Message, wanted: Reminders) -> ReminderRule:
    """Write the rule of a message, in the transaction of the press. Raises BadReminders."""
    if not wanted.sane:
        raise BadReminders
    rule: ReminderRule = ReminderRule._base_manager.create(
        space_id=message.space_id,
        message=message,
        first_after=wanted.first_after,
        again_after=wanted.again_after,
        most=wanted.most,
        next_at=message.timetable.ends_at + timedelta(minutes=wanted.first_after),
    )
    return rule


def remind_due() -> int:
    """Send the rounds that are due; return how many. Safe to run twice: a round moves its rule on, or nothing happens.

    Each message is a transaction of its own, so that one that fails stops no other; a round to many people is several,
    and whatever ends in between, the next run goes on.
    """
    with every_space(Reason.JOB):
        rows = ReminderRule.objects.filter(next_at__lte=clock.now()).order_by("next_at", "pk")
        due = list(rows.values_list("pk", flat=True))
        sent = 0
        for rule_id in due:
            with by_itself(log, f"reminder rule {rule_id}"):
                sent += _remind_one(rule_id)
        rounds = ReminderRound.objects.filter(looked_until__isnull=False).order_by("at", "pk")
        for round_id in list(rounds.values_list("pk", flat=True)):
            with by_itself(log, f"reminder round {round_id}"):
                while _go_on(round_id):
                    pass
    return sent


@transaction.atomic
def _remind_one(rule_id: int) -> bool:
    rows = ReminderRule.objects.select_for_update(skip_locked=True).filter(pk=rule_id, next_at__lte=clock.now())
    rule: ReminderRule | None = rows.first()
    if rule is None:
        return False
    message: Message = (
        Message.objects.select_for_update(no_key=True).defer("bitmap", "elsewhere").get(pk=rule.message_id)
    )
    now = clock.now()
    earliest = message.timetable.ends_at + timedelta(minutes=rule.first_after)
    own = ReminderRound.objects.filter(message=message.pk, account=None).count()
    if message.state in _OVER or message.ended_at is not None or own >= rule.most:
        rule.next_at = None
    elif message.state != Message.State.SENT or earliest > now:
        rule.next_at = max(earliest, now + _LATER)  # it waits, is paused, or not everybody sees it yet
    else:
        sent = _round(message, None)
        more = sent is not None and own + 1 < rule.most
        rule.next_at = now + timedelta(minutes=rule.again_after) if more else None
        rule.save(update_fields=["next_at"])
        return sent is not None
    rule.save(update_fields=["next_at"])
    return False


def _round(message: Message, account: Any) -> ReminderRound | None:
    """Remind everybody who is still open; None if there is nobody. The caller holds the message's row.

    Channels ring for a large audience afterwards, some people at a time (`_go_on`).
    """
    people = count_open(message)
    if not people:
        return None
    Message.objects.filter(pk=message.pk).update(reminded_at=clock.now())
    made: ReminderRound = ReminderRound.objects.create(
        space_id=message.space_id,
        message=message,
        number=ReminderRound.objects.filter(message=message.pk).count() + 1,
        at=clock.now(),
        still_open=people,
        looked_until=0 if _channels(message) != () else None,
        account=account,
    )
    if made.looked_until is not None and message.head_count <= RUNG_AT_ONCE:
        _ring_next(made, message)
    return made


def _ring_next(made: ReminderRound, message: Message) -> None:
    """Have channels ring for the next people of a round who are still open; the caller holds the round's row."""
    people, last = sets.batch(sets.audience(message), made.looked_until, RUNG_IN_ONE_GO)
    meant = still_open(message, people)
    if meant:
        made.rung += ring(message=message, people=meant, why=f"remind-{made.number}", channels=_channels(message))
    made.looked_until = last
    made.save(update_fields=["rung", "looked_until"])


@transaction.atomic
def _go_on(round_id: int) -> bool:
    """Let a round that is under way ring for its next people; tell whether there were some to look at."""
    rows = ReminderRound.objects.select_for_update(skip_locked=True).filter(pk=round_id, looked_until__isnull=False)
    made: ReminderRound | None = rows.first()
    if made is None:
        return False
    message: Message = Message.objects.defer("bitmap", "elsewhere").get(pk=made.message_id)
    if message.state in _OVER or message.ended_at is not None:
        made.looked_until = None
        made.save(update_fields=["looked_until"])
    else:
        _ring_next(made, message)
    return True


def _channels(message: Message) -> tuple[str, ...] | None:
    """Return the channels that the sender chose (none: the mark in the inbox is all); None: all, in an emergency."""
    if message.is_emergency:
        return None
    steps = Ladder._base_manager.filter(message_id=message.pk).values_list("steps", flat=True).first()
    return tuple(steps or ())


@transaction.atomic
def remind_now(*, actor: Any, message_id: int) -> ReminderRound:
    """Remind those still open at once, by the sender's own hand.

    Raises NotFound, NothingOpen, TooSoonToRemind (saying when), RemindedEnough.
    """
    message = message_of_sender(actor=actor, message_id=message_id)
    if message.state != Message.State.SENT or message.ended_at is not None:
        raise NothingOpen
    with every_space(Reason.DELIVERY):
        if ReminderRound.objects.filter(message=message.pk, account__isnull=False).count() >= MOST_BY_HAND:
            raise RemindedEnough
        last = max(message.sent_at, message.reminded_at or message.sent_at)
        from_then = last + (BETWEEN_EMERGENCY if message.is_emergency else BETWEEN)
        if from_then > clock.now():
            words = _("The last ring was a short time ago. You can remind again from %(time)s.")
            raise TooSoonToRemind(words % {"time": exact_time(from_then)})
        made = _round(message, actor)
        if made is None:
            raise NothingOpen
    _record(actor, message, "delivery.remind", {"round": made.number, "people": made.still_open})
    return made


@transaction.atomic
def stop_reminders(*, actor: Any, message_id: int) -> None:
    """End the reminders that would come by themselves; doing it twice changes nothing. Raises NotFound."""
    message = message_of_sender(actor=actor, message_id=message_id)
    with every_space(Reason.DELIVERY):
        rows = ReminderRule.objects.filter(message=message.pk, stopped_at__isnull=True)
        if message.audience_mode != Message.AudienceMode.LIVING:  # whoever joins that one later is reminded as well
            rows = rows.filter(next_at__isnull=False)
        stopped = rows.update(next_at=None, stopped_at=clock.now())
    if stopped:
        _record(actor, message, "delivery.remind_stop", {})


def _record(actor: Any, message: Message, act: str, details: dict[str, Any]) -> None:
    audit.record(actor=actor, act=act, target=("message", message.pk), space_id=message.space_id, details=details)
