"""Questions between a bank and a file: what a file would bring, and what a bank would give away."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image

from fenjin.media.selectors import bytes_of, pictures_by_id
from fenjin.quiz.alike import Alike, shingles_of, wording_hash
from fenjin.quiz.formats.incoming import Embedded, Incoming, Reading, Unmapped
from fenjin.quiz.kinds import Content, Piece
from fenjin.quiz.models import Question, Topic
from fenjin.quiz.selectors.duplicates import bank_of, known_wordings

_WIDTH: Final = 1080


@dataclass(frozen=True, slots=True)
class Twin:
    """A question of a file that is like another one: of the bank (its number), or earlier in the file (its place)."""

    question: Incoming
    number: int | None
    place: str
    percent: int


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one name that a file holds and that have no place: how often, and where first."""

    name: str
    words: str
    count: int
    places: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What taking a file in would do."""

    reading: Reading
    fresh: tuple[Incoming, ...]  # all that say nothing that is there already
    same: tuple[Twin, ...]
    near: tuple[Twin, ...]
    groups: tuple[Group, ...]
    new_topics: tuple[str, ...]


def try_out(space_id: int, reading: Reading) -> DryRun:
    """Compare a file with a bank; nothing is written."""
    wordings, bank, own = known_wordings(space_id), bank_of(space_id), Alike()
    seen: dict[str, str] = {}
    fresh: list[Incoming] = []
    same: list[Twin] = []
    near: list[Twin] = []
    for place, question in enumerate(reading.questions):
        wording = wording_hash(question.content)
        # Pictures have no number yet: what differs by them alone is not the same.
        known = None if question.pictures else wordings.get(wording)
        if known is not None or (wording in seen and not question.pictures):
            same.append(Twin(question, known, "" if known else seen[wording], 100))
            continue
        seen.setdefault(wording, question.place)
        fresh.append(question)
        shingles = shingles_of(question.content)
        if found := bank.near(shingles, most=1):
            near.append(Twin(question, int(found[0].name), "", _percent(found[0].likeness)))
        elif found := own.near(shingles, most=1):
            near.append(Twin(question, None, reading.questions[int(found[0].name)].place, _percent(found[0].likeness)))
        own.add(place, shingles)
    return DryRun(
        reading, tuple(fresh), tuple(same), tuple(near), grouped(reading.unmapped), _new_topics(space_id, reading)
    )


def _percent(likeness: float) -> int:
    return min(99, int(likeness * 100))


def grouped(unmapped: Sequence[Unmapped]) -> tuple[Group, ...]:
    """Return what has no place by name, the most frequent first."""
    counted = Counter((one.name, one.words) for one in unmapped)
    places: dict[tuple[str, str], list[str]] = {}
    for one in unmapped:
        places.setdefault((one.name, one.words), []).append(one.place)
    return tuple(
        Group(name, words, count, "、".join(dict.fromkeys(places[name, words][:3])))
        for (name, words), count in counted.most_common()
    )


def _new_topics(space_id: int, reading: Reading) -> tuple[str, ...]:
    named = dict.fromkeys(one.topic for one in reading.questions if one.topic)
    known = set(Topic.objects.filter(space=space_id).values_list("name", flat=True))
    return tuple(name for name in named if name not in known)


def outgoing(questions: Sequence[Question]) -> list[Incoming]:
    """Return questions as they leave: the approved version where there is one, with the bytes of its pictures."""
    versions = [(row, row.current or row.newest) for row in questions]
    contents = [(row, version, version.whole) for row, version in versions if version is not None]
    wanted = {number for _row, _version, content in contents for number in _numbers(content)}
    known = {pk: _embedded(pk, picture) for pk, picture in pictures_by_id(wanted).items()} if wanted else {}
    return [
        Incoming(
            place=f"#{row.pk}",
            content=placed,
            topic=row.topic.name if row.topic else "",
            difficulty=row.difficulty,
            tags=tuple(row.tags),
            explanation=version.explanation,
            source_words=version.source_words,
            source_link=version.source_link,
            pictures=pictures,
        )
        for row, version, content in contents
        for placed, pictures in [_with_pictures(content, known)]
    ]


def _numbers(content: Content) -> set[int]:
    return {one.picture for one in _pieces(content) if one.picture is not None}


def _pieces(content: Content) -> tuple[Piece, ...]:
    return (content.stem, *content.options, *content.partners)


def _with_pictures(content: Content, known: dict[int, Embedded]) -> tuple[Content, tuple[Embedded, ...]]:
    numbers = [number for number in sorted(_numbers(content)) if number in known]

    def place(piece: Piece) -> Piece:
        return Piece(piece.text, -1 - numbers.index(piece.picture) if piece.picture in numbers else None)

    placed = Content(
        content.kind,
        place(content.stem),
        tuple(map(place, content.options)),
        tuple(map(place, content.partners)),
        content.right,
        content.accepted,
    )
    return placed, tuple(known[number] for number in numbers)


def _embedded(pk: int, picture: object) -> Embedded:
    """Return a picture as every program reads it: workbooks know no WebP."""
    image = Image.open(io.BytesIO(bytes_of(picture, _WIDTH)))  # type: ignore[arg-type]
    clear = image.mode in ("RGBA", "LA", "P")
    file = io.BytesIO()
    if clear:
        image.convert("RGBA").save(file, "PNG")
    else:
        image.convert("RGB").save(file, "JPEG", quality=88)
    return Embedded(f"{pk}.{'png' if clear else 'jpg'}", file.getvalue())
