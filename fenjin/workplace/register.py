"""The one interface of everything that carries a message out of the house, and what goes through it.

A connector speaks for one installation of one platform: a company's WeCom, its mail server, its gateway for text
messages. Whoever uses one asks its capabilities and never its name. It knows no tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

WORKPLACE, EMAIL, SMS = "workplace", "email", "sms"
CHANNELS: Final = (WORKPLACE, EMAIL, SMS)  # the order of the ladder: from the quietest to the loudest


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an installation can do.

    `rings`: it carries messages at all. `chunk`: how many people one send may name. `dedupe_seconds`: for how long
    the same send with the same key reaches people once however often it is repeated; 0: it is carried out each time.
    `recall_hours`, `update_hours`: how long what was sent can be taken back, or changed; 0: never.
    `person_per_minute`, `people_per_day`: what is more is lost without a word, so we keep below; 0: no such limit.
    """

    rings: bool = True
    chunk: int = 1000
    dedupe_seconds: int = 0
    recall_hours: int = 0
    update_hours: int = 0
    person_per_minute: int = 0
    people_per_day: int = 0
    reads: bool = False
    directory: bool = False
    login: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a channel shows: a title, one line, and the way to the message. Never the message itself."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side said to one send.

    `accepted`: it took them on, which does not mean that anybody has it. `rejected`: address → why (see `Why`).
    `unsure`: it may have them or not. `left`: surely not tried. `remote_id` and `card_token` serve `amend`.
    """

    accepted: tuple[str, ...] = ()
    rejected: dict[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    remote_id: str = ""
    card_token: str = ""
    at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what `amend` and `reads` need later."""
        return {
            "remote_id": self.remote_id,
            "card_token": self.card_token,
            "at": self.at.isoformat() if self.at else "",
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Receipt":
        """Return a receipt that was kept; the addresses are not part of it."""
        at = datetime.fromisoformat(kept["at"]) if kept.get("at") else None
        return cls(remote_id=kept.get("remote_id", ""), card_token=kept.get("card_token", ""), at=at)


class Why(StrEnum):
    """Why one person is not reached by a channel; the sentences stand in delivery."""

    UNKNOWN = "unknown_there"  # no such member, or outside what our app may see
    NO_LICENCE = "no_licence"
    BAD_ADDRESS = "bad_address"
    REFUSED = "refused"


class Amended(StrEnum):
    """What became of a change to something sent. That it cannot be done is an answer, not an error."""

    UPDATED = "updated"
    RECALLED = "recalled"
    NOT_SUPPORTED = "not_supported"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class CardUpdate:
    """Show this in the place of what was sent."""

    card: Card


@dataclass(frozen=True, slots=True)
class Recall:
    """Take back what was sent."""


class WorkplaceError(Exception):
    """Something went wrong with the other side; `code` is theirs or ours, `said` holds no secret."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(f"{code}: {said}" if said else code)
        self.code, self.said = code, said[:300]


class Transient(WorkplaceError):
    """Nobody was reached; the same may work later."""


class TokenRejected(Transient):
    """The token was refused, and a new one too."""


class RateLimited(Transient):
    """Nobody was reached; before `until` there is no use in trying."""

    def __init__(self, until: datetime, code: str = "rate", said: str = "") -> None:
        super().__init__(code, said)
        self.until = until


class OutcomeUnknown(WorkplaceError):
    """The request left, the answer did not come: people may have been reached or not."""


class NotConfigured(WorkplaceError):
    """Nobody was reached, and nobody will be before `remedy` is done.

    `remedy` is for logs and the doctor; what staff read of it, in their language, delivery keeps by `code`.
    """

    def __init__(self, remedy: str, code: str = "not_configured") -> None:
        super().__init__(code, remedy)
        self.remedy = remedy


class BadContent(WorkplaceError):
    """The other side does not take such a message: a fault of ours."""


class NotAMember(WorkplaceError):
    """Whoever signed in there does not belong to the company."""


class CodeSpent(WorkplaceError):
    """The code of a sign-in was used before, or is too old."""


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """A piece of the other side's directory: ids of members with their departments; `cursor` goes on after it."""

    members: tuple[tuple[str, tuple[str, ...]], ...]
    departments: tuple[tuple[str, str], ...] = ()  # id, parent
    cursor: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in: an outside identity is never the member's id alone."""

    corp: str
    member: str
    private: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A call of the other side, as it came."""

    method: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class CallbackOutcome:
    """What a call said, and what to answer."""

    events: tuple[dict[str, str], ...]
    status: int = 200
    body: bytes = b""


class WorkplaceConnector(Protocol):
    """One installation. All but `identify`, `on_callback` and `page_config` may take long: only workers call them."""

    caps: Capabilities

    def directory(self, cursor: str | None = None, *, only: str | None = None) -> Iterator[DirectoryPage]:
        """Walk over everybody, from `cursor` on; `only` re-reads one member, an empty page means gone."""
        ...

    def login_url(self, *, redirect_uri: str, state: str, private: bool = False) -> str:
        """Return where to send a browser that wants to sign in."""
        ...

    def identify(self, code: str, *, private: bool = False) -> Identity:
        """Return who came back with a code; raises NotAMember, CodeSpent."""
        ...

    def send(self, card: Card, to: Sequence[str], *, key: str) -> Receipt:
        """Carry a card to at most `caps.chunk` people. The same arguments give the same request, byte for byte.

        Raises Transient, RateLimited, NotConfigured, BadContent (nobody was reached), OutcomeUnknown.
        """
        ...

    def amend(self, receipt: Receipt, to: Sequence[str], change: CardUpdate | Recall) -> Amended:
        """Change or take back what was sent. Raises as `send`."""
        ...

    def reads(self, receipt: Receipt) -> frozenset[str] | None:
        """Return who read it there; None: this platform cannot tell."""
        ...

    def on_callback(self, request: RawRequest) -> CallbackOutcome:
        """Check and open a call of the other side; changes nothing."""
        ...

    def page_config(self, url: str) -> dict[str, object]:
        """Return what a page needs to use the other side's functions in its browser."""
        ...
