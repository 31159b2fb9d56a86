"""The demo's question bank: three hundred questions in `questions/`, most approved, some on their way."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import batched
from pathlib import Path
from typing import Any, Final

from fenjin.kit.scope import GROUP_SPACE
from fenjin.quiz.kinds import Accepted, Content, Kind, Piece
from fenjin.quiz.models import Question
from fenjin.quiz.services import (
    Filed,
    Written,
    add_question,
    add_questions,
    add_topic,
    approve_many,
    send_back,
    send_to_review,
)

FOLDER: Final = Path(__file__).parent / "questions"
WAITING: Final = 8  # of the last file; they wait for a second person
ORDER: Final = ("safety", "law", "health", "general")


def fill_bank(writer: Any, approver: Any) -> int:
    """Fill the bank of the group: written by one, approved by the other; return how many questions there are."""
    topics: dict[str, int] = {}
    questions = []
    for topic, written, difficulty, tags in read():
        if topic not in topics:
            topics[topic] = add_topic(actor=writer, space_id=GROUP_SPACE, name=topic).pk
        questions.append((written, Filed(topics[topic], difficulty, tags)))
    made = add_questions(actor=writer, space_id=GROUP_SPACE, questions=questions, send=True)
    for some in batched(made[:-WAITING], 100, strict=False):
        approve_many(actor=approver, questions=dict.fromkeys(some, 1))
    _on_their_way(writer, approver, made[-1], questions[0][1].topic_id)
    return len(made)


def read() -> Iterator[tuple[str, Written, int, tuple[str, ...]]]:
    """Yield topic, question, difficulty and tags of all files."""
    for path in sorted(FOLDER.glob("*.json"), key=lambda path: ORDER.index(path.stem)):
        file = json.loads(path.read_text(encoding="utf-8"))
        for one in file["questions"]:
            texts = {name: one.get(name, "") for name in ("explanation", "source_words", "source_link")}
            yield file["topic"], Written(_content(one), **texts), one["difficulty"], tuple(one["tags"])


def _content(one: dict[str, Any]) -> Content:
    return Content(
        Kind(one["kind"]),
        Piece(one["stem"]),
        options=tuple(map(Piece, one.get("options", ()))),
        partners=tuple(map(Piece, one.get("partners", ()))),
        right=tuple(one.get("right", ())),
        accepted=tuple(map(_accepted, one.get("accepted", ()))),
    )


def _accepted(one: dict[str, str]) -> Accepted:
    if "number" in one:
        return Accepted(number=Decimal(one["number"]), tolerance=Decimal(one.get("tolerance", "0")))
    return Accepted(one["text"])


def _on_their_way(writer: Any, approver: Any, waiting: Question, topic_id: int | None) -> None:
    """Leave a draft, one that was sent back, and one of the approver's that waits for the writer."""
    filed = Filed(topic_id, 1, ("新手",))
    add_question(
        actor=writer, space_id=GROUP_SPACE, written=_draft("进入井口检身房前，手机应当放在哪里？"), filed=filed
    )
    mine = add_question(actor=approver, space_id=GROUP_SPACE, written=_draft("外来人员进厂，由谁陪同？"), filed=filed)
    send_to_review(actor=approver, question=mine)
    send_back(actor=approver, question=waiting, number=1, words="请再核对一遍：有没有把最大的城市写成首都？")


def _draft(stem: str) -> Written:
    options = {
        "进入井口检身房前，手机应当放在哪里？": ("随身带着", "井口存放柜", "交给同事", "矿灯盒里"),
        "外来人员进厂，由谁陪同？": ("门卫", "接待部门的人", "不必陪同", "任何一名员工"),
    }[stem]
    content = Content(Kind.SINGLE, Piece(stem), tuple(map(Piece, options)), right=(1,))
    return Written(content, note="待补充出处。")
