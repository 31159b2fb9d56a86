"""The columns a roster may have, under the names that people use for them."""

import enum
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenjin.people.roster import column_names


class Field(enum.StrEnum):
    """What we take from a roster. A column that is none of these is never stored."""

    NUMBER = "number"
    NAME = "name"
    LEVEL = "level"  # one column for each level of units, in order from the top
    PATH = "path"  # or one column with all levels
    TITLE = "title"
    MOBILE = "mobile"
    EMAIL = "email"
    STARTED_ON = "started_on"
    STATUS = "status"
    ZONE = "zone"
    SECOND_UNITS = "second_units"


MOST_LEVELS = 15
_KNOWN = {
    name: (known, rank)
    for known in Field
    if known is not Field.LEVEL
    for rank, name in enumerate(getattr(column_names, known.name).split())
}
_NUMERALS = dict(zip(column_names.NUMERALS.split(), range(1, MOST_LEVELS + 1), strict=True))
_NUMBERED = re.compile(
    rf"第?({'|'.join(sorted(_NUMERALS, key=len, reverse=True))}|1[0-5]|[1-9])(?:级|层|层级)"
    rf"(?:{'|'.join(column_names.LEVEL_KINDS.split())})?"
)
_ENGLISH_LEVEL = re.compile(r"(?:level|l|unitlevel|unit|orglevel|departmentlevel)(1[0-5]|[1-9])")
_SINGLE_LEVELS = frozenset(column_names.SINGLE_LEVELS.split())
_IDENTITY = frozenset(column_names.IDENTITY.split())


@dataclass(frozen=True, slots=True)
class Guess:
    """Which columns of a header we know, and for which fields more than one column might be meant."""

    columns: dict[int, Field]
    doubtful: frozenset[Field]

    @property
    def complete(self) -> bool:
        """Whether there is all that a roster needs."""
        return is_complete(self.columns.values())


def is_complete(fields: Iterable[Field]) -> bool:
    """Return whether these are enough: a number, a name, and where the person works."""
    found = set(fields)
    return {Field.NUMBER, Field.NAME} <= found and bool({Field.LEVEL, Field.PATH} & found)


def recognise(header: Sequence[str]) -> Guess:
    """Return which columns of a header we know; only levels may come more than once."""
    ranked: dict[Field, list[tuple[int, int]]] = {}
    levels: dict[int, bool] = {}
    for index, name in enumerate(map(plain, header)):
        if name in _KNOWN:
            field, rank = _KNOWN[name]
            ranked.setdefault(field, []).append((rank, index))
        elif number := level_number(name):
            levels[index] = number < 100
    columns = {min(places)[1]: field for field, places in ranked.items()}
    doubtful = {field for field in (Field.NUMBER, Field.NAME, Field.PATH) if len(ranked.get(field, ())) > 1}
    if Field.PATH not in ranked:  # one column says all; the others only repeat a part of it
        columns |= dict.fromkeys(list(levels)[:MOST_LEVELS], Field.LEVEL)
        numbers = [level_number(plain(header[index])) for index in levels]
        if any(count > 1 for number, count in Counter(numbers).items() if number < 100):
            doubtful.add(Field.LEVEL)
    return Guess(dict(sorted(columns.items())), frozenset(doubtful))


def level_number(name: str) -> int:
    """Return the level that a plain header name gives, 100 for one without number, 0 for what is no level."""
    if match := _NUMBERED.fullmatch(name):
        word = match.group(1)
        return _NUMERALS.get(word) or int(word)
    if match := _ENGLISH_LEVEL.fullmatch(name):
        return int(match.group(1))
    return 100 if name in _SINGLE_LEVELS else 0


def level_order(header: Sequence[str], columns: Iterable[int]) -> list[int]:
    """Return the columns of levels from the top: numbered ones by their number, others where they stand."""
    found = sorted(columns)
    numbers = [level_number(plain(header[index])) for index in found]
    if all(0 < number < 100 for number in numbers):
        return [index for _number, index in sorted(zip(numbers, found, strict=True))]
    return found


def is_identity(name: str) -> bool:
    """Return whether a column of this name holds identity numbers, which are never taken."""
    return plain(name) in _IDENTITY


def plain(name: str) -> str:
    """Return a header cell without spaces, line breaks, asterisks and remarks in brackets."""
    kept = name.casefold().replace("（", "(").split("(")[0]
    return "".join(character for character in kept if character.isalnum())


def keys(header: Sequence[str]) -> list[str]:
    """Return a name for each column that stays the same next month; empty and repeated ones get a number."""
    found: Counter[str] = Counter()
    named = []
    for index, name in enumerate(header):
        key = plain(name) or f"@{index + 1}"
        found[key] += 1
        named.append(key if found[key] == 1 else f"{key}#{found[key]}")
    return named
