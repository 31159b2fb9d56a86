"""What should not stand in public: marks of secret papers, and numbers of people.

It only finds; a person judges. Marks as Chinese state offices write them (secret papers carry their grade
and a star, 机密★1年; internal papers say so on top); the last character of an identity number is checked by
GB 11643-1999, card numbers by ISO/IEC 7812-1 (Luhn).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fenjin.newsroom.blocks import words_of

_MARK: Final = re.compile(
    r"绝密|机密(?!码)|秘密\s*[★☆]|[【\[（(〔]\s*(?:内部|秘密)\s*[】\])）〕]"
    r"|内部(?:资料|文件|刊物)|(?:不得|严禁|请勿)(?:外传|外泄|转发)|注意保存|涉密"
)
_IDENTITY: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_CARD: Final = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?:[ -]?\d{1,3})?(?!\d)")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_AROUND: Final = 8
# All that readers of either language may see: a number in the English text is as public as one in the Chinese.
_LINES: Final = ("title", "lead", "title_en", "lead_en", "source", "correction", "correction_en")
_BODIES: Final = ("body", "body_en")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: what it may be, and the place with a few characters around it."""

    kind: Any
    place: str


def find(text: str) -> list[Finding]:
    """Return what in a text should be looked at before everybody reads it, in the order of the text."""
    found = [(match, _("a mark of secret or internal papers")) for match in _MARK.finditer(text)]
    found += [(match, _("an identity number")) for match in _IDENTITY.finditer(text) if _is_identity(match[0])]
    found += [(match, _("a mobile number")) for match in _MOBILE.finditer(text)]
    found += [(match, _("a bank card number")) for match in _CARD.finditer(text) if _is_card(match[0])]
    found.sort(key=lambda pair: pair[0].start())
    return [Finding(kind, _place(text, match)) for match, kind in found]


def find_typed(values: Mapping[str, Any]) -> list[Finding]:
    """Return the same of the fields of an article, as a form has them."""
    lines = [str(values.get(name) or "") for name in _LINES]
    lines += ["\n".join(values.get("tags") or [])]
    return find("\n".join([*lines, *(words_of(values[name]) for name in _BODIES if values.get(name))]))


def find_in(article: Any) -> list[Finding]:
    """Return the same of a version of an article, for those who judge it."""
    return find_typed({name: getattr(article, name) for name in (*_LINES, "tags", *_BODIES)})


def _place(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    cut = text[start:end].replace("\n", " ")
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"


def _is_identity(number: str) -> bool:
    check = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[check] == number[-1].upper()


def _is_card(number: str) -> bool:
    digits = [int(character) for character in number if character.isdigit()]
    if _IDENTITY.fullmatch("".join(map(str, digits))) and _is_identity("".join(map(str, digits))):
        return False
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
