"""Questions for everybody's tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.quiz import uploads
from fenjin.quiz.kinds import Accepted, Content, Kind, Piece
from fenjin.quiz.models import Question, Topic
from fenjin.quiz.services import Filed, Written, add_question, add_topic, approve, send_to_review

_numbers = count(1)


def pieces(*texts: str) -> tuple[Piece, ...]:
    """Return pieces of words alone."""
    return tuple(map(Piece, texts))


def content(kind: str = "single", stem: str = "", **changes: Any) -> Content:
    """Return a question of a kind that can be asked."""
    number = next(_numbers)
    made: dict[str, dict[str, Any]] = {
        "single": {"options": pieces("先断电", "先泼水", "先喊人", "先拍照"), "right": (0,)},
        "multiple": {"options": pieces("安全帽", "拖鞋", "防护镜"), "right": (0, 2)},
        "true_false": {"right": (0,)},
        "fill": {"accepted": (Accepted("119"), Accepted("火警电话"))},
        "ordering": {"options": pieces("报告", "隔离", "检测", "进入")},
        "matching": {"options": pieces("红", "黄"), "partners": pieces("警告", "禁止", "指令"), "right": (1, 0)},
    }
    return Content(Kind(kind), Piece(stem or f"第{number}题该怎么做？"), **(made[kind] | changes))


def make_topic(*, space_id: int = GROUP_SPACE, name: str = "", actor: Any = None) -> Topic:
    """Return a new topic of a bank."""
    with every_space(Reason.TEST):
        return add_topic(actor=actor, space_id=space_id, name=name or f"知识点{next(_numbers)}")


def make_question(
    kind: str = "single",
    stem: str = "",
    *,
    space_id: int = GROUP_SPACE,
    actor: Any = None,
    explanation: str = "",
    filed: Filed | None = None,
    waiting: bool = False,
    approved: bool = False,
    **changes: Any,
) -> Question:
    """Return a new question: a draft, `waiting` for review, or `approved` by nobody in particular."""
    written = Written(content(kind, stem, **changes), explanation=explanation, source_words="安全规程")
    with every_space(Reason.TEST):
        question = add_question(actor=actor, space_id=space_id, written=written, filed=filed)
        if waiting or approved:
            send_to_review(actor=actor, question=question)
        if approved:
            approve(actor=None, question=question, number=1)
        question.refresh_from_db()
    return question


def furnish(world: Any) -> None:
    """Give a world questions with its marker: a draft with a picture that waits, and one that is approved."""
    text = world.term.word
    topic = _topic_of(world)
    filed = Filed(topic_id=topic.pk, tags=(text[:8],))
    drawn = Piece(f"{text} question", picture=world.picture.pk)
    make_question(
        space_id=world.space.pk, actor=world.editor, waiting=True, filed=filed, stem=f"{text} waits", explanation=text
    )
    make_question("multiple", f"{text} ready", space_id=world.space.pk, actor=world.editor, approved=True, filed=filed)
    options = (drawn, Piece(f"{text} option"))
    make_question(space_id=world.space.pk, actor=world.editor, options=options, stem=f"{text} drawn", filed=filed)


def _question_of(world: Any) -> Question:
    with every_space(Reason.TEST):
        found = Question.objects.filter(space=world.space.pk).order_by("pk").first()
    return found or make_question(
        space_id=world.space.pk, actor=world.editor, waiting=True, stem=f"{world.term.word} sample"
    )


def _topic_of(world: Any) -> Topic:
    with every_space(Reason.TEST):
        found = Topic.objects.filter(space=world.space.pk).order_by("pk").first()
    return found or make_topic(space_id=world.space.pk, name=world.term.word[:30], actor=world.editor)


def _sample(world: Any) -> dict[str, Any]:
    return {"pk": _question_of(world).pk}


def keep_file(actor: Any, space_id: int, words: str) -> str:
    """Keep a small file of questions as somebody brought it, and return the name under which it waits."""
    text = f"1. {words} one\nA. {words} a\nB. {words} b\n答案：B\n"
    return uploads.put(uploads.Kept(actor.pk, space_id, "bank.txt", "text"), text.encode())


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "quiz_desk:question": _sample,
    "quiz_desk:question_edit": _sample,
    "quiz_desk:question_act": _sample,
    "quiz_desk:question_judge": _sample,
    "quiz_desk:question_compare": lambda world: _sample(world) | {"before": 1, "after": 1},
    "quiz_desk:import_file": lambda world: {"name": keep_file(world.editor, world.space.pk, world.term.word)},
    "quiz_desk:topic": lambda world: {"pk": _topic_of(world).pk},
    "quiz_desk:topic_act": lambda world: {"pk": _topic_of(world).pk},
}
