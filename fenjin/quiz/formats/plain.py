"""Plain text as people type questions: 1. … A. … B. … 答案：B 解析：…, a line each or all in one paragraph."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from fenjin.quiz.formats import notation
from fenjin.quiz.formats.building import Draft, build, split_options
from fenjin.quiz.formats.decoding import decoded
from fenjin.quiz.formats.incoming import (
    MOST_QUESTIONS,
    Gathering,
    Reading,
    TooManyQuestions,
    one_line,
    piece,
)
from fenjin.quiz.formats.notation import LETTERS
from fenjin.quiz.kinds import Kind, tidy

_LABELS: Final = {
    "answer": "正确答案|参考答案|标准答案|答案|correct answer|answer|key",
    "explanation": "答案解析|试题解析|题目解析|解析|解释|详解|explanation|feedback",
    "topic": "知识点|所属章节|章节|分类|topic|category",
    "difficulty": "难易程度|难易度|难度|difficulty",
    "tags": "标签|关键词|关键字|tags?",
    "source": "题目来源|出题依据|出处|来源|依据|source|reference",
    "kind": "试题类型|题目类型|题型|type|kind",
}
_NAMES: Final = "|".join(_LABELS.values())
_FIELD_OF: Final = [(re.compile(names, re.IGNORECASE), known) for known, names in _LABELS.items()]
# A label has a colon, or stands in brackets of its own. Inside a line only the Chinese ones and ANSWER: are looked for.
_LABEL: Final = re.compile(rf"\s*(?:[【\[]\s*({_NAMES})\s*[】\]]\s*[:：]?|({_NAMES})\s*[:：])\s*", re.IGNORECASE)
_INLINE: Final = re.compile(
    r"(?<=\S)[ \u3000]*(?=【(?:正确|参考|标准)?答案】|【(?:答案|试题|题目)?解析】|【(?:知识点|难度|出处|来源|依据)】|"
    r"(?:正确|参考|标准)答案\s*[:：]|(?<!正确)(?<!参考)(?<!标准)答案\s*[:：]|"
    r"(?:答案|试题|题目)解析\s*[:：]|(?<!答案)(?<!试题)(?<!题目)解析\s*[:：]|(?<=\s)(?:ANSWER|Answer|Explanation)\s*:)"
)
_START: Final = re.compile(
    r"\s*(?:第\s*(\d{1,4})\s*题\s*[:：.．、]?|[（(\[【]\s*(\d{1,4})\s*[)）\]】]\s*[.．、]?|(\d{1,4})\s*(?:[、．:：)）]|\.(?!\d)))\s*"
)
_INSIDE: Final = re.compile(r"(?<=[\s\u3000。；;])(\d{1,4})\s*(?:[、．)）]|\.(?!\d))\s*(?=\S)")
_OPTION: Final = re.compile(r"\s*[（(\[]?([A-Ja-jＡ-Ｊ])\s*[.．、:：)）\]]\s*")
_BULLET: Final = re.compile(r"\s*([*✓√])\s*(?=[A-JＡ-Ｊ]\s*[.．、)）])")  # right options marked in the margin
_KIND_MARK: Final = re.compile(r"\s*[【\[（(]\s*([^】\]）)]{1,12}?)\s*[】\]）)]\s*")
_HEADING: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．:：]|[（(][一二三四五六七八九十]{1,3}[)）])\s*(.+)"
)
_CHAPTER: Final = re.compile(r"\s*第[一二三四五六七八九十百\d]{1,4}[章节篇部分单元]{1,2}[\s:：、]*(.*)")
_PARTNER: Final = re.compile(r"\s*配对\s*(\d{1,2})\s*[:：]\s*")
_KEY_ENTRY: Final = re.compile(
    r"(\d{1,4})\s*[.．、:：]?\s*([A-JＡ-Ｊ]{1,10}|√|×|✓|✗|对|错|正确|错误)(?=[\s,，;；、。]|\d|$)"
)
_KEY_RANGE: Final = re.compile(r"(\d{1,4})\s*[-—~～至]\s*(\d{1,4})\s*[题]?\s*[:：.．、]?\s*([A-JＡ-Ｊ√×对错\s]+)")
_MOST_HEADING: Final = 40


@dataclass(slots=True)
class _Open:
    """A question that is being read: its fields as lines."""

    number: int | None
    line: int
    kind: str = ""
    default_kind: Kind | None = None
    topic: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    options: list[list[str]] = field(default_factory=list)
    partners: list[list[str]] = field(default_factory=list)
    starred: list[int] = field(default_factory=list)
    current: list[str] = field(default_factory=list)


def read_plain(data: bytes) -> Reading:
    """Return the questions of a text. Raises UnreadableBank of some kind."""
    return _Reader().read(decoded(data))


class _Reader:
    def __init__(self) -> None:
        self.gathering = Gathering()
        self.done: list[_Open] = []
        self.open: _Open | None = None
        self.waiting: dict[int | None, _Open] = {}  # closed questions whose answer has not come
        self.kind: Kind | None = None
        self.foreign = ""  # the kind of this part, where we have no such kind
        self.topic = ""
        self.gap = 0  # empty lines just passed
        self.in_key = False

    def read(self, text: str) -> Reading:
        for number, whole in enumerate(text.split("\n"), start=1):
            for line in _INLINE.sub("\n", whole).split("\n"):
                self._line(line.rstrip(), number)
        self._close()
        for question in self.done:
            self._build(question)
        return self.gathering.done()

    # Lines

    def _line(self, line: str, number: int) -> None:
        if not line.strip():
            self.gap += 1
            return
        if not (self._key(line) or self._heading(line)):
            self._part(line, number)
        self.gap = 0

    def _part(self, line: str, number: int) -> None:
        """Take a line as what it begins with: a label, the next question, an option, or more of the same."""
        label, start = _LABEL.match(line), _START.match(line)
        if self.open and label:
            self._label(label, line, number)
        elif self.open and (partner := _PARTNER.match(line)):
            self._partner(partner, line)
        elif self.open and not self._answered() and self._option(line):
            return
        elif start and self._may_start(start):
            self._begin(int(next(filter(None, start.groups()))), line[start.end() :], number)
        elif self.open is None or (self.gap and self._ended()):
            self._begin(None, line, number)
        else:
            self.open.current += [""] * min(self.gap, 3)
            self._more(line, number)

    def _answered(self) -> bool:
        return self.open is not None and "answer" in self.open.fields

    def _ended(self) -> bool:
        """Say whether an empty line ends the open question: it has no number, and an answer."""
        return self.open is not None and self.open.number is None and self._answered()

    def _may_start(self, start: re.Match[str]) -> bool:
        """Say whether a number begins a question: in a text whose questions have numbers, after the one before."""
        if self.open is None or self.gap:
            return True
        number = int(next(filter(None, start.groups())))
        if self._answered() or self.open.options or start[1]:
            return True
        return self.open.number is not None and number == self.open.number + 1

    def _begin(self, number: int | None, rest: str, line: int) -> None:
        self._close()
        question = self.open = _Open(number, line, self.foreign, self.kind, self.topic)
        mark = _KIND_MARK.match(rest)
        if mark and (notation.kind_of(mark[1]) or notation.is_foreign_kind(mark[1])):
            question.kind, rest = mark[1], rest[mark.end() :]
        question.current = question.fields.setdefault("stem", [])
        self._stem(rest)

    def _stem(self, rest: str) -> None:
        """Take the words of a question, and options that stand on the same line."""
        question = self.open
        if question is None:
            return
        before, options = split_options(rest) if rest.strip() else (rest, [])
        question.current.append(before if options else rest)
        for option in options:
            question.current = [option]
            question.options.append(question.current)

    def _label(self, label: re.Match[str], line: str, number: int) -> None:
        question = self.open
        if question is None:
            return
        named = (label[1] or label[2]).strip()
        known = next(known for names, known in _FIELD_OF if names.fullmatch(named))
        question.current = question.fields.setdefault(known, [])
        self._more(line[label.end() :], number)

    def _partner(self, partner: re.Match[str], line: str) -> None:
        if self.open is not None:
            self.open.current = [line[partner.end() :]]
            self.open.partners.append(self.open.current)

    def _option(self, line: str) -> bool:
        """Take a line that begins with the letter that comes next, and more options on it."""
        question = self.open
        if question is None:
            return False
        star = _BULLET.match(line)
        rest = line[star.end() :] if star else line
        found = _OPTION.match(rest)
        place = len(question.options)
        if not found or place >= len(LETTERS) or _plain(found[1]) != LETTERS[place]:
            return False
        if star:
            question.starred.append(place)
        for option in _more_options(rest[found.end() :], place + 1):
            question.current = [option]
            question.options.append(question.current)
        return True

    def _more(self, line: str, number: int) -> None:
        """Take more of the field that is open; after an answer, the next question may begin in the same line."""
        question = self.open
        if question is None:
            return
        if question.number is not None and self._answered():
            for found in _INSIDE.finditer(line):
                if int(found[1]) == question.number + 1:
                    question.current.append(line[: found.start()])
                    self._begin(question.number + 1, line[found.end() :], number)
                    return
        question.current.append(line)

    # Headings and keys

    def _heading(self, line: str) -> bool:
        """Take a line that names the kind or the topic of all that follow."""
        words = line.strip()
        chapter, numbered = _CHAPTER.fullmatch(words), _HEADING.fullmatch(words)
        if len(words) > _MOST_HEADING * 2 or (self.open and not (self._answered() or self.open.options or self.gap)):
            return False
        if chapter and len(words) <= _MOST_HEADING and not _LABEL.match(words):
            self._close()
            self.topic, self.kind, self.foreign, self.in_key = chapter[1].strip() or words, None, "", False
            return True
        named = (numbered[1] if numbered else words.strip("【】[]# ")).strip()
        kind = re.split(r"[（(:：,，。\s]", named, maxsplit=1)[0]
        if not (numbered or kind == named) or not (known := notation.kind_of(kind)):
            return bool(numbered and notation.is_foreign_kind(kind) and self._foreign(kind))
        if len(kind) < 2 or kind.isascii():
            return False
        self._close()
        self.kind, self.foreign, self.in_key = known, "", False
        return True

    def _foreign(self, named: str) -> bool:
        self._close()
        self.kind, self.foreign, self.in_key = None, one_line(named), False
        return True

    def _key(self, line: str) -> bool:
        """Take a line of a key that stands behind all questions: 1.B 2.C, or 1-5 ABCDA."""
        plain = unicodedata.normalize("NFKC", line).strip()
        head = re.fullmatch(r"(?:参考|标准|正确)?答案\s*(?:表|汇总|及解析)?\s*[:：]?", plain)
        own = self.open.number if self.open and _waits(self.open) else None
        waiting = len(self.waiting) + (own is not None)
        if head and (self.gap or self._answered()) and waiting > 1:
            self._close()
            self.in_key = True
            return True
        text = re.sub(r"^(?:参考|标准|正确)?答案\s*[:：]\s*", "", plain)
        if not self.in_key and (waiting < 2 or text == plain):
            return False
        entries = _key_entries(text)
        if not entries or (
            not self.in_key and (len(entries) < 2 or not any(one in self.waiting or one == own for one in entries))
        ):
            return False
        self._close()
        for number, answer in entries.items():
            if number in self.waiting:
                self.waiting.pop(number).fields["answer"] = [answer]
        return True

    # Ends

    def _close(self) -> None:
        if self.open is not None:
            self.done.append(self.open)
            if len(self.done) > 2 * MOST_QUESTIONS:
                raise TooManyQuestions
            if _waits(self.open):
                self.waiting[self.open.number] = self.open
            self.open = None

    def _build(self, question: _Open) -> None:
        said = {known: _joined(lines) for known, lines in question.fields.items()}
        place = _("question %(number)d, line %(line)d") % {"number": question.number or 0, "line": question.line}
        if question.number is None:
            place = _("line %(line)d") % {"line": question.line}
        alone = question.number is None and not question.options and set(said) <= {"stem"}
        if alone and not notation.answer_inside(said.get("stem", ""))[1]:
            words = _("No question begins here: left out.")
            self.gathering.leave(place, _("text “%(begin)s”") % {"begin": one_line(said["stem"])[:40]}, words)
            return
        answer = said.get("answer", "") or "".join(LETTERS[place] for place in question.starred)
        build(
            Draft(
                place=place,
                kind=question.kind or said.get("kind", ""),
                default_kind=question.default_kind,
                stem=piece(said.get("stem", "")),
                options=[piece(_joined(lines)) for lines in question.options],
                partners=[piece(_joined(lines)) for lines in question.partners],
                answer=answer,
                explanation=said.get("explanation", ""),
                topic=said.get("topic", "") or question.topic,
                difficulty=said.get("difficulty", ""),
                tags=said.get("tags", ""),
                source=said.get("source", ""),
            ),
            self.gathering,
        )


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter).upper()


def _joined(lines: Iterable[str]) -> str:
    return tidy("\n".join(lines))


def _waits(question: _Open) -> bool:
    return question.number is not None and "answer" not in question.fields


def _more_options(text: str, place: int) -> list[str]:
    """Return the words of an option and of those that follow on the same line."""
    found = []
    while place < len(LETTERS):
        letter = LETTERS[place]
        wide = chr(ord(letter) + 0xFEE0)
        marker = re.search(
            rf"(?:[\s\u3000;；。]|(?<=[）)]))[（(]?[{letter}{letter.lower()}{wide}]\s*[.．、:：)）]\s*", text
        )
        if not marker:
            break
        found.append(text[: marker.start()])
        text, place = text[marker.end() :], place + 1
    return [one.strip(" \u3000;；") for one in [*found, text]]


def _key_entries(text: str) -> dict[int, str]:
    """Return the answers of a line of a key by number; nothing when other words stand there."""
    found: dict[int, str] = {}
    rest = text
    for entry in _KEY_RANGE.finditer(text):
        letters = [one for one in entry[3] if not one.isspace()]
        first, last = int(entry[1]), int(entry[2])
        if last - first + 1 == len(letters):
            found |= dict(zip(range(first, last + 1), letters, strict=True))
            rest = rest.replace(entry[0], " ", 1)
    for entry in _KEY_ENTRY.finditer(rest):
        found[int(entry[1])] = entry[2]
    rest = _KEY_ENTRY.sub("", rest)
    return {} if re.search(r"[^\s,，;；、。:：]", rest) else found
