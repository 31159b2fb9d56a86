"""Moodle XML, as Moodle 1.9 to 5 export it: categories, pictures, fractions; what has no place here is named."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from fenjin.quiz.formats.incoming import (
    LARGEST,
    BankDamaged,
    BankTooLarge,
    Gathering,
    Incoming,
    OtherFormat,
    Reading,
    one_line,
    piece,
    split_source,
)  # fmt: skip
from fenjin.quiz.formats.markup import Pictures, looks_like_html, read_html
from fenjin.quiz.formats.notation import difficulty_of
from fenjin.quiz.kinds import FALSE, TRUE, Accepted, Content, Kind, Piece, number_in

_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SLASH: Final = re.compile(r"(?<!/)/(?!/)")
_HIDDEN_TOPICS: Final = {"", "top", "$course$", "$system$", "$category$", "$module$", "$cat1$", "default", "默认"}
_HIDDEN_TOPIC: Final = re.compile(r"^(?:\$.*\$|top|default for .*|.*的默认(?:类别|分类)?|.*默认值)$", re.IGNORECASE)
DIFFICULTY_TAG: Final = re.compile(r"(?:difficulty|难度)\s*[:：=-]\s*(.+)", re.IGNORECASE)
# What stands in a question and says nothing that a bank must keep.
_QUIET: Final = {
    "name", "questiontext", "generalfeedback", "answer", "subquestion", "single", "shuffleanswers", "answernumbering",
    "tags", "hidden", "penalty", "defaultgrade", "idnumber", "usecase", "showstandardinstruction", "unitgradingtype",
    "unitpenalty", "showunits", "unitsleft", "image", "image_base64", "correctfeedback", "partiallycorrectfeedback",
    "incorrectfeedback", "shownumcorrect", "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading",
    "numberingstyle", "editor", "text", "format", "shuffleoptions", "length", "status", "version",
}  # fmt: skip
_STOCK: Final = {
    "", "your answer is correct", "your answer is partially correct", "your answer is incorrect", "回答正确",
    "部分正确", "回答错误", "您的答案是正确的", "您的答案部分正确", "您的答案不正确",
}  # fmt: skip
_FEEDBACKS: Final = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_moodle(data: bytes) -> Reading:
    """Return the questions of a Moodle XML file. Raises UnreadableBank of some kind."""
    if len(data) > LARGEST:
        raise BankTooLarge
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _CONTROLS.sub(b"", data).lstrip()
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BankDamaged from error
    if root.tag != "quiz":
        raise OtherFormat(_("This is XML, and none of Moodle. Export the questions as Moodle XML."))
    gathering, topic = Gathering(), ""
    for number, element in enumerate((one for one in root if one.tag == "question"), start=1):
        if element.get("type") == "category":
            topic = topic_of(_text(element.find("category")))
        else:
            _Question(element, number, topic, gathering).read()
    return gathering.done()


def topic_of(path: str) -> str:
    """Return the last part of a category that somebody named: $course$/top/安全/消防 is 消防."""
    parts = [part.replace("//", "/").strip() for part in _SLASH.split(path)]
    named = [part for part in parts if part and not _HIDDEN_TOPIC.match(part) and part.lower() not in _HIDDEN_TOPICS]
    return named[-1] if named else ""


def _text(element: Element | None) -> str:
    """Return what stands in <text>, or in the element itself."""
    if element is None:
        return ""
    inner = element.find("text")
    whole = inner if inner is not None else element
    return "".join(whole.itertext())


class NotOurs(ValueError):
    """The question cannot be mapped: its name, and why."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name)
        self.name, self.words = name, words


