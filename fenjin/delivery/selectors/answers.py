"""What readers gave with their confirmations: the own answer, and all of them for the desk that asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fenjin.delivery.asking import Ask
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.managed import Managed, get_managed
from fenjin.delivery.suppression import FEWEST
from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound
from fenjin.people.selectors.names import person_names
from fenjin.people.selectors.organisation import names_of

PAGE: Final = 30
_OWN: Final = """
SELECT text, photo_key, photo, erased_at FROM delivery_answer
WHERE space_id = %(space)s AND message_id = %(message)s AND person_id = %(person)s AND version = %(version)s
"""
# Only what stands with a confirmation that counts. Without names in an order that says nothing.
_ANSWERS: Final = """
SELECT a.photo_key, a.text, a.photo, a.erased_at, a.person_id, a.answered_at, r.unit_id
FROM delivery_answer a
JOIN delivery_receipt r ON r.space_id = a.space_id AND r.message_id = a.message_id AND r.person_id = a.person_id
    AND r.confirmed_version = a.version
WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND a.version >= %(counts_from)s
    AND a.photo_key > %(after)s
ORDER BY a.photo_key LIMIT %(limit)s
"""
_COUNT: Final = """
SELECT count(*) FROM delivery_answer a
JOIN delivery_receipt r ON r.space_id = a.space_id AND r.message_id = a.message_id AND r.person_id = a.person_id
    AND r.confirmed_version = a.version
WHERE a.space_id = %(space)s AND a.message_id = %(message)s AND a.version >= %(counts_from)s
"""
_PHOTO: Final = """
SELECT photo FROM delivery_answer
WHERE space_id = %(space)s AND message_id = %(message)s AND photo_key = %(key)s AND photo <> ''
"""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What one person gave with a confirmation; `erased`: its time was over."""

    text: str
    photo: bool
    erased: bool


def own_answer(person_id: int, message: Message, version: int | None) -> OwnAnswer | None:
    """Return what a person gave with the confirmation of a version, or None."""
    rows = ask(_OWN, _of(message) | {"person": person_id, "version": version or 0})
    if not rows:
        return None
    text, _key, photo, erased_at = rows[0]
    return OwnAnswer(text, bool(photo), erased_at is not None)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as the sender's desk reads it; without names `who`, `unit` and `at` are empty."""

    key: UUID
    text: str
    photo: bool
    erased: bool
    who: str = ""
    unit: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """A page of answers. `count`: of all that stand; `hidden`: too few to be read without names."""

    managed: Managed
    asked: Ask
    count: int
    hidden: bool
    rows: tuple[AnswerRow, ...]
    more: str


def answers_to(account: Any, message_id: int, after: str = "") -> Answers:
    """Return a page of the answers to a message, for its sender's desk alone.

    Without names they stand in the order of a random key, and from five on. Raises NotFound.
    """
    managed, asked, count = _asked(account, message_id)
    hidden = _too_few(asked, count)
    values = _counting(managed.message) | {"after": _uuid(after), "limit": PAGE + 1}
    found = [] if hidden else ask(_ANSWERS, values)
    rows = _named(found[:PAGE]) if asked.named else [_row(row) for row in found[:PAGE]]
    more = str(found[PAGE - 1][0]) if len(found) > PAGE else ""
    return Answers(managed, asked, count, hidden, tuple(rows), more)


def photo_of(account: Any, message_id: int, key: UUID) -> tuple[Message, str]:
    """Return the message and the stored name of a photograph, for the sender's desk alone; raises NotFound."""
    managed, asked, count = _asked(account, message_id)
    found = ask(_PHOTO, _of(managed.message) | {"key": key})
    if _too_few(asked, count) or not found:
        raise NotFound
    return managed.message, str(found[0][0])


def _asked(account: Any, message_id: int) -> tuple[Managed, Ask, int]:
    """Return a message of the own desk, what it asks for, and how many answers stand; raises NotFound."""
    managed = get_managed(account, message_id)
    asked = Ask.read(managed.message.confirm_by, managed.message.confirm_ask)
    if not asked.answered:
        raise NotFound
    return managed, asked, int(ask(_COUNT, _counting(managed.message))[0][0])


def _too_few(asked: Ask, count: int) -> bool:
    """Tell whether so few answered without names that anybody could guess whose an answer is."""
    return not asked.named and count < FEWEST


def _counting(message: Message) -> dict[str, Any]:
    return _of(message) | {"counts_from": message.confirm_from}


def _of(message: Message) -> dict[str, Any]:
    return {"space": message.space_id, "message": message.pk}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _row(row: tuple[Any, ...]) -> AnswerRow:
    key, text, photo, erased_at, *_whose = row
    return AnswerRow(key, text, bool(photo), erased_at is not None)


def _named(found: list[tuple[Any, ...]]) -> list[AnswerRow]:
    people = person_names({row[4] for row in found})
    units = names_of({row[6] for row in found})
    return [
        AnswerRow(key, text, bool(photo), erased is not None, people.get(person, ""), units.get(unit, ""), at)
        for key, text, photo, erased, person, at, unit in found
    ]
