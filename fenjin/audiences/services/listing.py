"""Lists of staff numbers: taken in with a report of what did not match, and put away."""

from typing import Any

from django.db import IntegrityError, transaction

from fenjin.audiences.access import SEND, reach_of
from fenjin.audiences.models import Audience, PersonList
from fenjin.audiences.pasted import MOST_NUMBERS, Table, Unreadable, numbers_in, table_of_file, table_of_text
from fenjin.audiences.selectors import parse_rule
from fenjin.audiences.selectors.numbers import known_numbers, match_numbers
from fenjin.audiences.selectors.saved import get_list
from fenjin.audiences.services.refusals import (
    FileUnreadable,
    ListInUse,
    NameMissing,
    NameTaken,
    NoNumbers,
    TooManyNumbers,
)
from fenjin.audiences.services.saving import LONGEST_NAME
from fenjin.audit import services as audit
from fenjin.kit import clock

KEPT_OF_EACH = 500  # numbers of each kind of fault that the report keeps as they were written


def make_list(*, actor: Any, space_id: int, name: str, text: str = "", content: bytes = b"") -> PersonList:
    """Save the people whose staff numbers were pasted (`text`) or uploaded (`content`), within the actor's reach.

    What was not found, found twice or stands outside the reach is kept in the report. Raises NotFound without
    the role, NameMissing, NameTaken, FileUnreadable, NoNumbers, TooManyNumbers.
    """
    reach = reach_of(actor.membership, space_id, SEND)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing
    numbers, repeated, words = numbers_in(_table(text, content), known_numbers)
    if not numbers:
        raise NoNumbers
    if len(numbers) > MOST_NUMBERS:
        raise TooManyNumbers
    match = match_numbers(numbers, reach)
    counts = {"numbers": len(numbers), "people": len(match.people), "repeated": repeated, "words": words}
    faults = {"missing": match.missing, "twice": match.twice, "outside": match.outside}
    try:
        with transaction.atomic():
            row = PersonList._base_manager.create(
                space_id=space_id,
                name=name,
                people=sorted(match.people),
                unmatched={key: [_covered(word) for word in found[:KEPT_OF_EACH]] for key, found in faults.items()},
                counts=counts | {key: len(found) for key, found in faults.items()},
                made_by_id=actor.pk,
            )
            audit.record(
                actor=actor,
                act="audiences.list_add",
                target=("person list", row.pk),
                space_id=space_id,
                details=row.counts,
            )
    except IntegrityError as error:
        raise NameTaken from error
    return row


def _table(text: str, content: bytes) -> Table:
    try:
        return table_of_file(content) if content else table_of_text(text)
    except Unreadable as error:
        raise FileUnreadable from error


def _covered(word: str) -> str:
    """Return a number for the report; what is as long as an identity card or a phone with its code is covered."""
    return word if len(word) < 14 else f"••••{word[-4:]}"


def put_list_away(*, actor: Any, list_id: int) -> PersonList:
    """Empty a list and take it away: who was on it is forgotten. Raises NotFound, ListInUse."""
    with transaction.atomic():
        row = get_list(actor, list_id, lock=True)
        rows = Audience._base_manager.filter(space=row.space_id, put_away_at__isnull=True)
        users = [audience.name for audience in rows if row.pk in parse_rule(audience.rule).lists]
        if users:
            raise ListInUse(ListInUse.sentence % {"names": ", ".join(users[:5])})
        row.people, row.unmatched, row.put_away_at = [], {}, clock.now()
        row.save(update_fields=["people", "unmatched", "put_away_at"])
        audit.record(actor=actor, act="audiences.list_put_away", target=("person list", row.pk), space_id=row.space_id)
    return row


def erase_from_lists(person_id: int) -> int:
    """Take a person off every list, inside the caller's transaction; return off how many."""
    rows = PersonList._base_manager.select_for_update().filter(people__contains=[person_id])
    for row in rows:
        row.people = [listed for listed in row.people if listed != person_id]
        row.save(update_fields=["people"])
    return len(rows)
