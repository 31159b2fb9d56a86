"""The files in which questions travel: recognised by what they hold, read without storing, written with losses told."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fenjin.quiz.formats.aiken import read_aiken, write_aiken
from fenjin.quiz.formats.columns import Choice
from fenjin.quiz.formats.decoding import decoded
from fenjin.quiz.formats.gift import read_gift
from fenjin.quiz.formats.gift_writing import write_gift
from fenjin.quiz.formats.incoming import LARGEST, BankTooLarge, Incoming, OtherFormat, Reading, Written
from fenjin.quiz.formats.moodle import read_moodle
from fenjin.quiz.formats.moodle_writing import write_moodle
from fenjin.quiz.formats.plain import read_plain
from fenjin.quiz.formats.plain_writing import write_plain
from fenjin.quiz.formats.xlsx import look, read_xlsx, write_xlsx

__all__ = ["FORMATS", "Choice", "Format", "detect", "look", "read", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its key, its name, the ending and type of its files, reading and writing."""

    key: str
    label: Any
    ending: str
    mime: str
    read: Callable[[bytes], Reading]
    write: Callable[[Iterable[Incoming]], Written]


_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Final = "text/plain; charset=utf-8"
FORMATS: Final = {
    one.key: one
    for one in (
        Format("xlsx", _("Excel workbook"), "xlsx", _WORKBOOK, read_xlsx, write_xlsx),
        Format("text", _("Plain text"), "txt", _TEXT, read_plain, write_plain),
        Format("moodle", _("Moodle XML"), "xml", "application/xml; charset=utf-8", read_moodle, write_moodle),
        Format("gift", _("GIFT"), "gift.txt", _TEXT, read_gift, write_gift),
        Format("aiken", _("Aiken"), "aiken.txt", _TEXT, read_aiken, write_aiken),
    )
}
_AIKEN_ANSWER: Final = re.compile(r"^\s*ANSWER\s*[:：]\s*[A-Za-z]\s*$", re.MULTILINE)
_LABELS: Final = re.compile(r"答案|解析|Explanation:|^\s*\d+\s*[.、．]", re.MULTILINE)
_GIFT: Final = re.compile(
    r"^\s*(?:::|\$CATEGORY:|//)|(?<!\\)\{[^{}]*?(?:[=~#]|\bT(?:RUE)?\b|\bF(?:ALSE)?\b)[^{}]*\}", re.M | re.I
)


def read(data: bytes, form: str = "", choice: Choice | None = None) -> Reading:
    """Return the questions of a file, whose format is found out where it is not said. Raises UnreadableBank."""
    known = form or detect(data)
    if known == "xlsx":
        return read_xlsx(data, choice)
    return FORMATS[known].read(data)


def write(questions: Iterable[Incoming], form: str) -> Written:
    """Return questions as a file of a format, with what it cannot hold."""
    return FORMATS[form].write(questions)


def detect(data: bytes) -> str:
    """Return the key of the format that a file is in, by what it holds and never by its name."""
    if len(data) > LARGEST:
        raise BankTooLarge
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    _refuse_others(data)
    text = decoded(data)
    if re.match(r"\s*(?:<\?xml|<quiz\b)", text):
        return "moodle"
    if _AIKEN_ANSWER.search(text) and not _LABELS.search(text):
        return "aiken"
    return "gift" if _GIFT.search(text) and "答案" not in text else "text"


def _refuse_others(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise OtherFormat(
            _("This is an old workbook or document (.xls, .doc), or one with a password. Save it as .xlsx.")
        )
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")):
        raise OtherFormat(_("This file is packed. Unpack it, and choose the .xlsx, .xml or .txt inside."))
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise OtherFormat(_("This is a picture or a PDF. Copy the questions into our template, or into a text file."))
    if re.match(rb"\s*<(?:!doctype\s+html|html|table|meta)", data[:600].lstrip(b"\xef\xbb\xbf"), re.IGNORECASE):
        raise OtherFormat(_("This is a web page under another name. Open it in Excel or WPS and save it as .xlsx."))
