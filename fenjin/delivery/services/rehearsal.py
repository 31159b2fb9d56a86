"""A rehearsal: the message as it would be, for its author and a few colleagues; counted nowhere."""

from collections.abc import Collection
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import reach_of
from fenjin.audiences.selectors.numbers import match_numbers
from fenjin.audit import services as audit
from fenjin.delivery.models import Message
from fenjin.delivery.services.freezing import SendRefusal, freeze_these, write_denominators
from fenjin.delivery.services.parts import PREPARE
from fenjin.delivery.services.row import message_of, sent_before
from fenjin.delivery.services.sending import Sending
from fenjin.delivery.services.words import freeze_words, write_version
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space

MOST_COLLEAGUES: Final = 9

_PLACES = """
SELECT DISTINCT ON (person_id) person_id, unit_id FROM people_post
WHERE ended_on IS NULL AND person_id = ANY(%s::bigint[]) ORDER BY person_id, NOT main, started_on, id
"""


class NoColleague(SendRefusal):
    """Numbers that name nobody whom the sender reaches."""

    code = "rehearsal_nobody"
    status = 422


class TooManyColleagues(SendRefusal):
    code = "rehearsal_too_many"
    status = 422
    sentence = gettext_lazy("A rehearsal goes to at most nine colleagues. For more, send the message itself.")


class NobodyToRehearse(SendRefusal):
    code = "rehearsal_alone"
    sentence = gettext_lazy("You have no post here yourself, so name at least one colleague.")


def rehearse_message(*, actor: Any, space_id: int, sending: Sending, numbers: Collection[str], key: str) -> Message:
    """Send content to its author, and to colleagues with these staff numbers, marked as a rehearsal.

    They open and confirm it as they would; no coverage, list of sent messages or burden holds it, no channel
    rings, and an emergency takes over nobody's page. It ends with the press (`end_rehearsals`). Raises NotFound,
    NoColleague, TooManyColleagues, NobodyToRehearse, or what the content or a part refuses.
    """
    before = sent_before(actor, key)
    if before is not None:
        return before
    reach = reach_of(actor.membership, space_id)
    people = _people(actor, list(dict.fromkeys(numbers)), reach)
    words = freeze_words(
        membership=actor.membership,
        reach=reach,
        space_id=space_id,
        kind=sending.kind,
        content_id=sending.content_id,
    )
    rule = audiences.parse_rule(sending.rule).as_json()
    message = message_of(sending, rule=rule, space_id=space_id, sender_id=actor.pk, client_key=key, rehearsal=True)
    message.state, message.sent_at = Message.State.SENT, clock.now()
    _at_once(message)
    for prepare in PREPARE:
        prepare(actor=actor, message=message, sending=sending)
    if message.importance == Message.Importance.EMERGENCY:
        message.importance, message.drill = Message.Importance.ORDINARY, False
    try:
        with transaction.atomic():
            freeze_these(message, people)
            message.save(force_insert=True)
            title = _("Rehearsal: %(title)s") % {"title": words.title}
            write_version(message, words.with_title(title[:200]), number=1)
            write_denominators(message, people)
            audit.record(
                actor=actor,
                act="delivery.rehearse",
                target=("message", message.pk),
                space_id=space_id,
                details={"kind": message.kind, "content": message.content_id, "people": message.head_count},
            )
    except IntegrityError:
        before = sent_before(actor, key)  # the same press came twice at the same time
        if before is None:
            raise
        return before
    return message


def _at_once(message: Message) -> None:
    message.pace, message.wave_minutes, message.morning_on = Message.Pace.AT_ONCE, 0, None
    message.audience_mode = Message.AudienceMode.FROZEN
    if message.due_at is not None and message.due_at <= message.sent_at:
        message.due_on, message.due_time, message.due_zone = None, None, ""


def _people(actor: Any, numbers: list[str], reach: Any) -> dict[int, list[int]]:
    """Return whom it goes to, by the unit of the first post."""
    if len(numbers) > MOST_COLLEAGUES:
        raise TooManyColleagues
    matched = match_numbers(numbers, reach)
    unknown = [*matched.missing, *matched.twice, *matched.outside]
    if unknown:
        words = _("Nobody whom you reach has the staff number “%(number)s”.") % {"number": unknown[0]}
        raise NoColleague(words)
    ids = set(matched.people) | ({actor.person_id} if actor.person_id else set())
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [sorted(ids)])
        for person, unit in cursor.fetchall():
            found.setdefault(unit, []).append(person)
    if not found:
        raise NobodyToRehearse
    return found


def end_rehearsals(message: Message) -> int:
    """Take back the sender's rehearsals of what is sent now, so that nobody has it twice; return how many."""
    with every_space(Reason.DELIVERY):
        rows = Message.objects.filter(sender=message.sender_id, kind=message.kind, content_id=message.content_id)
        rows = rows.filter(rehearsal=True, state=Message.State.SENT)
        return int(
            rows.update(
                state=Message.State.WITHDRAWN,
                withdrawn_at=clock.now(),
                withdrawn_why=_("The rehearsal is over; the message itself has been sent."),
            )
        )
