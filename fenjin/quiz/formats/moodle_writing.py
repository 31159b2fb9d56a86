"""Questions as Moodle XML, with their pictures inside."""

import base64
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from fenjin.quiz.formats.incoming import Embedded, Incoming, Reading, Unmapped, Written, with_source
from fenjin.quiz.formats.markup import as_html
from fenjin.quiz.formats.moodle import read_moodle
from fenjin.quiz.formats.notation import kind_words
from fenjin.quiz.formats.telling import difference, field_words, read_again
from fenjin.quiz.kinds import TRUE, Content, Kind, Piece

_TYPES: Final = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "matching",
}


def write_moodle(questions: Iterable[Incoming]) -> Written:
    """Return questions as Moodle XML; each is read again, and what would come back otherwise is told."""
    unmapped: list[Unmapped] = []
    parts: list[bytes] = []
    topic = ""
    for question in questions:
        if _is_mixed(question.content):
            words = _("Words and numbers together, or more than one tolerance, are two kinds in Moodle: left out.")
            unmapped.append(Unmapped(question.place, kind_words()[Kind.FILL], words))
            continue
        category = _category(question.topic)
        element = tostring(_question(question), encoding="utf-8", xml_declaration=False)
        changed = difference(question, read_again((category + element).decode(), _read))
        if changed == "content":
            words = _("This format cannot hold it as it is: left out.")
            unmapped.append(Unmapped(question.place, _("question"), words))
            continue
        if changed:
            unmapped.append(Unmapped(question.place, field_words()[changed], _("Comes back changed in this format.")))
        parts += [category] if question.topic != topic else []
        parts.append(element)
        topic = question.topic
    count = sum(1 for part in parts if not part.startswith(b'<question type="category"'))
    return Written(_whole(parts), count, tuple(unmapped))


def _read(text: str) -> Reading:
    return read_moodle(_whole([text.encode()]))


def _whole(parts: list[bytes]) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + b"\n".join(parts) + b"\n</quiz>\n"


def _is_mixed(content: Content) -> bool:
    numbers = sum(one.number is not None for one in content.accepted)
    return 0 < numbers < len(content.accepted)


def _category(topic: str) -> bytes:
    element = Element("question", type="category")
    path = "$course$/top" + (f"/{topic.replace('/', '//')}" if topic else "")
    SubElement(SubElement(element, "category"), "text").text = path
    return tostring(element, encoding="utf-8", xml_declaration=False)


def _question(question: Incoming) -> Element:
    content = question.content
    element = Element("question", type=_type(content))
    SubElement(SubElement(element, "name"), "text").text = " ".join(content.stem.text.split())[:60]
    _text(SubElement(element, "questiontext"), content.stem, question.pictures)
    if words := with_source(question):
        _text(SubElement(element, "generalfeedback"), Piece(words), ())
    SubElement(element, "defaultgrade").text = "1"
    _ANSWERS[content.kind](element, question)
    tags = SubElement(element, "tags")
    for tag in (*question.tags, *([f"difficulty:{question.difficulty}"] if question.difficulty else [])):
        SubElement(SubElement(tags, "tag"), "text").text = tag
    return element


def _type(content: Content) -> str:
    if content.kind is Kind.FILL:
        return "numerical" if content.accepted[0].number is not None else "shortanswer"
    return _TYPES[content.kind]


def _text(parent: Element, words: Piece, pictures: tuple[Embedded, ...]) -> None:
    """Write a text as HTML, and its picture beside it."""
    parent.set("format", "html")
    if words.picture is None:
        SubElement(parent, "text").text = as_html(words.text)
        return
    picture = pictures[-1 - words.picture]
    name = f"picture{-words.picture}{PurePath(picture.name).suffix[:8]}"
    SubElement(parent, "text").text = as_html(words.text, f"@@PLUGINFILE@@/{name}")
    file = SubElement(parent, "file", name=name, path="/", encoding="base64")
    file.text = base64.b64encode(picture.data).decode()


def _answer(parent: Element, words: Piece, share: str, pictures: tuple[Embedded, ...] = ()) -> Element:
    answer = SubElement(parent, "answer", fraction=share)
    _text(answer, words, pictures)
    return answer


def _choice(element: Element, question: Incoming) -> None:
    content = question.content
    single = content.kind is Kind.SINGLE
    SubElement(element, "single").text = "true" if single else "false"
    SubElement(element, "shuffleanswers").text = "true"
    SubElement(element, "answernumbering").text = "ABCD"
    share = f"{100 / len(content.right):.5f}".rstrip("0").rstrip(".")
    for place, option in enumerate(content.options):
        _answer(element, option, share if place in content.right else "0" if single else "-100", question.pictures)


def _statement(element: Element, question: Incoming) -> None:
    for word, right in (("true", question.content.right == (TRUE,)), ("false", question.content.right != (TRUE,))):
        answer = SubElement(element, "answer", fraction="100" if right else "0", format="moodle_auto_format")
        SubElement(answer, "text").text = word


def _fill(element: Element, question: Incoming) -> None:
    for one in question.content.accepted:
        answer = SubElement(element, "answer", fraction="100", format="moodle_auto_format")
        number = one.number is not None
        SubElement(answer, "text").text = f"{one.number:f}" if number else one.text.replace("*", "\\*")
        if number:
            SubElement(answer, "tolerance").text = f"{one.tolerance:f}"
    if question.content.accepted[0].number is None:
        SubElement(element, "usecase").text = "0"


def _ordering(element: Element, question: Incoming) -> None:
    for number, option in enumerate(question.content.options, start=1):
        _answer(element, option, str(number), question.pictures)


def _matching(element: Element, question: Incoming) -> None:
    content = question.content
    spare = [partner for place, partner in enumerate(content.partners) if place not in content.right]
    pairs = [(left, content.partners[right]) for left, right in zip(content.options, content.right, strict=True)]
    for left, right in [*pairs, *((Piece(), partner) for partner in spare)]:
        pair = SubElement(element, "subquestion")
        _text(pair, left, question.pictures)
        SubElement(SubElement(pair, "answer"), "text").text = right.text
    SubElement(element, "shuffleanswers").text = "true"


_ANSWERS: Final = {
    Kind.SINGLE: _choice,
    Kind.MULTIPLE: _choice,
    Kind.TRUE_FALSE: _statement,
    Kind.FILL: _fill,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _matching,
}
