"""How people write answers, kinds and difficulty into cells and lines."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from fenjin.quiz.formats import names
from fenjin.quiz.formats.names import word
from fenjin.quiz.kinds import FALSE, TRUE, Accepted, Content, Kind, Piece, normal, number_in

LETTERS: Final = "ABCDEFGHIJ"
_YES = {"对", "正确", "是", "√", "✓", "✔", "☑", "t", "true", "y", "yes", "right", "correct", "1", "r", "v", "ok"}
_NO = {"错", "错误", "否", "不正确", "不对", "×", "x", "✗", "✘", "✕", "╳", "f", "false", "n", "no", "wrong", "0"}
_NO |= {"incorrect", "w"}
_KINDS: Final = {
    Kind.SINGLE: "单选 单选题 单项选择 单项选择题 选择题 选择 单 single singlechoice singleanswer multiplechoicesingle "
    "choice mc multichoice onechoice",
    Kind.MULTIPLE: "多选 多选题 多项选择 多项选择题 不定项 不定项选择 不定项选择题 多 multiple multipleanswer "
    "multiplechoice multiplechoices multiselect multipleresponse severalchoices",
    Kind.TRUE_FALSE: "判断 判断题 是非 是非题 对错 对错题 判断正误 判断对错 truefalse tf true/false trueorfalse "
    "statement judgement judgment",
    Kind.FILL: "填空 填空题 单空填空 fill fillin fillintheblank blank shortanswer numerical fillintheblanks",
    Kind.ORDERING: "排序 排序题 排列 order ordering sequence sorting",
    Kind.MATCHING: "匹配 匹配题 连线 连线题 配对 配对题 match matching pairs",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_FOREIGN = re.compile(
    "简答|问答|论述|名词解释|案例|计算|分析|综合|完[形型]填空|阅读|作文|写作|主观|材料|操作|实操|绘图|听力|翻译|选词|"
    "essay|short essay|cloze|description|open|listening|upload",
    re.IGNORECASE,
)
_DIFFICULTIES = (
    "1 易 简单 容易 较易 低 初级 easy low ★ ☆ 一级 基础",
    "2 中 中等 一般 适中 普通 中级 medium normal middle ★★ 二级",
    "3 难 困难 较难 高 高级 很难 hard difficult high ★★★ 三级",
)
_DIFFICULTY_OF = {word: level for level, words in enumerate(_DIFFICULTIES, start=1) for word in words.split()}
_BETWEEN = re.compile(r"[\s,，、;；|/\\&+和及与.。]+")
_ARROWS = re.compile(r"[\s,，、;；|/>→\-—－–]+")
_PAIR = re.compile(r"([A-J])\s*[-—–－→:：=>]*\s*(\d{1,2})")
_TOLERANCE = re.compile(r"(.+?)\s*[（(]?\s*(?:±|\+/?-|\+－)\s*([\d.,]+)\s*[)）]?")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_UNQUOTED_TEXT = re.compile(r"[^\W_]+")
BLANK: Final = re.compile(r"_{2,}|＿{2,}|[（(]\s*[)）]|【\s*】|\[\s*\]")
_ANSWER_INSIDE = re.compile(r"([（(])\s*([A-JＡ-Ｊ、,，\s]{1,30}|√|×|✓|✗|对|错|正确|错误|[TF])\s*([)）])")


def kind_words() -> dict[Kind, str]:
    """Return what the kinds are called in files of ours."""
    return {kind: word(both) for kind, both in names.KINDS.items()}


def difficulty_words() -> dict[int, str]:
    """Return what the difficulties are called in files of ours."""
    return {level: word(both) for level, both in names.DIFFICULTIES.items()}


def kind_of(text: str) -> Kind | None:
    """Return the kind that a word names, in Chinese or English."""
    plain = re.sub(r"[\s\-_()（）【】\[\]:：.。、]", "", unicodedata.normalize("NFKC", text)).casefold()
    return _KIND_OF.get(plain)


def is_foreign_kind(text: str) -> bool:
    """Say whether a word names a kind that we know of and do not have."""
    return bool(_FOREIGN.search(text))


def difficulty_of(text: str) -> int | None:
    """Return 1, 2 or 3 for a word of difficulty."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold().removesuffix(".0")
    return _DIFFICULTY_OF.get(plain) or _DIFFICULTY_OF.get(plain.removesuffix("题").removesuffix("度"))


def truth(text: str) -> int | None:
    """Return TRUE or FALSE for a word or a sign that says one."""
    plain = unicodedata.normalize("NFKC", text).strip().strip(".。()[]【】").casefold().removesuffix(".0").strip()
    return TRUE if plain in _YES else FALSE if plain in _NO else None


