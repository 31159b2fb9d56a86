"""GIFT, Moodle's format for people who type: weights, feedback, numbers, matching; what has no place here is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from fenjin.quiz.formats.decoding import decoded
from fenjin.quiz.formats.incoming import Gathering, Incoming, Reading, one_line, piece, split_source
from fenjin.quiz.formats.markup import Pictures, looks_like_html, read_html
from fenjin.quiz.formats.moodle import NotOurs, plain_number, read_tags, topic_of
from fenjin.quiz.kinds import FALSE, TRUE, Accepted, Content, Kind, Piece

ESCAPED: Final = "~=#{}:\\"
# While a question is taken apart, an escaped sign is one that nobody types.
_HIDE: Final = {sign: chr(0xF0000 + place) for place, sign in enumerate(ESCAPED)}
_SHOW: Final = {ord(hidden): sign for sign, hidden in _HIDE.items()}
_ESCAPE: Final = re.compile(r"\\([~=#{}:\\n])")
_FORMAT: Final = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_TITLE: Final = re.compile(r"\s*::(.*?)::", re.DOTALL)
_TRUTH: Final = re.compile(r"(T|TRUE|F|FALSE)\s*(#.*)?", re.IGNORECASE | re.DOTALL)
_WEIGHT: Final = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_TAG: Final = re.compile(r"\[tag:((?:[^\]\\]|\\.)*)\]")
_RANGE: Final = re.compile(r"(.+?)\.\.(.+)")


def read_gift(data: bytes) -> Reading:
    """Return the questions of a GIFT file. Raises UnreadableBank of some kind."""
    return read_text(decoded(data))


def read_text(text: str) -> Reading:
    """Return the questions of a text in GIFT."""
    gathering, topic = Gathering(), ""
    for line, comments, source in _blocks(text):
        if source.lstrip().upper().startswith("$CATEGORY:"):
            topic = topic_of(source.partition(":")[2].strip())
            continue
        _Question(line, comments, source, topic, gathering).read()
    return gathering.done()


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, comments and source of each question: between empty lines, but never inside its braces."""
    lines: list[str] = []
    comments: list[str] = []
    begins, depth = 0, 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.lstrip().startswith("//"):
            comments.append(line.strip())
            continue
        fresh = line.lstrip().startswith(("::", "$CATEGORY:", "$category:"))
        if lines and ((not line.strip() and depth <= 0) or fresh):
            yield begins, "\n".join(comments), "\n".join(lines)
            lines, comments, depth = [], [], 0
        if line.strip() or lines:
            begins = begins if lines else number
            lines.append(line)
            plain = _ESCAPE.sub("", line)
            depth += plain.count("{") - plain.count("}")
        if fresh and not line.lstrip().startswith("::"):
            yield begins, "", line
            lines, depth = [], 0
    if any(line.strip() for line in lines):
        yield begins, "\n".join(comments), "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Answer:
    sign: str  # = right, ~ wrong or weighted
    weight: Decimal | None
    text: str


