"""The audience of a message: taken from the posts as they stand at one instant, never changed again."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from fenjin.audiences import selectors as audiences
from fenjin.audiences.access import reach_of
from fenjin.delivery.models import Message
from fenjin.delivery.services.living import begin_living, put_up_signposts
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.selectors.posts_then import units_of_several_posts
from fenjin.people.services.positions import TREE_LOCK

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


class OrganisationBusy(SendRefusal):
    code = "send_tree_busy"
    status = 503
    sentence = _("The organisation is being updated at this moment. Nothing was sent; try again in a minute.")


def freeze_people(actor: Any, message: Message) -> Mapping[int, Sequence[int]]:
    """Put the people whom the message's rule means now, within the actor's reach, into its row; return them by unit.

    Of a living audience only how far it reaches is put down, and nobody is returned. The row is not saved.
    Raises NotFound (the role is gone), RuleRefusal, NobodyThere, OrganisationBusy.
    """
    if actor is None:
        raise NotFound
    reach = reach_of(actor.membership, message.space_id)
    rule = audiences.parse_rule(message.rule)
    if message.audience_mode == Message.AudienceMode.LIVING:
        if not begin_living(message=message, rule=rule, reach=reach):
            raise NobodyThere
        return {}
    _hold_the_tree_still()
    people = audiences.freeze(audiences.compile_rule(rule, reach))
    if not people:
        raise NobodyThere
    message.frozen_at = clock.now()
    message.bitmap, message.head_count = _bitmap(people.values())
    # Where only units are asked for, every post in a unit that counts is meant itself: the first one it is.
    only_units = all(leaf.key == "unit" for leaf in rule.leaves())
    message.elsewhere = {} if only_units else _elsewhere(people)
    return people


def freeze_these(message: Message, people: Mapping[int, Sequence[int]]) -> None:
    """Put people who were named one by one into a message's row, by the unit of their first post. It is not saved."""
    message.frozen_at = clock.now()
    message.bitmap, message.head_count = _bitmap(people.values())
    message.elsewhere = {}


def _elsewhere(people: Mapping[int, Sequence[int]]) -> dict[str, int]:
    """Return person → unit for those who count under another unit than the first of their posts that counts anybody."""
    first = {
        person: next((unit for unit in units if unit in people), None) for person, units in units_of_several_posts()
    }
    return {
        str(person): unit for unit, persons in people.items() for person in persons if first.get(person, unit) != unit
    }


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


def write_denominators(message: Message, people: Mapping[int, Sequence[int]]) -> None:
    """Write how many count under each unit, or where a living one is looked for; from now on it stands in feeds."""
    if message.audience_mode == Message.AudienceMode.LIVING:
        put_up_signposts(message)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _DENOMINATORS,
            [
                message.space_id,
                message.pk,
                message.frozen_at,
                message.asks_answer,
                list(people),
                [len(ids) for ids in people.values()],
            ],
        )