class _Question:
    def __init__(self, element: Element, number: int, topic: str, gathering: Gathering) -> None:
        self.element, self.topic, self.gathering = element, topic, gathering
        self.title = one_line(_text(element.find("name")))
        self.place = _("question %(number)d") % {"number": number} + (f" “{self.title[:40]}”" if self.title else "")
        self.pictures = Pictures(self._tell)

    def _tell(self, name: str, words: str) -> None:
        self.gathering.leave(self.place, name, words)

    def read(self) -> None:
        """Take the question in, or name what it is."""
        kind = self.element.get("type", "")
        build = self._builders().get(kind)
        if build is None:
            self._tell(kind or _("no type"), _("There is no such kind of question here: left out."))
            return
        try:
            content = build()
        except NotOurs as reason:
            self._tell(reason.name, reason.words)
            return
        explanation, words, link = split_source(self._words(self.element.find("generalfeedback")))
        tags, difficulty = read_tags([_text(tag) for tag in self.element.findall("tags/tag")])
        self._name_the_rest()
        self.gathering.take(
            Incoming(
                self.place, content, self.topic, difficulty, tags, explanation, words, link, tuple(self.pictures.kept)
            )
        )

    def _builders(self) -> dict[str, Callable[[], Content]]:
        return {
            "multichoice": self._choice,
            "multichoiceset": self._choice,
            "truefalse": self._statement,
            "shortanswer": self._words_to_fill,
            "numerical": self._number_to_fill,
            "matching": self._matching,
            "ddmatch": self._matching,
            "ordering": self._ordering,
        }

    # Texts

    def _piece(self, element: Element | None) -> Piece:
        """Return a text with its picture, whatever it was written in."""
        if element is None:
            return Piece()
        source, form = _text(element), element.get("format", "html")
        if form == "markdown" and source.strip():
            self._tell(_("Markdown"), _("Its signs stand as they were typed."))
        if form in ("plain_text", "markdown") and not looks_like_html(source):
            return piece(source)
        if "<" not in source and "&" not in source:  # typed without HTML: its line breaks count
            source = source.strip().replace("\n", "<br>")
        return read_html(source, self.pictures, dict(_files(element)))

    def _words(self, element: Element | None) -> str:
        """Return a text that has no picture here."""
        found = self._piece(element)
        if found.picture is not None:
            self._tell(_("picture in the explanation"), _("An explanation is words: left out."))
        return found.text

    def _stem(self) -> Piece:
        stem = self._piece(self.element.find("questiontext"))
        old = self.element.findtext("image_base64") or ""
        if stem.picture is None and old.strip() and (content := _decoded(old)):  # Moodle 1.9
            stem = Piece(stem.text, self.pictures.add(self.element.findtext("image") or "picture", content))
        return stem

    def _answers(self) -> list[tuple[Element, Decimal]]:
        found = [(answer, _fraction(answer)) for answer in self.element.findall("answer")]
        if any(_text(answer.find("feedback")).strip() for answer, _share in found):
            self._tell(_("feedback on single answers"), _("A question has one explanation: left out."))
        return found

    # Kinds

    def _choice(self) -> Content:
        answers = self._answers()
        single = (self.element.findtext("single") or "true").strip().lower() in ("true", "1")
        if self.element.get("type") == "multichoiceset":
            single = False
        options = tuple(self._piece(answer) for answer, _share in answers)
        shares = [share for _answer, share in answers]
        if single and any(0 < share < 100 for share in shares):
            self._tell(_("points for half right answers"), _("An answer is right or wrong: only the best one counts."))
        if single:
            right = [place for place, share in enumerate(shares) if share >= 100]
        else:
            right = [place for place, share in enumerate(shares) if share > 0]
            if len({shares[place] for place in right}) > 1:
                self._tell(_("points of different size"), _("All right options count the same."))
        stem = self._stem()
        return Content(Kind.SINGLE if single else Kind.MULTIPLE, stem, options, right=tuple(right))

    def _statement(self) -> Content:
        answers = self._answers()
        right = {_text(answer).strip().lower(): share for answer, share in answers}
        said = TRUE if right.get("true", Decimal(0)) > right.get("false", Decimal(0)) else FALSE
        if set(right) != {"true", "false"} or right["true"] == right["false"]:
            raise NotOurs("truefalse", _("It does not say which answer is right: left out."))
        return Content(Kind.TRUE_FALSE, self._stem(), right=(said,))

    def _words_to_fill(self) -> Content:
        found: list[Accepted] = []
        for answer, share in self._answers():
            words = one_line(_text(answer))
            if share < 100:
                self._tell(_("answer “%(words)s”") % {"words": words}, _("It is not wholly right: left out."))
            elif re.search(r"(?<!\\)\*", words):
                self._tell(_("pattern “%(words)s”") % {"words": words}, _("Answers are whole words here: left out."))
            else:
                found.append(Accepted(words.replace("\\*", "*")))
        if (self.element.findtext("usecase") or "0").strip() == "1":
            self._tell(_("capital letters"), _("Capital and small letters count the same here."))
        return Content(Kind.FILL, self._stem(), accepted=tuple(found))

    def _number_to_fill(self) -> Content:
        found: list[Accepted] = []
        for answer, share in self._answers():
            words = one_line(_text(answer))
            number, off = plain_number(words), plain_number(answer.findtext("tolerance") or "0")
            if share < 100 or number is None or off is None:
                self._tell(
                    _("answer “%(words)s”") % {"words": words}, _("It is not wholly right, or no number: left out.")
                )
            else:
                found.append(Accepted(number=number, tolerance=abs(off)))
        for unit in self.element.findall("units/unit"):
            name = one_line(unit.findtext("unit_name") or "")
            self._tell(
                _("unit “%(name)s”") % {"name": name}, _("Only the number is asked for: name the unit in the question.")
            )
        return Content(Kind.FILL, self._stem(), accepted=tuple(found))

    def _matching(self) -> Content:
        lefts: list[Piece] = []
        rights: list[Piece] = []
        partners: list[Piece] = []
        for pair in self.element.findall("subquestion"):
            left, partner = self._piece(pair), self._piece(pair.find("answer"))
            if left.text or left.picture is not None:
                lefts.append(left)
                rights.append(partner)
            elif partner not in partners and partner.text:
                partners.append(partner)
        if len(set(rights)) < len(rights):
            raise NotOurs(
                _("matching with one partner for several"), _("Every option has a partner of its own here: left out.")
            )
        spare = [partner for partner in partners if partner not in rights]
        return Content(Kind.MATCHING, self._stem(), tuple(lefts), (*rights, *spare), tuple(range(len(lefts))))

    def _ordering(self) -> Content:
        options = [self._piece(answer) for answer in self.element.findall("answer")]
        return Content(Kind.ORDERING, self._stem(), tuple(options))

    # What else stands there

    def _name_the_rest(self) -> None:
        for one in self.element:
            if one.tag in _FEEDBACKS and not _is_stock(_text(one)):
                self._tell(one.tag, _("A question has one explanation: left out."))
            elif one.tag == "hint" and _text(one).strip():
                self._tell("hint", _("There are no hints here: left out."))
            elif one.tag not in _QUIET and one.tag not in ("hint", "units") and (_text(one).strip() or len(one)):
                self._tell(one.tag, _("Nothing here has this meaning: left out."))
        grade = plain_number(self.element.findtext("defaultgrade") or "1")
        if grade not in (None, Decimal(1)):
            self._tell(_("points"), _("The campaign gives the points, not the question."))