class _Question:
    def __init__(self, line: int, comments: str, source: str, topic: str, gathering: Gathering) -> None:
        self.comments, self.topic, self.gathering = comments, topic, gathering
        self.source = _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else _HIDE[found[1]], source)
        title = _TITLE.match(self.source)
        self.title = one_line(_shown(title[1])) if title else ""
        self.source = self.source[title.end() :] if title else self.source
        self.place = _("line %(line)d") % {"line": line} + (f" “{self.title[:40]}”" if self.title else "")
        self.pictures = Pictures(self._tell)
        self.form = ""

    def _tell(self, name: str, words: str) -> None:
        self.gathering.leave(self.place, name, words)

    def read(self) -> None:
        """Take the question in, or name what it is."""
        before, opened, rest = self.source.partition("{")
        inside, closed, after = rest.rpartition("}")
        if opened and not closed:
            words = _("The brace } that ends the answers is missing.")
            self.gathering.fault(self.place, "brace", words, _shown(before))
            return
        try:
            if not opened:
                raise NotOurs("description", _("It asks nothing: left out."))
            blank = "_____" if after.strip() else ""
            stem = self._stem(f"{before.rstrip(' ') if blank else before}{blank}{after}")
            inside, explanation = self._feedback(inside)
            content = self._content(stem, inside.strip())
        except NotOurs as reason:
            self._tell(reason.name, reason.words)
            return
        tags, difficulty = read_tags([re.sub(r"\\(.)", r"\1", tag) for tag in _TAG.findall(self.comments)])
        explanation, source, link = split_source(explanation)
        self.gathering.take(
            Incoming(
                self.place, content, self.topic, difficulty, tags, explanation, source, link, tuple(self.pictures.kept)
            )
        )

    # Texts

    def _stem(self, text: str) -> Piece:
        form = _FORMAT.match(text)
        if form:
            self.form, text = form[1].lower(), text[form.end() :]
        return self._piece(text)

    def _piece(self, text: str) -> Piece:
        form = _FORMAT.match(text)
        kind, text = (form[1].lower(), text[form.end() :]) if form else (self.form, text)
        words = _shown(text).strip()
        if kind == "markdown":
            self._tell(_("Markdown"), _("Its signs stand as they were typed."))
        if kind == "html" or (kind != "plain" and looks_like_html(words)):
            return read_html(words, self.pictures)
        return piece(words)

    def _feedback(self, inside: str) -> tuple[str, str]:
        """Return the answers without the explanation of all, and the explanation."""
        answers, general, explanation = inside.partition("####")
        if not general:
            return inside, ""
        found = self._piece(explanation)
        if found.picture is not None:
            self._tell(_("picture in the explanation"), _("An explanation is words: left out."))
        return answers, found.text

    # Kinds

    def _content(self, stem: Piece, inside: str) -> Content:
        if not inside:
            raise NotOurs("essay", _("There is no such kind of question here: left out."))
        if inside.startswith("#"):
            return Content(Kind.FILL, stem, accepted=tuple(self._numbers(inside[1:])))
        if inside.startswith(">"):
            raise NotOurs("ordering (GIFT)", _("Moodle's ordering comes in as Moodle XML only: left out."))
        if truth := _TRUTH.fullmatch(inside):
            if truth[2] and truth[2].strip("# \n"):
                self._tell_feedback()
            return Content(Kind.TRUE_FALSE, stem, right=(TRUE if truth[1].upper().startswith("T") else FALSE,))
        answers = self._answers(inside)
        if all(one.sign == "=" for one in answers):
            pairs = [one.text.partition("->") for one in answers]
            if all(arrow for _left, arrow, _right in pairs):
                return self._matching(stem, pairs)
            return Content(Kind.FILL, stem, accepted=tuple(self._words(answers)))
        return self._choice(stem, answers)

    def _tell_feedback(self) -> None:
        self._tell(_("feedback on single answers"), _("A question has one explanation: left out."))

    def _answers(self, inside: str) -> list[_Answer]:
        found = []
        parts = re.split(r"([=~])", inside)
        if parts[0].strip():
            name = _("answers “%(begin)s”") % {"begin": one_line(_shown(inside))[:40]}
            raise NotOurs(name, _("They begin with neither = nor ~: left out."))
        for sign, text in zip(parts[1::2], parts[2::2], strict=True):
            words, feedback, remark = text.partition("#")
            if feedback and remark.strip():
                self._tell_feedback()
            weight = _WEIGHT.match(words)
            words = words[weight.end() :] if weight else words
            found.append(_Answer(sign, Decimal(weight[1]) if weight else None, words))
        return found

    def _choice(self, stem: Piece, answers: list[_Answer]) -> Content:
        best = [place for place, one in enumerate(answers) if one.sign == "=" or (one.weight or 0) >= 100]
        some = [place for place, one in enumerate(answers) if one.sign == "=" or (one.weight or 0) > 0]
        options = tuple(self._piece(one.text) for one in answers)
        if any(one.sign == "=" for one in answers) or len(some) == len(best) == 1:
            if len(some) > len(best):
                self._tell(
                    _("points for half right answers"), _("An answer is right or wrong: only the best one counts.")
                )
            several = len(best) == 1 and all(one.weight is not None for one in answers if one.sign == "~")
            kind = Kind.MULTIPLE if several and not any(one.sign == "=" for one in answers) else Kind.SINGLE
            return Content(kind, stem, options, right=tuple(best))
        if len({answers[place].weight for place in some}) > 1:
            self._tell(_("points of different size"), _("All right options count the same."))
        return Content(Kind.MULTIPLE, stem, options, right=tuple(some))

    def _words(self, answers: list[_Answer]) -> Iterator[Accepted]:
        for one in answers:
            words = one_line(_shown(one.text))
            if one.weight is not None and one.weight < 100:
                self._tell(_("answer “%(words)s”") % {"words": words}, _("It is not wholly right: left out."))
            else:
                yield Accepted(words)

    def _numbers(self, inside: str) -> Iterator[Accepted]:
        several = self._answers(inside) if inside.lstrip().startswith("=") else []
        if not several:
            words, feedback, remark = inside.partition("#")
            if feedback and remark.strip():
                self._tell_feedback()
            several = [_Answer("=", None, words)]
        for one in several:
            words = one_line(_shown(one.text))
            found = _number(words)
            if found is None or (one.weight is not None and one.weight < 100):
                self._tell(
                    _("answer “%(words)s”") % {"words": words}, _("It is not wholly right, or no number: left out.")
                )
            else:
                yield found

    def _matching(self, stem: Piece, pairs: list[tuple[str, str, str]]) -> Content:
        both = [(self._piece(left), self._piece(right)) for left, _arrow, right in pairs]
        lefts = [left for left, _right in both if left.text or left.picture is not None]
        rights = [right for left, right in both if left.text or left.picture is not None]
        if len(set(rights)) < len(rights):
            raise NotOurs(
                _("matching with one partner for several"), _("Every option has a partner of its own here: left out.")
            )
        spare = [right for left, right in both if not left.text and left.picture is None and right not in rights]
        return Content(Kind.MATCHING, stem, tuple(lefts), (*rights, *dict.fromkeys(spare)), tuple(range(len(lefts))))


def _number(words: str) -> Accepted | None:
    """Return 5:0.5, 4.5..5.5 or 5 as a number with what it may be off by."""
    if ends := _RANGE.fullmatch(words):
        low, high = plain_number(ends[1]), plain_number(ends[2])
        if low is None or high is None:
            return None
        return Accepted(number=((low + high) / 2).normalize() + 0, tolerance=(abs(high - low) / 2).normalize() + 0)
    value, _colon, off = words.replace(_HIDE[":"], ":").partition(":")
    number, tolerance = plain_number(value), plain_number(off or "0")
    return None if number is None or tolerance is None else Accepted(number=number, tolerance=abs(tolerance))


def _shown(text: str) -> str:
    return text.translate(_SHOW)
