"""What a person said about the columns of a file, and the name of a file's shape under which it is remembered."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from fenjin.people.roster.columns import Field, is_identity, keys, plain, recognise
from fenjin.people.roster.refusals import UnreadableRoster


class NoSuchColumn(UnreadableRoster):
    """A column was named that the file lacks, or a field that does not exist."""

    code = "no_such_column"


class IdentityColumn(UnreadableRoster):
    """Somebody wanted to read a column of identity numbers."""

    code = "identity_column"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which column means what. `whole`: nothing else is guessed, as on the screen where all columns stand."""

    columns: Mapping[str, str] = field(default_factory=dict)  # key of the column → field, "" for never read
    whole: bool = False
    header_row: int | None = None
    sheet: str = ""
    separator: str = ""
    width: int | None = None
    numbering: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is kept with an import, or remembered."""
        said = {
            name: getattr(self, name) for name in ("whole", "header_row", "sheet", "separator", "width", "numbering")
        }
        return {"columns": dict(self.columns)} | {name: value for name, value in said.items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Choice":
        """Return what was kept; nothing kept is nothing said."""
        known = {name: value for name, value in (kept or {}).items() if name in cls.__slots__}
        return cls(**known)

    def over(self, remembered: "Choice") -> "Choice":
        """Return what was remembered with what is said now on top."""
        said = {name: value for name, value in self.as_json().items() if value and name != "columns"}
        return replace(remembered, columns={**remembered.columns, **self.columns}, **said)

    def apply(self, header: Sequence[str]) -> dict[int, Field]:
        """Return the columns of a header as said here, the rest as guessed; raises IdentityColumn."""
        columns = {} if self.whole else recognise(header).columns
        for index, key in enumerate(keys(header)):
            said = self.columns.get(key)
            if said is None:
                continue
            columns.pop(index, None)
            if not said:
                continue
            if is_identity(header[index]):
                raise IdentityColumn(
                    _("The column “%(column)s” holds identity numbers. They are never read.")
                    % {"column": header[index]}
                )
            wanted = Field(said)
            if wanted is not Field.LEVEL:
                columns = {at: known for at, known in columns.items() if known is not wanted}
            columns[index] = wanted
        if Field.PATH in columns.values() and Field.PATH in self.columns.values():
            columns = {at: known for at, known in columns.items() if known is not Field.LEVEL}
        return dict(sorted(columns.items()))

    def check(self, header: Sequence[str]) -> None:
        """Raise NoSuchColumn if a column was named that the header lacks."""
        missing = [key for key, said in self.columns.items() if said and key not in keys(header)]
        if missing and not self.whole:
            told = {"column": "、".join(missing), "there": "、".join(name for name in header if name)}
            raise NoSuchColumn(_("The file has no column “%(column)s”. It has: %(there)s.") % told)


def shape_of(header: Sequence[str]) -> str:
    """Return the name of a file's shape: equal for files whose columns have the same names in the same order."""
    trimmed = list(map(plain, header))
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return hashlib.sha256("\n".join(trimmed).encode()).hexdigest()


def choice_of(said: Sequence[str], header_row: int | None = None, width: int | None = None) -> Choice:
    """Return the choice that options like "列名=field" say; raises NoSuchColumn for a field that does not exist."""
    columns = {}
    for one in said:
        name, _equals, wanted = one.rpartition("=")
        if wanted not in ("", "-", *(known.value for known in Field)) or not plain(name):
            told = {"said": one[:80], "fields": ", ".join(known.value for known in Field)}
            raise NoSuchColumn(_("“%(said)s” is not of the form column=field. Fields: %(fields)s.") % told)
        columns[plain(name)] = "" if wanted == "-" else wanted
    return Choice(columns=columns, header_row=header_row, width=width)
