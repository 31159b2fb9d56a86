"""What is stored about somebody: gathered from every room, through the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from fenjin.kit.errors import NotFound
from fenjin.people.models import Account
from fenjin.people.register import Fate, Sheet, Subject, personal_data


@dataclass(frozen=True, slots=True)
class OwnData:
    """All sheets of one person, those with rows first told apart from the empty ones."""

    sheets: tuple[Sheet, ...]

    @property
    def single(self) -> tuple[Sheet, ...]:
        """Return the sheets that are one record: they are read as fields."""
        return tuple(sheet for sheet in self.sheets if sheet.single)

    @property
    def lists(self) -> tuple[Sheet, ...]:
        """Return the sheets with any number of rows."""
        return tuple(sheet for sheet in self.sheets if not sheet.single)


def subject_of(person_id: int) -> Subject:
    """Return whose data it is, with the account if there is one."""
    account = Account.objects.filter(person=person_id).values_list("pk", flat=True).first()
    return Subject(person_id, account)


def own_data(person_id: int) -> OwnData:
    """Return everything that is stored about a person, in the language in force."""
    subject = subject_of(person_id)
    return OwnData(tuple(sheet for part in personal_data() for sheet in part.collect(subject)))


def own_sheet(person_id: int, key: str) -> Sheet:
    """Return one kind of data about a person; raises NotFound for a key that nobody keeps."""
    for sheet in own_data(person_id).sheets:
        if sheet.key == key:
            return sheet
    raise NotFound


def fates_of(person_id: int) -> Sequence[Fate]:
    """Return what closing the account would erase, and what stays and why."""
    subject = subject_of(person_id)
    return [fate for part in personal_data() for fate in part.fates(subject)]
