"""One cell at a time: what stands there, as the field means it. Each raises BadCell with a code."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from fenjin.people.models.persons import Status
from fenjin.people.names import clean_text
from fenjin.people.roster.identity import holds_identity
from fenjin.people.roster.separators import split_path
from fenjin.people.roster.statuses import STATUSES

_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIAL = re.compile(r"[1-6]\d{4}(\.\d+)?")
_DATE = re.compile(r"(\d{4})\D{0,3}(\d{1,2})?\D{0,3}(\d{1,2})?\D{0,3}")
_PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_PHONE_MARKS = re.compile(r"[\s\-()（）]")
_MOBILE = re.compile(r"1\d{10}|\+\d{7,15}|0\d{9,12}|\d{7,8}")
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
_PATH_MARKS = re.compile(r"\s*[/／>＞\\＼→»|｜]\s*")
_LIST_MARKS = re.compile(r"\s*[;；、,，\n]\s*")
_SCIENTIFIC = re.compile(r"\d\.\d+[eE]\+?\d{1,2}|\d[eE]\+\d{1,2}")
_WITH_POINT = re.compile(r"(\d+)\.0+")
_TEXT_MARK = re.compile(r"['‘’`](?=\d)")  # typed before a number so that it stays text
_HEADS = re.compile(
    r"共?\s*([0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,9})\s*(?:人|名|people|persons|employees)?", re.IGNORECASE
)
_EXACT = 10**15  # a spreadsheet keeps no more than fifteen digits of a number


_TOTALS = frozenset(("合计", "总计", "小计", "总数", "共计", "总人数", "total", "subtotal", "grand total", "sum"))


class Fault(str):
    """Stands for a cell that shows no value: a formula never computed, or an error such as #N/A."""

    __slots__ = ()


class BadCell(ValueError):
    """A cell that does not hold what its column should."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def text(cell: object) -> str:
    """Return a cell as clean text; a whole number without its decimal point."""
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def is_total(cell: object) -> bool:
    """Return whether a cell labels a row of sums."""
    return isinstance(cell, str) and len(cell) < 20 and not cell.isdigit() and _label(cell) in _TOTALS


def is_subtotal(cell: object) -> bool:
    """Return whether a cell labels the sums of a part only."""
    return isinstance(cell, str) and _label(cell) in ("小计", "subtotal")


def _label(cell: str) -> str:
    return clean_text(cell).rstrip(":：").casefold().replace("(人)", "").replace("（人）", "")


def head_count(cell: object) -> int | None:
    """Return the number in a cell of a row of sums, as 40, "1,200" or "共 40 人"; None for anything else."""
    found = _HEADS.fullmatch(text(cell))
    return int(re.sub(r"[,，]", "", found[1])) if found else None


def staff_number(cell: object, width: int | None, *, digits_only: bool) -> tuple[str, bool]:
    """Return the staff number at its full width, and whether zeros were put back."""
    number = plain_number(cell)
    if not number:
        raise BadCell("number_missing")
    if not (number.isascii() and number.isdigit()):
        if digits_only or isinstance(cell, float):
            raise BadCell("number_not_digits", value=number[:40], width=width or "?")
        return number.upper(), False
    if width is None:
        return number, False
    if len(number) > width:
        raise BadCell("number_width", value=number[:40], width=width)
    return number.zfill(width), len(number) < width


def plain_number(cell: object) -> str:
    """Return a staff number as it was before a spreadsheet made a figure of it, but for lost zeros."""
    if isinstance(cell, float) and abs(cell) >= _EXACT:
        raise BadCell("number_rounded")
    number = text(cell).replace(" ", "")
    refuse_identity_card(number)
    if number.isalnum():
        return number
    if match := _WITH_POINT.fullmatch(number):
        return match.group(1)
    if _SCIENTIFIC.fullmatch(number):
        shown = Decimal(number)
        if shown != shown.to_integral_value() or shown.as_tuple().exponent != 0:
            raise BadCell("number_rounded")
        return str(int(shown))
    return _TEXT_MARK.sub("", number, count=1)


def refuse_identity_card(value: str) -> None:
    """Raise BadCell if a citizen's identity number stands in the text."""
    if holds_identity(value):
        raise BadCell("identity_card")


def status(cell: object) -> str:
    """Return the status; an empty cell means on duty."""
    return _status(text(cell))


@lru_cache(maxsize=1_000)
def _status(value: str) -> str:
    if not value:
        return Status.ON_DUTY.value
    found = STATUSES.get(value) or STATUSES.get(value.casefold())
    if found is None:
        raise BadCell("status_unknown", value=value[:40])
    return found.value


def zone(cell: object) -> str:
    """Return an IANA zone, or nothing."""
    value = text(cell)
    if value and value not in _zones():
        raise BadCell("zone_unknown", value=value[:40])
    return value


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def day(cell: object) -> date | None:
    """Return a date from a date, a spreadsheet's day number, or text such as 2011年5月."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) and 3_000 < cell < 80_000:
        return _SERIAL_ZERO + timedelta(days=int(cell))
    if isinstance(cell, float) and round(cell % 1, 4) == 0.1:  # 2011.1 was typed, or 2011.10
        raise BadCell("date_unreadable", value=text(cell))
    return _typed_day(text(cell))


@lru_cache(maxsize=20_000)  # a roster names the same days over and over
def _typed_day(value: str) -> date | None:
    if not value:
        return None
    if _SERIAL.fullmatch(value):  # a text file made from a sheet whose dates lost their format
        return _SERIAL_ZERO + timedelta(days=int(value[:5]))
    match = _PACKED_DATE.fullmatch(value) or _DATE.fullmatch(value)
    try:
        year, month, date_ = (int(part) if part else 1 for part in match.groups()) if match else (0, 0, 0)
        return date(year, month, date_)
    except ValueError as error:
        raise BadCell("date_unreadable", value=value[:40]) from error


def mobile(cell: object) -> str:
    """Return a phone number as digits, with + for other countries, or nothing."""
    value = text(cell)
    if not value.isdigit():
        value = _PHONE_MARKS.sub("", value)
    if value and not _MOBILE.fullmatch(value):
        raise BadCell("mobile_wrong", value=value[:20])
    return value


def email(cell: object) -> str:
    """Return an e-mail address, or nothing."""
    value = text(cell)
    if value and not _EMAIL.fullmatch(value):
        raise BadCell("email_wrong", value=value[:60])
    return value


def paths(cell: object, separator: str = "") -> list[tuple[str, ...]]:
    """Return the units of a cell that may hold several, each as a path from the top."""
    found = [part for part in _LIST_MARKS.split(text(cell)) if part]
    if separator and any(separator in part for part in found):
        return [tuple(split_path(part, separator)) or ("",) for part in found]
    return [tuple(_PATH_MARKS.split(part)) for part in found]


def holds_private_use(value: str) -> bool:
    """Return whether a sign stands there that has no meaning outside the computer where it was typed."""
    return any("\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000" or sign == "\ufffd" for sign in value)
