"""Which column of a roster means what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.roster.choice import Choice
from fenjin.people.roster.columns import MOST_LEVELS, Field
from fenjin.people.roster.columns_seen import Columns
from fenjin.people.roster.tables import SEARCHED_ROWS

FIELD_LABELS: dict[str, Any] = {
    "": _("Not read, never stored"),
    Field.NUMBER: _("Staff number"),
    Field.NAME: _("Name"),
    Field.LEVEL: _("One level of units"),
    Field.PATH: _("All levels of units as a path"),
    Field.TITLE: _("Position"),
    Field.MOBILE: _("Mobile phone"),
    Field.EMAIL: _("E-mail"),
    Field.STARTED_ON: _("Date of first employment"),
    Field.STATUS: _("Status of employment"),
    Field.ZONE: _("Time zone"),
    Field.SECOND_UNITS: _("Units of second posts"),
}
SEPARATORS = (">", "/", "\\", "|", "→", "»", "-", "—", "_", ".", "·")


class ColumnsWhereForm(forms.Form):
    """Which sheet, and in which row its header stands."""

    sheet = forms.CharField(required=False, max_length=100)
    header_row = forms.IntegerField(required=False, min_value=1, max_value=SEARCHED_ROWS, label=_("Header in row"))


class ColumnsForm(forms.Form):
    """A select for each column, and what else only a person may know."""

    header_row = forms.IntegerField(min_value=1, max_value=SEARCHED_ROWS, widget=forms.HiddenInput)
    sheet = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    width = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=40,
        label=_("Digits of a staff number"),
        help_text=_("Lost zeros are put back up to this width. Empty: as the file says, else the most frequent."),
    )
    separator = forms.ChoiceField(
        required=False,
        label=_("Between the levels of a path"),
        choices=[("", _("Find out")), *((mark, mark) for mark in SEPARATORS)],
    )

    def __init__(self, data: Any, *, columns: Columns, numberings: list[tuple[int, str]], **more: Any) -> None:
        first = {"header_row": columns.header_row, "sheet": columns.sheet}
        first |= {"width": columns.width, "separator": columns.separator}
        super().__init__(data, initial=first, **more)
        self.columns = columns
        if columns.separator and columns.separator not in SEPARATORS:
            separator: Any = self.fields["separator"]
            separator.choices = [*separator.choices, (columns.separator, columns.separator)]
        if len(numberings) > 1:
            self.fields["numbering"] = forms.TypedChoiceField(
                label=_("Numbering"), coerce=int, choices=numberings, initial=columns.numbering
            )
        for place, column in enumerate(columns.columns):
            choices = [("", FIELD_LABELS[""])] if column.identity else list(FIELD_LABELS.items())
            self.fields[f"column_{place}"] = forms.ChoiceField(
                required=False, choices=choices, initial=column.field, label=column.name or column.letters
            )

    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Return each column of the file with its select."""
        return [(column, self[f"column_{place}"]) for place, column in enumerate(self.columns.columns)]

    def clean(self) -> dict[str, Any]:
        """Refuse a choice that lacks what is needed, or gives one meaning to two columns."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = [value for name, value in cleaned.items() if name.startswith("column_") and value]
        for needed in (Field.NUMBER, Field.NAME):
            if needed not in said:
                message = _("Say which column is “%(field)s”.") % {"field": FIELD_LABELS[needed]}
                self.add_error(None, message)
        if Field.LEVEL not in said and Field.PATH not in said:
            self.add_error(None, _("Say which columns hold the units: one for each level, or one with the whole path."))
        if Field.LEVEL in said and Field.PATH in said:
            self.add_error(None, _("Units stand either in one column for each level, or in one as a path, not both."))
        for known in Field:
            most = MOST_LEVELS if known is Field.LEVEL else 1
            if said.count(known) > most:
                message = _("“%(field)s” was chosen for more than one column.") % {"field": FIELD_LABELS[known]}
                self.add_error(None, message)
        return cleaned

    def choice(self) -> Choice:
        """Return what was said; call it on a valid form."""
        cleaned = self.cleaned_data
        return Choice(
            columns={column.key: cleaned[f"column_{place}"] for place, column in enumerate(self.columns.columns)},
            whole=True,
            header_row=cleaned["header_row"],
            sheet=cleaned["sheet"],
            separator=cleaned["separator"],
            width=cleaned["width"],
            numbering=cleaned.get("numbering"),
        )
