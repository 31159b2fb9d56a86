"""What can be wrong with a row, said so that the person who keeps the roster can mend it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

# code → (what is wrong, what to do). Stored by code, so each reader sees the own language.
SENTENCES: dict[str, tuple[Any, Any]] = {
    "number_missing": (_("The staff number is missing."), _("Fill it in, or delete the row.")),
    "name_missing": (_("The name is missing."), _("Fill it in, or delete the row.")),
    "unit_missing": (_("No unit is given."), _("Fill in the columns of the units from the top.")),
    "unit_gap": (
        _("A unit is given below an empty one (column “%(column)s” is empty)."),
        _("Fill in that column."),
    ),
    "unit_root": (
        _("The top unit is “%(value)s”, elsewhere “%(expected)s”."),
        _("Correct it: one file holds one group."),
    ),
    "number_not_digits": (
        _("The staff number “%(value)s” is not a number."),
        _("Correct it: numbers here have %(width)s digits."),
    ),
    "number_width": (
        _("The staff number “%(value)s” has more than %(width)s digits."),
        _("Correct it, or correct the width that the file declares."),
    ),
    "identity_card": (
        _("This looks like an identity-card number; it was not read."),
        _("Put the staff number here. Identity-card numbers are never taken."),
    ),
    "number_twice": (
        _("The staff number %(value)s stands in several rows with different contents: %(rows)s."),
        _("Correct the numbers. For a second post use the column 兼职单位."),
    ),
    "other_name": (
        _("The staff number %(value)s belongs to %(known)s here, not to %(name)s."),
        _("Correct the number or the name: a number is never given to somebody else."),
    ),
    "outside_range": (
        _("The unit “%(value)s” lies outside of what this file speaks for (%(expected)s)."),
        _("Correct the unit, or say that the file speaks for more."),
    ),
    "belongs_elsewhere": (
        _("This person works in %(value)s, outside of what this file speaks for."),
        _("Import the file of that unit first, in which the person is missing, or one of the whole group."),
    ),
    "second_outside": (
        _("The second post “%(value)s” lies outside of what this file speaks for."),
        _("Leave it out; the group's own file brings it."),
    ),
    "status_unknown": (
        _("The status “%(value)s” is not known."),
        _("Use one of: 在岗, 借调, 内退, 长期病假, 外派, 离职."),
    ),
    "zone_unknown": (
        _("The time zone “%(value)s” is not known."),
        _("Write it like Asia/Shanghai."),
    ),
    "date_unreadable": (_("“%(value)s” is not a date."), _("Write it like 2011-05-14.")),
    "mobile_wrong": (_("“%(value)s” is not a phone number."), _("Write 11 digits, or + and the country code.")),
    "email_wrong": (_("“%(value)s” is not an e-mail address."), _("Correct it, or leave the cell empty.")),
    "second_unit_wrong": (
        _("The second post “%(value)s” does not begin with “%(expected)s”."),
        _("Write the whole path, like 集团/公司/部门."),
    ),
    "unit_deep": (
        _("The unit lies %(levels)s levels deep."),
        _("Leave out the lowest: at most %(most)s levels are kept."),
    ),
    "number_rounded": (
        _("The spreadsheet has rounded this staff number; its last digits are lost."),
        _("Format the column as text and type the number again."),
    ),
    "formula": (
        _("In column “%(column)s” stands a formula without a result."),
        _("Type the value itself; or open the file in Excel or WPS and save it, so that it is computed."),
    ),
    "cell_error": (
        _("In column “%(column)s” stands the error %(value)s."),
        _("Mend the formula, or type the value itself."),
    ),
    "row_shifted": (
        _("The row has more cells than the header."),
        _("A comma inside a text shifts the rest: put that text in quotation marks, or save the file as .xlsx."),
    ),
    "too_long": (_("The text in column “%(column)s” is too long."), _("Shorten it.")),
}


@dataclass(slots=True)
class RowProblem:
    """One row that is left out, and why."""

    row: int
    code: str
    number: str = ""
    name: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what the preview stores."""
        kept = {"row": self.row, "code": self.code, "number": self.number, "name": self.name}
        return kept | {"params": self.params}


def sentence(problem: dict[str, Any]) -> tuple[str, str]:
    """Return what is wrong and the cure, in the reader's language."""
    wrong, cure = SENTENCES[problem["code"]]
    return str(wrong) % problem["params"], str(cure) % problem["params"]
