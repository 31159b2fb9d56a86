"""What a file of questions brings: the questions, what is wrong with others, and what has no place here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.kit.errors import Refusal
from fenjin.quiz.kinds import Content, Piece, check, tidy

LARGEST: Final = 30 * 1024 * 1024
MOST_QUESTIONS: Final = 5_000
MOST_TOLD: Final = 10_000  # faults and unmapped things; more help nobody
EXPLANATION_LENGTH: Final = 1_000
TOPIC_LENGTH: Final = 30
TAG_LENGTH: Final = 12
TAGS_AT_MOST: Final = 6
SOURCE_LENGTH: Final = 300
LINK_LENGTH: Final = 300
_SPACES = re.compile(r"\s+")
_ARTICLE = re.compile(r"/news/\d{1,18}/")
_HTTPS = URLValidator(schemes=["https"])


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture that came inside the file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question on its way in or out. A piece names `pictures[n]` by −1−n."""

    place: str
    content: Content
    topic: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    explanation: str = ""
    source_words: str = ""
    source_link: str = ""
    pictures: tuple[Embedded, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a question does not come in: where it stands, a code, words that name the cure, how it begins."""

    place: str
    code: str
    words: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something a file holds, or a format cannot hold: where, its own name, and what becomes of it."""

    place: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds, as it was read; nothing is stored."""

    questions: tuple[Incoming, ...]
    faults: tuple[RowFault, ...]
    unmapped: tuple[Unmapped, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A file to give away, how many questions stand in it, and what it could not hold."""

    data: bytes
    count: int
    unmapped: tuple[Unmapped, ...]


class UnreadableBank(Refusal):
    """The file holds no questions that we can read."""

    code = "unreadable_bank"
    status = 422
    sentence = gettext_lazy("There are no questions in this file that we can read. Compare it with our template.")


class BankTooLarge(UnreadableBank):
    """More bytes than a bank with its pictures needs."""

    code = "bank_too_large"
    sentence = gettext_lazy("This file is larger than 30 MB. Make its pictures smaller, or bring it in parts.")


class TooManyQuestions(UnreadableBank):
    """More questions than are taken in at once."""

    code = "too_many_questions"
    sentence = gettext_lazy("There are more than 5,000 questions in this file. Bring it in parts.")


class BankDamaged(UnreadableBank):
    """The file breaks off, or is not what it says it is."""

    code = "bank_damaged"
    sentence = gettext_lazy("This file is damaged or breaks off in the middle. Export or save it again.")


class TooMuchInside(UnreadableBank):
    """The file unpacks to far more than a bank can hold."""

    code = "too_much_inside"
    sentence = gettext_lazy("This file unpacks to far more than a bank can hold. Copy the questions into a new one.")


class BankProtected(UnreadableBank):
    """The workbook opens only with a password."""

    code = "bank_protected"
    sentence = gettext_lazy("This workbook opens only with a password. Save it without one and choose it again.")


class OtherFormat(UnreadableBank):
    """Another kind of file under this name."""

    code = "other_format"


class Gathering:
    """What one reading finds, piece by piece."""

    def __init__(self) -> None:
        self.questions: list[Incoming] = []
        self.faults: list[RowFault] = []
        self.unmapped: list[Unmapped] = []

    def take(self, question: Incoming) -> None:
        """Keep a question that can be asked, or say what is wrong with it."""
        whole = self._plain(question)
        faults = check(whole.content)
        for fault in faults:
            self.fault(whole.place, fault.code, fault.words, whole.content.stem.text)
        if len(whole.explanation) > EXPLANATION_LENGTH:
            words = _("The explanation may have %(most)s characters.") % {"most": f"{EXPLANATION_LENGTH:,}"}
            self.fault(whole.place, "long_explanation", words, whole.content.stem.text)
        elif not faults:
            self.questions.append(whole)
        if len(self.questions) > MOST_QUESTIONS:
            raise TooManyQuestions

    def fault(self, place: str, code: str, words: str, text: str = "") -> None:
        """Say why a question does not come in."""
        if len(self.faults) < MOST_TOLD:
            self.faults.append(RowFault(place, code, words, one_line(text)[:80]))

    def leave(self, place: str, name: str, words: str) -> None:
        """Name something that has no place here; the same thing once for a place."""
        told = Unmapped(place, one_line(name)[:120], words)
        if len(self.unmapped) < MOST_TOLD and told not in self.unmapped[-20:]:
            self.unmapped.append(told)

    def done(self) -> Reading:
        """Return the whole. Raises UnreadableBank when there is nothing to tell."""
        if not (self.questions or self.faults or self.unmapped):
            raise UnreadableBank
        return Reading(tuple(self.questions), tuple(self.faults), tuple(self.unmapped))

    def _plain(self, question: Incoming) -> Incoming:
        """Tidy what stands around a question; what does not fit is told."""
        topic, words = one_line(question.topic), one_line(question.source_words)
        tags = tuple(dict.fromkeys(filter(None, map(one_line, question.tags))))
        fitting = tuple(tag for tag in tags if len(tag) <= TAG_LENGTH)[:TAGS_AT_MOST]
        for tag in tags:
            if tag not in fitting:
                self.leave(question.place, tag, _("A tag too many or too long: left out."))
        if len(topic) > TOPIC_LENGTH:
            self.leave(question.place, topic, _("A topic's name may have 30 characters: cut."))
        if len(words) > SOURCE_LENGTH:
            self.leave(question.place, words, _("The source may have 300 characters: cut."))
        link = question.source_link.strip()
        if link and not is_link(link):
            self.leave(question.place, link, _("A link must begin with https:// and have no spaces: left out."))
            link = ""
        return replace(
            question,
            topic=topic[:TOPIC_LENGTH].strip(),
            tags=fitting,
            explanation=tidy(question.explanation),
            source_words=words[:SOURCE_LENGTH].strip(),
            source_link=link,
        )


def is_link(link: str) -> bool:
    """Say whether an address may stand as a source: an article here, or one that begins with https."""
    if _ARTICLE.fullmatch(link):
        return True
    try:
        _HTTPS(link)
    except ValidationError:
        return False
    return len(link) <= LINK_LENGTH and "@" not in link


def one_line(text: str) -> str:
    """Return tidy text on one line."""
    return _SPACES.sub(" ", tidy(text)).strip()


def piece(text: str, picture: int | None = None) -> Piece:
    """Return a piece with tidy text."""
    return Piece(tidy(text), picture)


def pieces(texts: Iterable[str]) -> tuple[Piece, ...]:
    """Return pieces without pictures."""
    return tuple(map(piece, texts))


# ── Where a question comes from, in formats that know an explanation only ──────────────────────────────────────

SOURCE: Final = "出处"
_SOURCE_LINE = re.compile(
    r"(?:【(?:出处|来源|依据)】|(?:出处|来源|依据|题目来源|出题依据|source|reference)\s*[:：])\s*(.*)", re.IGNORECASE
)
_LINK_AT_END = re.compile(r"(?:^|\s)(https://\S+|/news/\d+/)$")


def with_source(question: Incoming) -> str:
    """Return the explanation with its source as the last line."""
    source = f"{question.source_words} {question.source_link}".strip()
    return f"{question.explanation}\n{SOURCE}：{source}".strip() if source else question.explanation


def split_source(text: str) -> tuple[str, str, str]:
    """Return explanation, source in words and link of a text whose last line names a source."""
    explanation = tidy(text)
    before, _break, last = explanation.rpartition("\n")
    found = _SOURCE_LINE.fullmatch(last)
    if not found:
        return explanation, "", ""
    words, link = split_link(found[1])
    return before.strip(), words, link


def split_link(source: str) -> tuple[str, str]:
    """Return the words and the link of a source."""
    link = _LINK_AT_END.search(source.strip())
    return (source.strip()[: link.start()].strip(), link[1]) if link else (source.strip(), "")