def plain_number(text: str) -> Decimal | None:
    """Return a number as Moodle writes one, without zeros at its end."""
    plain = text.strip()
    number = number_in(plain)
    if number is None and re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,30})?|[+-]?\d(\.\d{1,15})?[eE][+-]?\d{1,2}", plain):
        number = Decimal(f"{Decimal(plain):.10f}")
    return number.normalize() + 0 if number is not None else None


def read_tags(tags: list[str]) -> tuple[tuple[str, ...], int | None]:
    """Return the tags without the one that says the difficulty, and the difficulty."""
    difficulty = None
    kept = []
    for tag in map(one_line, tags):
        found = DIFFICULTY_TAG.fullmatch(tag)
        level = difficulty_of(found[1]) if found else None
        if level is None:
            kept.append(tag)
        else:
            difficulty = level
    return tuple(kept), difficulty


def _fraction(answer: Element) -> Decimal:
    text = (answer.get("fraction") or "0").strip()
    return Decimal(text) if re.fullmatch(r"-?\d{1,3}(\.\d{1,10})?", text) else Decimal(0)


def _files(element: Element) -> Iterator[tuple[str, bytes]]:
    for file in element.findall("file"):
        if file.get("encoding") == "base64" and (content := _decoded("".join(file.itertext()))):
            yield file.get("name", ""), content


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"\s", "", text), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_stock(text: str) -> bool:
    """Say whether a feedback is one that Moodle itself puts into every question."""
    plain = one_line(re.sub(r"<[^>]*>", "", text)).strip(" .。!！").lower()
    return plain in _STOCK
