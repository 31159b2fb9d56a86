"""Questions as plain text that people read and `plain` reads again; its labels are always the Chinese ones."""

from collections.abc import Iterable

from fenjin.quiz.formats import notation
from fenjin.quiz.formats.incoming import Incoming, Reading, Written
from fenjin.quiz.formats.names import DIFFICULTIES, KINDS, TRUTH
from fenjin.quiz.formats.notation import LETTERS
from fenjin.quiz.formats.plain import read_plain
from fenjin.quiz.formats.telling import write_told
from fenjin.quiz.kinds import Kind


def write_plain(questions: Iterable[Incoming]) -> Written:
    """Return questions as text (UTF-8 with its mark, so that Windows shows it rightly)."""
    return write_told(questions, kinds=frozenset(Kind), write_one=_one, read=_read, join=_join)


def _read(text: str) -> Reading:
    return read_plain(text.replace("0.", "1.", 1).encode())


def _join(parts: list[str]) -> bytes:
    numbered = (part.replace("0.", f"{number}.", 1) for number, part in enumerate(parts, start=1))
    return ("\ufeff" + "\n".join(numbered)).encode()


def _one(question: Incoming) -> str:
    content = question.content
    lines = [f"0. 【{KINDS[content.kind][0]}】{content.stem.text}"]
    lines += [f"{letter}. {one.text}" for letter, one in zip(LETTERS, content.options, strict=False)]
    lines += [f"配对{number}：{one.text}" for number, one in enumerate(content.partners, start=1)]
    lines.append(f"答案：{_answer(question)}")
    lines += [f"解析：{question.explanation}"] if question.explanation else []
    lines += [f"知识点：{question.topic}"] if question.topic else []
    lines += [f"难度：{DIFFICULTIES[question.difficulty][0]}"] if question.difficulty else []
    lines += [f"标签：{'、'.join(question.tags)}"] if question.tags else []
    source = f"{question.source_words} {question.source_link}".strip()
    lines += [f"出处：{source}"] if source else []
    return "\n".join(lines) + "\n"


def _answer(question: Incoming) -> str:
    if question.content.kind is Kind.TRUE_FALSE:
        return TRUTH[question.content.right[0]][0]
    return notation.written_answer(question.content)
