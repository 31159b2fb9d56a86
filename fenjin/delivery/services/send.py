"""Sending: one press freezes the words and the audience, in one transaction, or nothing happens."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import Reach, reach_of
from fenjin.audit import services as audit
from fenjin.delivery import register
from fenjin.delivery.models import Message
from fenjin.delivery.services.words import freeze_words, write_version
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.services.positions import TREE_LOCK
from fenjin.spaces.access import Membership

PATIENCE = "5s"  # how long a press waits for a roster or a change of the tree to be finished
_DENOMINATORS = """
INSERT INTO delivery_denominator (space_id, message_id, unit_id, people, frozen_at, must_confirm)
SELECT %s, %s, unit_id, people, %s, %s FROM unnest(%s::bigint[], %s::int[]) AS counted(unit_id, people)
"""


class SendRefusal(Refusal):
    """A message that cannot go out as it is; nothing was written."""

    code = "send"


class NobodyThere(SendRefusal):
    code = "send_nobody"
    sentence = _("Nobody is in this audience. Choose other units.")


class DueInThePast(SendRefusal):
    code = "send_due_past"
    sentence = _("The deadline lies in the past. Choose a later one.")


class OrganisationBusy(SendRefusal):
    code = "send_tree_busy"
    status = 503
    sentence = _("The organisation is being updated at this moment. Nothing was sent; try again in a minute.")


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
    key: str,
) -> Message:
    """Send content of a space to an audience; the same key of the same sender sends once.

    `actor` is an account with its `membership`. Raises NotFound (no role, or content that is not
    there for it), RuleRefusal, NobodyThere, DueInThePast, OrganisationBusy, or what the kind of
    content refuses. Whenever it raises, nothing was written.
    """
    before = _sent_before(actor, key)
    if before is not None:
        return before
    if importance not in Message.Importance.values:
        raise BadRequest
    if due is not None and due.instant <= clock.now():
        raise DueInThePast
    reach = reach_of(actor.membership, space_id)
    parsed = audiences.parse_rule(rule)
    words = freeze_words(actor.membership, reach, space_id, kind, content_id)
    message = Message(
        space_id=space_id,
        kind=kind,
        content_id=content_id,
        importance=importance,
        rule=parsed.as_json(),
        state=Message.State.SENT,
        sender_id=actor.pk,
        client_key=key,
        due_on=due.on if due else None,
        due_time=due.time if due else None,
        due_zone=due.zone if due else "",
    )
    try:
        with transaction.atomic():
            _write(actor, message, words, parsed, reach)
    except IntegrityError:
        before = _sent_before(actor, key)  # the same press came twice at the same time
        if before is None:
            raise
        return before
    return message


def _sent_before(actor: Any, key: str) -> Message | None:
    with every_space(Reason.DELIVERY):
        return Message.objects.filter(sender=actor.pk, client_key=key).defer("bitmap").first()


def _write(actor: Any, message: Message, words: register.Frozen, rule: audiences.Rule, reach: Reach) -> None:
    _hold_the_tree_still()
    people = audiences.freeze(audiences.compile_rule(rule, reach))
    if not people:
        raise NobodyThere
    message.frozen_at = message.sent_at = clock.now()
    message.bitmap, message.head_count = _bitmap(people.values())
    message.save(force_insert=True)
    write_version(message, words, number=1)
    _write_denominators(message, people)
    audit.record(
        actor=actor,
        act="delivery.send",
        target=("message", message.pk),
        space_id=message.space_id,
        details={"kind": message.kind, "content": message.content_id, "rule": message.rule}
        | {"people": message.head_count, "importance": message.importance},
    )


def _hold_the_tree_still() -> None:
    """Keep tree and posts as they are until the transaction ends; other senders may go on meanwhile.

    So "at the instant of freezing" has one meaning. Raises OrganisationBusy when that takes too long.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TREE_LOCK])
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        raise OrganisationBusy from error


def _bitmap(groups: Any) -> tuple[bytes, int]:
    bitmap = BitMap(array("I", chain.from_iterable(groups)))
    bitmap.run_optimize()
    return bitmap.serialize(), len(bitmap)


def _write_denominators(message: Message, people: Mapping[int, Sequence[int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _DENOMINATORS,
            [
                message.space_id,
                message.pk,
                message.frozen_at,
                message.asks_confirmation,
                list(people),
                [len(ids) for ids in people.values()],
            ],
        )
