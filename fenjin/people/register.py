"""What upper rooms bring to people: parts of the person's page, and what happens when somebody leaves
or the organisation gets its top unit.

It imports nothing of the platform, so that apps.py can sign it before the tables are ready.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """A part of the person's page in the studio.

    `collect(request, person_id)` returns the template's context, or None when this reader has no business with it.
    """

    template: str
    collect: Callable[[Any, int], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What one person who has left still holds of one kind in one space. `titles` are for those who may see content."""

    person_id: int
    space_id: int
    count: int
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOver:
    """A kind of thing that belongs to somebody and needs a new owner when that person leaves.

    `held(spaces)` returns what leavers hold in these spaces, None meaning everywhere, then without titles.
    `pass_on(person_id=, space_id=, to=, actor=)` gives it to the account `to`, inside the caller's
    transaction, and returns how many things changed hands; safe to run again.
    """

    key: str
    label: Any
    held: Callable[[frozenset[int] | None], list[LeftBehind]]
    pass_on: Callable[..., int]


@dataclass(frozen=True, slots=True)
class Ended:
    """One thing that ended because a person left: its row, and what stood in it before and after, as plain data."""

    row_id: int
    person_id: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OnLeave:
    """What a room does when people leave, and when it comes out that they never did.

    `end(person_ids)` runs in the transaction that learns of it and returns what ended. `give_back(actor, rows)`
    undoes exactly that, if it is still so, and returns how many rows came back; `kind` names them (≤ 8 letters).
    """

    kind: str
    end: Callable[[Collection[int]], Collection[Ended]]
    give_back: Callable[[Any, Collection[Ended]], int]


_handovers: dict[str, HandOver] = {}
_panels: list[PersonPanel] = []
_on_leave: list[OnLeave] = []
_powerful: list[Callable[[Collection[int]], set[int]]] = []
_on_root: list[Callable[[str], None]] = []
_session_readers: list[Callable[[str, Any], tuple[Any, Any] | None]] = []


def register_person_panel(panel: PersonPanel) -> None:
    """Add a part to the person's page."""
    _panels.append(panel)


def person_panels() -> tuple[PersonPanel, ...]:
    """Return the parts of the person's page in their order."""
    return tuple(sorted(_panels, key=lambda panel: panel.order))


def on_leave(part: OnLeave) -> None:
    """Sign in what a room does when people leave."""
    _on_leave.append(part)


def acts_on_leave() -> tuple[OnLeave, ...]:
    """Return what upper rooms do when people leave."""
    return tuple(_on_leave)


def hand_over(entry: HandOver) -> None:
    """Sign in a kind of thing that gets a new owner when its owner leaves."""
    _handovers[entry.key] = entry


def handovers() -> tuple[HandOver, ...]:
    """Return the kinds of things that get a new owner when theirs leaves."""
    return tuple(_handovers.values())


def who_has_power(find: Callable[[Collection[int]], set[int]]) -> None:
    """Have `find(person_ids)` say who among people has power over others: only security gives them codes."""
    _powerful.append(find)


def powerful(person_ids: Collection[int]) -> set[int]:
    """Return who among the people has power over others."""
    return {person for find in _powerful for person in find(person_ids)}


def on_root_opened(act: Callable[[str], None]) -> None:
    """Have `act(name)` called, in the same transaction, when a unit without a parent is opened."""
    _on_root.append(act)


def acts_on_root_opened() -> tuple[Callable[[str], None], ...]:
    """Return what upper rooms do when a top unit is opened."""
    return tuple(_on_root)


def read_sessions_with(read: Callable[[str, Any], tuple[Any, Any] | None]) -> None:
    """Have `read(key_hash, now)` find the row of a session that is in force, and its account, in one query.

    It returns (people.Session, account or None), or None. Whoever knows what an account may do signs it.
    """
    _session_readers[:] = [read]


def hash_of(key: str) -> str:
    """Return what is stored for the cookie value of a session: the SHA-256, in hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()


def read_session(key_hash: str, now: Any) -> tuple[Any, Any] | None:
    """Return a session that is in force with its account, or None."""
    return _session_readers[0](key_hash, now)


# ---- personal data ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """The person whose data it is, and the account, once there is one."""

    person_id: int
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of rows that are kept about a person, in words: where they come from, until when they stay.

    `key` names the file in the export. A `single` sheet has one row and is read as a list of fields.
    """

    key: str
    title: Any
    columns: tuple[Any, ...]
    rows: tuple[tuple[str, ...], ...]
    source: Any
    until: Any
    single: bool = False

    @property
    def fields(self) -> tuple[tuple[Any, str], ...]:
        """Return names and values of a single sheet."""
        return tuple(zip(self.columns, self.rows[0], strict=True)) if self.rows else ()

    @property
    def records(self) -> tuple[tuple[tuple[Any, str], ...], ...]:
        """Return each row as names and values; empty values are left out."""
        return tuple(
            tuple((name, value) for name, value in zip(self.columns, row, strict=True) if value) for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one kind of data when an account is closed: it goes, or it stays and `why`.

    `optional` is true of what goes also when only the optional fields are erased.
    """

    what: Any
    count: int
    goes: bool
    why: Any = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What one room keeps about people.

    `collect` reads it in the reader's language. `fates` tells beforehand what `erase` would do; `erase`
    runs in the caller's transaction and returns how many rows of each kind went.
    """

    key: str
    collect: Callable[[Subject], Collection[Sheet]]
    fates: Callable[[Subject], Collection[Fate]] = lambda subject: ()
    erase: Callable[[Subject], dict[str, int]] = lambda subject: {}
    order: int = 50


@dataclass(frozen=True, slots=True)
class Retention:
    """A kind of data that is deleted when it is old: days between `floor` and `ceiling`, and who says so.

    `due(before)` counts what is older and tells the day of the oldest; `purge(before)` deletes it and
    returns how many rows went.
    """

    key: str
    name: Any
    default: int
    floor: int
    ceiling: int
    reason: Any
    due: Callable[[datetime], tuple[int, datetime | None]]
    purge: Callable[[datetime], int]
    order: int = 50


_personal: list[PersonalData] = []
_retentions: dict[str, Retention] = {}


def register_personal_data(part: PersonalData) -> None:
    """Say what a room keeps about people."""
    _personal.append(part)


def personal_data() -> tuple[PersonalData, ...]:
    """Return what all rooms keep about people, in their order."""
    return tuple(sorted(_personal, key=lambda part: part.order))


def register_retention(kind: Retention) -> None:
    """Sign a kind of data that ends; raises ValueError if the key is taken or the days make no sense."""
    if kind.key in _retentions or not 0 < kind.floor <= kind.default <= kind.ceiling:
        raise ValueError(f"The retention {kind.key!r} is taken, or its days make no sense.")
    _retentions[kind.key] = kind


def retentions() -> tuple[Retention, ...]:
    """Return the kinds of data that end, in their order."""
    return tuple(sorted(_retentions.values(), key=lambda kind: kind.order))


def retention(key: str) -> Retention:
    """Return one kind of data; raises KeyError if nobody signed it."""
    return _retentions[key]
