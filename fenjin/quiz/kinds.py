"""The six kinds of questions: what one consists of, what is wrong with one, whether an answer is right.

Pure data and pure functions: no tables, no pages. Formats read into these, the editor writes them, and a
later campaign marks with them. Text is plain text with line breaks, never HTML.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

STEM_LENGTH = 1_000
OPTION_LENGTH = 300
ACCEPTED_LENGTH = 100
ACCEPTED_AT_MOST = 20

TRUE, FALSE = 0, 1  # what `right` holds for a statement: (TRUE,) or (FALSE,)

# What stands between the counts that a kind allows: options, and partners of a matching question.
OPTIONS = {"single": (2, 10), "multiple": (2, 10), "ordering": (3, 8), "matching": (2, 8)}
PARTNERS_AT_MOST = 10


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FILL = "fill"
    ORDERING = "ordering"
    MATCHING = "matching"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with a picture, or one of the two. `picture` is the id of a picture of media's.

    In what a file brought, a negative one names the embedded picture −1−n of the same question.
    """

    text: str = ""
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """One answer that counts when it is filled in: words, or a number with what it may be off by."""

    text: str = ""
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Content:
    """A question of any kind.

    `right` are places among the options for single, multiple and true_false; for matching `right[i]` is
    the partner of option i. The options of an ordering question stand in the right order.
    """

    kind: Kind
    stem: Piece
    options: tuple[Piece, ...] = ()
    partners: tuple[Piece, ...] = ()
    right: tuple[int, ...] = ()
    accepted: tuple[Accepted, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a question: a code for machines, words that name the cure."""

    code: str
    words: str


# What somebody answered: the place of an option; places; for matching the partner of each option; or words.
Given = int | str | Sequence[int]

_SIGNS = str.maketrans({
    "。": ".", "、": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "『": '"', "』": '"', "「": '"', "」": '"',
    "‘": "'", "’": "'", "《": "<", "》": ">", "〈": "<", "〉": ">", "【": "[", "】": "]", "〔": "[", "〕": "]",
    "—": "-", "–": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "•": "·", "・": "·", "∶": ":",
})  # fmt: skip
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = {"Cc", "Cf", "Cs"}  # what cannot be seen; rare characters in private places can
_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,10})?")


def tidy(text: str) -> str:
    """Return text as it is kept: composed, one kind of line break, nothing invisible, no space at the ends."""
    lines = re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    kept = "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in _INVISIBLE)
    return "\n".join(line.strip() for line in unicodedata.normalize("NFC", kept).split("\n")).strip()


def normal(text: str) -> str:
    """Return text as answers are compared: NFKC, small letters, no spaces, one form for Chinese and ASCII signs."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", _without_spaces(folded.translate(_SIGNS)))  # an accent joins its letter


def seen(text: str) -> str:
    """Return text as the eye compares it: signs and widths made one, but capitals and raised digits kept (mW, MW)."""
    plain = _without_spaces(unicodedata.normalize("NFC", text).translate(_WIDE).translate(_SIGNS))
    return unicodedata.normalize("NFC", plain)


def _without_spaces(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in _INVISIBLE)


def number_in(text: str) -> Decimal | None:
    """Return the number that a text is as a whole (1,000 · −3.5 · １２), else nothing."""
    plain = normal(text)
    if not plain.isascii() or not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ""))


def words_of(content: Content) -> str:
    """Return all that makes a question the same as another one: its words, in an order that hides no double.

    Options are sorted: the same question with its options in another order is the same question.
    """
    parts = [content.stem, *sorted(content.options, key=_by_looks), *sorted(content.partners, key=_by_looks)]
    return "\n".join(normal(piece.text) + (f"#{piece.picture}" if piece.picture is not None else "") for piece in parts)


def canonical(content: Content) -> Content:
    """Return the one form of all questions that mean the same, whatever the order in which they were written.

    Partners follow their options, and those without an option are sorted; an accepted answer stands once.
    """
    own = tuple(content.partners[place] for place in content.right) if content.partners else ()
    over = (piece for place, piece in enumerate(content.partners) if place not in content.right)
    return replace(
        content,
        partners=(*own, *sorted(over, key=_by_looks)),
        right=tuple(range(len(own))) if own else content.right,
        accepted=tuple(dict.fromkeys(content.accepted)),
    )


# ── What is wrong ───────────────────────────────────────────────────────────────────────────────────────────


def check(content: Content) -> list[Fault]:
    """Return what is wrong with a question, the first cure first; nothing when it can be asked."""
    faults = [*_faults_of_stem(content.stem), *_faults_of_parts(content)]
    faults += _FAULTS[content.kind](content)
    return faults


