"""Which column of a free-form bank means what: by the names that people give to columns, or as somebody says."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fenjin.quiz.formats.notation import LETTERS
from fenjin.quiz.formats.workbook import FAULT, SheetCells

SEARCHED_ROWS: Final = 30
SAMPLES: Final = 3
_NAMES: Final = {
    "stem": "题干 题目 试题 题目内容 试题内容 题目名称 题目描述 题目正文 "
    "试题题干 题干内容 试题正文 问题 问题内容 题面 内容 "
    "question stem questiontext questiontitle text",
    "kind": "题型 试题类型 题目类型 试题题型 题型名称 类型 题类 type kind questiontype",
    "options": "选项 备选项 备选答案 选项内容 候选项 候选答案 可选项 全部选项 options choices answers",
    "answer": "答案 正确答案 标准答案 参考答案 正确选项 试题答案 题目答案 答案内容 answer "
    "correctanswer correct rightanswer "
    "key correctoption",
    "explanation": "解析 答案解析 试题解析 题目解析 答题解析 解释 解答 详解 答案说明 "
    "试题分析 题解 explanation feedback "
    "analysis rationale",
    "topic": "知识点 分类 类别 章节 科目 专业 知识点分类 题库分类 所属分类 "
    "所属题库 一级分类 试题分类 题目分类 考点 模块 题库 "
    "topic category subject chapter",
    "difficulty": "难度 难易度 难易程度 难度系数 难度等级 试题难度 题目难度 难易 difficulty difficultylevel level",
    "tags": "标签 关键字 关键词 tag tags keywords",
    "source": "出处 来源 依据 题目来源 试题来源 出题依据 法规依据 参考依据 教材出处 source reference",
    "link": "链接 出处链接 来源链接 网址 link url sourcelink",
    "picture": "图片 配图 题图 题干图片 试题图片 picture image",
    "number": "序号 编号 题号 题目编号 试题编号 no id number",
}
_FIELD_OF = {name: known for known, names in _NAMES.items() for name in names.split()}
_OPTION = re.compile(
    r"(?:选项|备选项?|备选答案|候选项|答案选项|答案|option|choice|answer)?"
    r"([a-j]|10|[1-9]|[一二三四五六七八九十])(?:选项|项|option)?"
)
_PARTNER = re.compile(r"(?:配对项?|右项|右列|匹配项?|partner|match)(10|[1-9])")
_HAN = "一二三四五六七八九十"
_REMARK = re.compile(r"[（(][^）)]*[）)]")
_SIGNS = re.compile(r"[\s*＊:：、.。_\-#'\"/]+")
FIELDS: Final = (
    "stem", "kind", *(f"option_{letter}" for letter in LETTERS), "options", "answer", "explanation", "topic",
    "difficulty", "tags", "source", "link", "picture", *(f"partner_{number}" for number in range(1, 11)), "number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody said of a workbook: fields by the key of the column; "" is a column that is left out."""

    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in a choice, its letters, its name, three samples, the field it is taken for."""

    key: str
    letters: str
    name: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Header:
    """The row that names the columns (−1: there is none), and the field of each column that has one."""

    row: int
    names: Mapping[int, str]
    fields: Mapping[int, str]

    @property
    def complete(self) -> bool:
        """Say whether questions can be read by it: their words, and the answer."""
        return "stem" in self.fields.values()


def field_of(name: str) -> str:
    """Return the field that a column's name means, or nothing."""
    plain = _SIGNS.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", name))).casefold()
    if not plain:
        return ""
    if known := _FIELD_OF.get(plain):
        return known
    if found := _PARTNER.fullmatch(plain):
        return f"partner_{found[1]}"
    found = _OPTION.fullmatch(plain)
    if not found or (found[1].isdigit() and plain == found[1]) or plain in _HAN:
        return ""
    return f"option_{_letter(found[1])}"


def _letter(named: str) -> str:
    if named.isdigit():
        return LETTERS[int(named) - 1]
    return LETTERS[_HAN.index(named)] if named in _HAN else named.upper()


def find_header(sheet: SheetCells, choice: Choice) -> Header | None:
    """Return the header of a sheet: the first row that names the question and one thing more."""
    for row in sorted(sheet.rows)[:SEARCHED_ROWS]:
        header = _header(row, sheet.rows[row], choice)
        if header.complete and len(header.fields) >= 2:
            return header
    if not choice.fields or not sheet.rows:
        return None
    width = max(max(cells) for cells in sheet.rows.values()) + 1
    lettered = _header(-1, {column: letters_of(column) for column in range(width)}, choice, by_choice_only=True)
    return lettered if lettered.complete else None


def likely_header(sheet: SheetCells) -> Header | None:
    """Return the row that looks most like names of columns, for somebody to say what they mean."""
    named = [row for row in sorted(sheet.rows)[:SEARCHED_ROWS] if len(sheet.rows[row]) >= 2]
    if not named:
        return None
    known = {row: sum(bool(field_of(text)) for text in sheet.rows[row].values()) for row in named}
    best = max(named, key=lambda row: (known[row], -row))
    row = best if known[best] >= 3 else named[0]
    return _header(row, sheet.rows[row], Choice())


def look_at(sheet: SheetCells, header: Header) -> tuple[Column, ...]:
    """Return the columns of a sheet as somebody sees them who says what they mean."""
    seen = []
    keys = _keys(header.names)
    for column in sorted(header.names):
        below = (sheet.rows[row].get(column, "") for row in sorted(sheet.rows) if row > header.row)
        samples = [text[:60] for text in below if text and text != FAULT][:SAMPLES]
        known = header.fields.get(column, "")
        seen.append(Column(keys[column], letters_of(column), header.names[column], tuple(samples), known))
    return tuple(seen)


def letters_of(column: int) -> str:
    """Return the letters of a column as a spreadsheet writes them: 0 is A, 26 is AA."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _keys(names: Mapping[int, str]) -> dict[int, str]:
    """Return a key for each column: its name, and where two have the same name its letters."""
    plain = {column: _SIGNS.sub("", name)[:60] for column, name in names.items()}
    double = [name for name in plain.values() if list(plain.values()).count(name) > 1]
    return {column: letters_of(column) if not name or name in double else name for column, name in plain.items()}


def _header(row: int, cells: Mapping[int, str], choice: Choice, *, by_choice_only: bool = False) -> Header:
    names = {column: " ".join(text.split()) for column, text in cells.items() if text != FAULT}
    keys, taken, fields = _keys(names), set[str](), {}
    for column in sorted(names):
        key = keys[column]
        guess = "" if by_choice_only else field_of(names[column])
        known = choice.fields.get(key, guess)
        if known in FIELDS and (known not in taken or known == "number"):
            taken.add(known)
            fields[column] = known
    return Header(row, names, fields)
