"""One cell at a time: what stands there, as the field means it. Each raises BadCell with a code."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from fenjin.people.models.persons import Status
from fenjin.people.names import clean_text

_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet
_DATE = re.compile(r"(\d{4})\D{0,3}(\d{1,2})?\D{0,3}(\d{1,2})?\D{0,3}")
_PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_MOBILE = re.compile(r"1\d{10}|\+\d{7,15}|0\d{9,12}|\d{7,8}")
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
_IDENTITY_CARD = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PATH_MARKS = re.compile(r"\s*[/／>＞\\→]\s*")
_LIST_MARKS = re.compile(r"\s*[;；、,，\n]\s*")

STATUSES: dict[str, Status] = {
    "在岗": Status.ON_DUTY,
    "在职": Status.ON_DUTY,
    "借调": Status.SECONDED,
    "内退": Status.EARLY_RETIRED,
    "长期病假": Status.SICK_LEAVE,
    "外派": Status.POSTED_ABROAD,
    "离职": Status.LEFT,
}


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


def staff_number(cell: object, width: int | None, *, digits_only: bool) -> tuple[str, bool]:
    """Return the staff number at its full width, and whether zeros were put back."""
    number = text(cell).replace(" ", "")
    if not number:
        raise BadCell("number_missing")
    refuse_identity_card(number)
    if not (number.isascii() and number.isdigit()):
        if digits_only or isinstance(cell, float):
            raise BadCell("number_not_digits", value=number, width=width or "?")
        return number.upper(), False
    if width is None:
        return number, False
    if len(number) > width:
        raise BadCell("number_width", value=number, width=width)
    return number.zfill(width), len(number) < width


def refuse_identity_card(value: str) -> None:
    """Raise BadCell if the text holds a citizen's identity number with a right check digit."""
    for match in _IDENTITY_CARD.finditer(value) if len(value) > 17 else ():
        card = match.group().upper()
        check = sum(int(digit) * weight for digit, weight in zip(card, _CARD_WEIGHTS, strict=False)) % 11
        if card[17] == "10X98765432"[check]:
            raise BadCell("identity_card")


def status(cell: object) -> str:
    """Return the status; an empty cell means on duty."""
    value = text(cell)
    if not value:
        return Status.ON_DUTY.value
    if value not in STATUSES:
        raise BadCell("status_unknown", value=value[:40])
    return STATUSES[value].value


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
    value = text(cell)
    if not value:
        return None
    match = _PACKED_DATE.fullmatch(value) or _DATE.fullmatch(value)
    try:
        year, month, date_ = (int(part) if part else 1 for part in match.groups()) if match else (0, 0, 0)
        return date(year, month, date_)
    except ValueError as error:
        raise BadCell("date_unreadable", value=value[:40]) from error


def mobile(cell: object) -> str:
    """Return a phone number as digits, with + for other countries, or nothing."""
    value = re.sub(r"[\s\-()（）]", "", text(cell))
    if value and not _MOBILE.fullmatch(value):
        raise BadCell("mobile_wrong", value=value[:20])
    return value


def email(cell: object) -> str:
    """Return an e-mail address, or nothing."""
    value = text(cell)
    if value and not _EMAIL.fullmatch(value):
        raise BadCell("email_wrong", value=value[:60])
    return value


def paths(cell: object) -> list[tuple[str, ...]]:
    """Return the units of a cell that may hold several, each as a path from the top."""
    value = text(cell)
    return [tuple(_PATH_MARKS.split(part)) for part in _LIST_MARKS.split(value) if part] if value else []