def places(text: str, options: Sequence[Piece]) -> tuple[int, ...] | None:
    """Return the places that an answer names: by letters (ACD, A、C, Ａ), or by the words of options."""
    plain = unicodedata.normalize("NFKC", text).strip().strip(".。()[]【】")
    letters = _BETWEEN.sub("", plain).upper()
    if letters and all(letter in LETTERS[: len(options)] for letter in letters) and len(set(letters)) == len(letters):
        return tuple(LETTERS.index(letter) for letter in letters)
    looks = {normal(option.text): place for place, option in enumerate(options) if option.text}
    if (whole := normal(text)) in looks:
        return (looks[whole],)
    if lettered := re.fullmatch(r"([A-Ja-j])\s*[.、:)]\s*(.+)", plain, re.DOTALL):
        place = looks.get(normal(lettered[2]))
        return (place,) if place == LETTERS.index(lettered[1].upper()) else None
    parts = [looks.get(normal(part)) for part in re.split(r"[\n|;；]", text) if part.strip()]
    return tuple(place for place in parts if place is not None) if parts and None not in parts else None


def order(text: str, count: int) -> tuple[int, ...] | None:
    """Return the places in the right order that an answer names (B-A-C); all in order for an empty one."""
    plain = _ARROWS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        return tuple(range(count))
    found = [LETTERS.find(letter) for letter in plain]
    if all(sign.isdigit() for sign in plain):
        found = [int(sign) - 1 for sign in plain]
    return tuple(found) if sorted(found) == list(range(count)) else None


def pairs(text: str, lefts: int, rights: int) -> tuple[int, ...] | None:
    """Return the partner of each option that an answer names (A-2 B-1); the same places for an empty one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    if not plain.strip():
        return tuple(range(lefts))
    found = {LETTERS.index(letter): int(number) - 1 for letter, number in _PAIR.findall(plain)}
    rest = _BETWEEN.sub("", _PAIR.sub("", plain))
    if rest or sorted(found) != list(range(lefts)) or not all(0 <= right < rights for right in found.values()):
        return None
    return tuple(found[left] for left in range(lefts))


def accepted(text: str) -> tuple[Accepted, ...]:
    """Return accepted answers: one a line or between |; numbers as 12.5±0.5; in "quotes" nothing but words."""
    found: list[Accepted] = []
    for part in _parts(text):
        quoted = _QUOTED.fullmatch(part)
        found.append(Accepted(quoted[1].replace('""', '"').strip()) if quoted else _one(part))
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> list[str]:
    """Split at | and line breaks outside quotes; a quote counts only at the beginning of a part."""
    found, here, inside = [], "", False
    for sign in text:
        if sign == '"' and (inside or not here.strip()):
            inside = not inside
        elif sign == '"' and here.rstrip().endswith('"') and here.lstrip().startswith('"'):
            inside = True  # a doubled quote
        if sign in "|｜\n" and not inside:
            found.append(here)
            here = ""
        else:
            here += sign
    return [part.strip() for part in [*found, here] if part.strip()]


def _one(part: str) -> Accepted:
    spread = _TOLERANCE.fullmatch(part)
    number = number_in(spread[1]) if spread else number_in(part)
    off = number_in(spread[2]) if spread else Decimal(0)
    if number is None or off is None or (not spread and re.match(r"[+-]?0\d", normal(part))):
        return Accepted(part)
    return Accepted(number=number, tolerance=off)


def written_accepted(answers: Sequence[Accepted]) -> str:
    """Return accepted answers so that `accepted` reads the same."""
    return " | ".join(map(_written, answers))


def _written(answer: Accepted) -> str:
    if answer.number is not None:
        return f"{answer.number:f}" + (f"±{answer.tolerance:f}" if answer.tolerance else "±0")
    if _UNQUOTED_TEXT.fullmatch(answer.text) and _one(answer.text) == answer:
        return answer.text
    return '"' + answer.text.replace('"', '""') + '"'


def written_answer(content: Content) -> str:
    """Return the answer of a question as cells and lines say it."""
    match content.kind:
        case Kind.TRUE_FALSE:
            return word(names.TRUTH[content.right[0]])
        case Kind.FILL:
            return written_accepted(content.accepted)
        case Kind.ORDERING:
            return LETTERS[: len(content.options)]
        case Kind.MATCHING:
            return " ".join(f"{LETTERS[left]}-{right + 1}" for left, right in enumerate(content.right))
    return "".join(LETTERS[place] for place in content.right)


def several_blanks(stem: str, answer: str) -> bool:
    """Say whether a question to fill in wants several things: as many parts in the answer as blanks."""
    blanks = len(BLANK.findall(stem))
    if blanks < 2 or _QUOTED.fullmatch(answer):
        return False
    parts = [part for part in re.split(r"[;；、，,|｜\n]|\s{2,}", answer) if part.strip()]
    return len(parts) == blanks or len(answer.split()) == blanks


def answer_inside(stem: str) -> tuple[str, str]:
    """Return the stem with an empty bracket, and the answer that stood in it: 方针是（ B ）。"""
    found = _ANSWER_INSIDE.findall(stem)
    if len(found) != 1 or not found[0][1].strip(" 、,，\u3000"):
        return stem, ""
    return _ANSWER_INSIDE.sub(r"\1 \3", stem), found[0][1].strip()