def _faults_of_stem(stem: Piece) -> Iterable[Fault]:
    if not seen(stem.text):
        yield Fault("no_stem", _("Write the question. A picture alone is not read aloud."))
    if len(stem.text) > STEM_LENGTH:
        yield Fault("long_stem", _("The question may have %(most)s characters.") % {"most": f"{STEM_LENGTH:,}"})


def _faults_of_parts(content: Content) -> Iterable[Fault]:
    pieces = (*content.options, *content.partners)
    if any(tidy(piece.text) != piece.text for piece in (content.stem, *pieces)):
        yield Fault("untidy", _("Take out the invisible characters and the spaces at the ends."))
    if any(not seen(piece.text) and piece.picture is None for piece in pieces):
        yield Fault("empty_option", _("An option needs words or a picture."))
    if any(len(piece.text) > OPTION_LENGTH for piece in pieces):
        yield Fault("long_option", _("An option may have %(most)s characters.") % {"most": OPTION_LENGTH})
    if _doubled(content.options) or _doubled(content.partners):
        yield Fault("equal_options", _("Two options say the same. Change one of them."))
    if content.kind is not Kind.MATCHING and content.partners:
        yield Fault("partners", _("Only a matching question has two columns."))
    if content.kind is not Kind.FILL and content.accepted:
        yield Fault("accepted", _("Only a question to fill in has accepted answers."))


def _doubled(pieces: Sequence[Piece]) -> bool:
    return len({(seen(piece.text), piece.picture) for piece in pieces}) < len(pieces)


def _faults_of_count(content: Content) -> Iterable[Fault]:
    least, most = OPTIONS[content.kind]
    if not least <= len(content.options) <= most:
        yield Fault("count", _("Give %(least)s to %(most)s options.") % {"least": least, "most": most})


def _faults_of_single(content: Content) -> Iterable[Fault]:
    yield from _faults_of_count(content)
    if len(content.right) != 1 or not _within(content.right, len(content.options)):
        yield Fault("right", _("Say which one option is right."))


def _faults_of_multiple(content: Content) -> Iterable[Fault]:
    yield from _faults_of_count(content)
    in_order = list(content.right) == sorted(set(content.right))
    if not content.right or not in_order or not _within(content.right, len(content.options)):
        yield Fault("right", _("Say which options are right: at least one."))


def _faults_of_statement(content: Content) -> Iterable[Fault]:
    if content.options:
        yield Fault("count", _("A statement to judge has no options of its own."))
    if content.right not in ((TRUE,), (FALSE,)):
        yield Fault("right", _("Say whether the statement is true or false."))


def _faults_of_fill(content: Content) -> Iterable[Fault]:
    if content.options:
        yield Fault("count", _("A question to fill in has no options."))
    if content.right:
        yield Fault("right", _("A question to fill in has accepted answers, no right option."))
    if not 1 <= len(content.accepted) <= ACCEPTED_AT_MOST:
        yield Fault("accepted", _("Give 1 to %(most)s accepted answers.") % {"most": ACCEPTED_AT_MOST})
    if not all(_is_good(accepted) for accepted in content.accepted):
        words = _("An accepted answer is words of at most %(most)s characters, or a number and what it may be off by.")
        yield Fault("accepted_form", words % {"most": ACCEPTED_LENGTH})


def _is_good(accepted: Accepted) -> bool:
    if accepted.number is None:
        return bool(normal(accepted.text)) and len(accepted.text) <= ACCEPTED_LENGTH and not accepted.tolerance
    sizes = (accepted.number, accepted.tolerance)
    plain = all(size.is_finite() and _NUMBER.fullmatch(f"{size:f}") for size in sizes)
    return not accepted.text and plain and accepted.tolerance >= 0


def _faults_of_ordering(content: Content) -> Iterable[Fault]:
    yield from _faults_of_count(content)
    if content.right:
        yield Fault(
            "right", _("The options of an ordering question stand in the right order: no other answer is kept.")
        )


def _faults_of_matching(content: Content) -> Iterable[Fault]:
    yield from _faults_of_count(content)
    if not len(content.options) <= len(content.partners) <= PARTNERS_AT_MOST:
        words = _("The right column needs a partner for each option, and may have %(most)s in all.")
        yield Fault("partners", words % {"most": PARTNERS_AT_MOST})
    one_each = len(set(content.right)) == len(content.right) == len(content.options)
    if not one_each or not _within(content.right, len(content.partners)):
        yield Fault("right", _("Say for each option which partner is its own: no partner twice."))


def _within(places: Sequence[int], count: int) -> bool:
    return all(0 <= place < count for place in places)


