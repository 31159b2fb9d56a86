"""What a format cannot hold is told before the file is given away, and proved by reading back what was written."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from fenjin.kit.errors import Refusal
from fenjin.quiz.formats.incoming import Incoming, Reading, Unmapped, Written
from fenjin.quiz.formats.notation import kind_words
from fenjin.quiz.kinds import Content, Kind, Piece

_AROUND = ("topic", "difficulty", "tags", "explanation", "source_words", "source_link")


def write_told(
    questions: Iterable[Incoming],
    *,
    kinds: frozenset[Kind],
    write_one: Callable[[Incoming], str],
    read: Callable[[str], Reading],
    join: Callable[[list[str]], bytes],
    around: frozenset[str] = frozenset(_AROUND),
    pictures: bool = False,
) -> Written:
    """Write each question that the format holds; each is read again, and what comes back otherwise is told.

    `around`: what the format keeps beside the question itself.
    """
    unmapped: list[Unmapped] = []
    parts: list[str] = []
    for question in questions:
        kept, told = fitted(question, kinds, around, pictures=pictures)
        unmapped += told
        if kept is None:
            continue
        text = write_one(kept)
        changed = difference(kept, read_again(text, read))
        if changed == "content":
            words = _("Its signs would be read as something else in this format: left out.")
            unmapped.append(Unmapped(question.place, _("question"), words))
            continue
        if changed:
            unmapped.append(Unmapped(question.place, field_words()[changed], _("Comes back changed in this format.")))
        parts.append(text)
    return Written(join(parts), len(parts), tuple(unmapped))


def field_words() -> dict[str, str]:
    """Return what the things around a question are called."""
    return {
        "topic": _("topic"),
        "difficulty": _("difficulty"),
        "tags": _("tags"),
        "explanation": _("explanation"),
        "source_words": _("source"),
        "source_link": _("link to the source"),
    }


def fitted(
    question: Incoming, kinds: frozenset[Kind], around: frozenset[str], *, pictures: bool
) -> tuple[Incoming | None, list[Unmapped]]:
    """Return a question without what the format has no place for (None: for all of it), and what that is."""
    told: list[Unmapped] = []
    content = question.content
    if content.kind not in kinds:
        words = _("This format has no such kind of question: left out.")
        return None, [Unmapped(question.place, kind_words()[content.kind], words)]
    if not pictures and has_pictures(content):
        if any(not one.text for one in (content.stem, *content.options, *content.partners)):
            words = _("The question cannot be asked without its pictures: left out.")
            return None, [Unmapped(question.place, _("picture"), words)]
        told.append(Unmapped(question.place, _("picture"), _("This format has no pictures: written without.")))
        content = without_pictures(content)
        question = replace(question, content=content, pictures=())
    empty = Incoming("", content)
    for name in _AROUND:
        if name not in around and getattr(question, name) != getattr(empty, name):
            told.append(Unmapped(question.place, field_words()[name], _("This format has no place for it.")))
            question = replace(question, **{name: getattr(empty, name)})
    return question, told


def has_pictures(content: Content) -> bool:
    """Say whether a picture stands anywhere in a question."""
    return any(one.picture is not None for one in (content.stem, *content.options, *content.partners))


def without_pictures(content: Content) -> Content:
    """Return a question with its words only."""
    return replace(
        content,
        stem=Piece(content.stem.text),
        options=tuple(Piece(one.text) for one in content.options),
        partners=tuple(Piece(one.text) for one in content.partners),
    )


def read_again(text: str, read: Callable[[str], Reading]) -> Incoming | None:
    """Return the one question of a text, or nothing when it is not read as exactly one."""
    try:
        reading = read(text)
    except Refusal:
        return None
    return reading.questions[0] if len(reading.questions) == 1 and not reading.faults else None


def difference(one: Incoming, other: Incoming | None) -> str:
    """Return the name of what two questions differ in: "content", a thing around it, or nothing."""
    if other is None or shape(one) != shape(other):
        return "content"
    return next((name for name in _AROUND if getattr(one, name) != getattr(other, name)), "")


def shape(question: Incoming) -> tuple[object, ...]:
    """Return all that makes a question what it is: pictures by their bytes, partners by whose they are."""

    def seen(piece: Piece) -> tuple[str, bytes | int | None]:
        inside = piece.picture is not None and -len(question.pictures) <= piece.picture < 0
        return piece.text, question.pictures[-1 - (piece.picture or 0)].data if inside else piece.picture

    content = question.content
    options, partners = [seen(one) for one in content.options], [seen(one) for one in content.partners]
    if content.kind is not Kind.MATCHING:
        return content.kind, seen(content.stem), options, partners, content.right, content.accepted
    pairs = [(left, partners[right]) for left, right in zip(options, content.right, strict=True)]
    spare = {partner for place, partner in enumerate(partners) if place not in content.right}
    return content.kind, seen(content.stem), pairs, spare
