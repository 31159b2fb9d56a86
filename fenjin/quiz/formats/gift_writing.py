"""Questions as GIFT."""

import re
from collections.abc import Iterable
from typing import Final

from fenjin.quiz.formats.gift import ESCAPED, read_text
from fenjin.quiz.formats.incoming import Incoming, Written, with_source
from fenjin.quiz.formats.telling import write_told
from fenjin.quiz.kinds import TRUE, Content, Kind

KINDS: Final = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.FILL, Kind.MATCHING})
_SIGNS: Final = re.compile(f"[{re.escape(ESCAPED)}]")


def write_gift(questions: Iterable[Incoming]) -> Written:
    """Return questions as GIFT; each is read again, and what would come back otherwise is told."""
    return write_told(questions, kinds=KINDS, write_one=_one, read=read_text, join=_join)


def _join(parts: list[str]) -> bytes:
    """Join questions; a category stands once before all that follow it."""
    lines, category = [], ""
    for part in parts:
        head, _break, rest = part.partition("\n\n")
        lines.append(rest if head == category else part)
        category = head
    return "\n".join(lines).encode()


def _one(question: Incoming) -> str:
    content = question.content
    topic = question.topic.replace("/", "//")
    category = f"$CATEGORY: $course$/top{f'/{topic}' if topic else ''}"
    tags = [*question.tags, *([f"difficulty:{question.difficulty}"] if question.difficulty else [])]
    comment = "// " + " ".join(f"[tag:{re.sub(r'([\]\\])', r'\\\1', tag)}]" for tag in tags) + "\n" if tags else ""
    explanation = with_source(question)
    general = f"\n####{_escaped(explanation)}" if explanation else ""
    return f"{category}\n\n{comment}[plain]{_escaped(content.stem.text)}{{{_answers(content)}{general}}}\n"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _answers(content: Content) -> str:
    match content.kind:
        case Kind.TRUE_FALSE:
            return "TRUE" if content.right == (TRUE,) else "FALSE"
        case Kind.FILL:
            return _accepted(content)
        case Kind.MATCHING:
            return _pairs(content)
    several = content.kind is Kind.MULTIPLE
    share = f"{100 / len(content.right):.5f}".rstrip("0").rstrip(".")
    lines = []
    for place, option in enumerate(content.options):
        right = place in content.right
        sign = (f"~%{share}%" if right else "~%-100%") if several else "=" if right else "~"
        lines.append(f"\n{sign}{_escaped(option.text)}")
    return "".join(lines) + "\n"


def _accepted(content: Content) -> str:
    numbers = [one for one in content.accepted if one.number is not None]
    if len(numbers) == len(content.accepted):
        return "#" + "".join(f"\n={one.number:f}:{one.tolerance:f}" for one in numbers) + "\n"
    return "".join(f"\n={_escaped(one.text)}" for one in content.accepted) + "\n"


def _pairs(content: Content) -> str:
    spare = [partner for place, partner in enumerate(content.partners) if place not in content.right]
    lines = [
        f"\n={_escaped(left.text)} -> {_escaped(content.partners[right].text)}"
        for left, right in zip(content.options, content.right, strict=True)
    ]
    return "".join([*lines, *(f"\n= -> {_escaped(partner.text)}" for partner in spare)]) + "\n"