_FAULTS = {
    Kind.SINGLE: _faults_of_single,
    Kind.MULTIPLE: _faults_of_multiple,
    Kind.TRUE_FALSE: _faults_of_statement,
    Kind.FILL: _faults_of_fill,
    Kind.ORDERING: _faults_of_ordering,
    Kind.MATCHING: _faults_of_matching,
}


# ── Whether an answer is right ──────────────────────────────────────────────────────────────────────────────


def mark(content: Content, given: Given) -> bool:
    """Tell whether the answer is right, as a whole: a half is wrong. What is no answer at all is wrong too.

    An ordering is given as places of the options in the order chosen, so the right one counts up.
    """
    if content.kind is Kind.FILL:
        return isinstance(given, str) and any(_fits(accepted, given) for accepted in content.accepted)
    if isinstance(given, str):
        return False
    places = (given,) if isinstance(given, int) else tuple(given)
    if any(type(place) is not int for place in places):  # nor is True the place 1
        return False
    if content.kind is Kind.MULTIPLE:
        return len(places) == len(set(places)) and tuple(sorted(places)) == content.right
    if content.kind is Kind.ORDERING:
        return places == tuple(range(len(content.options)))
    return places == content.right


def _fits(accepted: Accepted, given: str) -> bool:
    if accepted.number is None:
        return normal(accepted.text) == normal(given)
    number = number_in(given)
    return number is not None and abs(number - accepted.number) <= accepted.tolerance


# ── How it is kept ──────────────────────────────────────────────────────────────────────────────────────────


def as_json(content: Content) -> dict[str, Any]:
    """Return {"content": …, "key": …}: what everybody may see, and apart from it what is right.

    Where the order itself is the answer, the content is kept sorted by its looks and the key says the order.
    """
    options, order = _shuffled(content.options, hide=content.kind in (Kind.ORDERING, Kind.MATCHING))
    partners, paired = _shuffled(content.partners, hide=True)
    shown: dict[str, Any] = {"kind": content.kind.value, "stem": _piece(content.stem)}
    shown |= {"options": options} if options else {}
    shown |= {"partners": partners} if partners else {}
    key: dict[str, Any] = {"right": list(content.right)} if content.right else {}
    key |= {"order": order} if order else {}
    key |= {"paired": paired} if paired else {}
    key |= {"accepted": [_accepted(one) for one in content.accepted]} if content.accepted else {}
    return {"content": shown, "key": key}


def from_json(kept: Mapping[str, Any]) -> Content:
    """Return the question that `as_json` kept; raises ValueError for anything else."""
    try:
        shown, key = kept["content"], kept["key"]
        return Content(
            kind=Kind(shown["kind"]),
            stem=_piece_of(shown["stem"]),
            options=_in_order(shown.get("options", ()), key.get("order")),
            partners=_in_order(shown.get("partners", ()), key.get("paired")),
            right=tuple(int(place) for place in key.get("right", ())),
            accepted=tuple(_accepted_of(one) for one in key.get("accepted", ())),
        )
    except (KeyError, TypeError, IndexError, AttributeError, InvalidOperation) as error:
        raise ValueError("not a question as it is kept") from error


def _by_looks(piece: Piece) -> tuple[str, str, int]:
    return normal(piece.text), piece.text, -1 if piece.picture is None else piece.picture


def _shuffled(pieces: Sequence[Piece], *, hide: bool) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the pieces as they are kept, and where each one stands there; no places when nothing is hidden."""
    if not hide or not pieces:
        return [_piece(piece) for piece in pieces], []
    places = sorted(range(len(pieces)), key=lambda place: _by_looks(pieces[place]))
    return [_piece(pieces[place]) for place in places], [places.index(place) for place in range(len(pieces))]


def _in_order(kept: Sequence[Mapping[str, Any]], order: Sequence[int] | None) -> tuple[Piece, ...]:
    pieces = [_piece_of(piece) for piece in kept]
    return tuple(pieces if order is None else [pieces[place] for place in order])


def _piece(piece: Piece) -> dict[str, Any]:
    return {"text": piece.text} | ({} if piece.picture is None else {"picture": piece.picture})


def _piece_of(kept: Mapping[str, Any]) -> Piece:
    picture = kept.get("picture")
    return Piece(str(kept["text"]), None if picture is None else int(picture))


def _accepted(accepted: Accepted) -> dict[str, str]:
    if accepted.number is None:
        return {"text": accepted.text}
    return {"number": f"{accepted.number:f}", "tolerance": f"{accepted.tolerance:f}"}


def _accepted_of(kept: Mapping[str, Any]) -> Accepted:
    if "number" not in kept:
        return Accepted(str(kept["text"]))
    return Accepted(number=Decimal(kept["number"]), tolerance=Decimal(kept.get("tolerance", "0")))
