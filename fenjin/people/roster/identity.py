"""Citizens' identity numbers: recognised so that they are never read, stored or shown."""

import re
from datetime import date

_LIKE = re.compile(r"(?<!\d)[1-9]\d{5}[\s\-]?\d{2}\d{2}\d{2}\d{2}[\s\-]?\d{3}[\dXx](?!\d)|(?<!\d)[1-9]\d{14}(?!\d)")
_ONLY_SIGNS = re.compile(r"[^\dXx]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)
MASK = "••••"


def holds_identity(text: str) -> bool:
    """Return whether an identity number stands somewhere in the text.

    GB 11643: 18 signs with a check digit, of which one mistyped still gives somebody away when
    province and birthday are right; or the 15 digits used before 1999.
    """
    return len(text) >= 15 and any(_is_identity(match.group()) for match in _LIKE.finditer(text))


def without_identity(text: str) -> str:
    """Return the text with each identity number in it covered."""
    if len(text) < 15:
        return text
    return _LIKE.sub(lambda match: MASK if _is_identity(match.group()) else match.group(), text)


def _is_identity(found: str) -> bool:
    card = _ONLY_SIGNS.sub("", found).upper()
    if len(card) == 18:
        check = sum(int(digit) * weight for digit, weight in zip(card, _WEIGHTS, strict=False)) % 11
        if card[17] == "10X98765432"[check]:
            return True
    birthday = card[6:14] if len(card) == 18 else "19" + card[6:12]
    return int(card[:2]) in _PROVINCES and _is_birthday(birthday)


def _is_birthday(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False
