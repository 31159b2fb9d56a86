"""Bringing questions in and taking them out as files."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.kit.widgets import FilePicker
from fenjin.quiz.formats import FORMATS, Choice
from fenjin.quiz.formats.columns import FIELDS, Column
from fenjin.quiz.formats.notation import LETTERS

_LABELS: Final = {
    "": _("Not read"),
    "stem": _("Quiz question"),
    "kind": _("Kind of question"),
    "options": _("All options in one cell"),
    "answer": _("Right answer"),
    "explanation": _("Explanation"),
    "topic": _("Topic of questions"),
    "difficulty": _("Difficulty"),
    "tags": _("Tags"),
    "source": _("Source"),
    "link": _("Address of the source"),
    "picture": _("Picture of the question"),
    "number": _("Number, not read"),
}
_ENDINGS: Final = ".xlsx,.txt,.xml,.gift"


class UploadForm(forms.Form):
    """The file, and its format where somebody knows better."""

    file = forms.FileField(label=_("File with questions"), widget=FilePicker({"accept": _ENDINGS}))
    form = forms.ChoiceField(label=_("Format"), required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        known = [(one.key, one.label) for one in FORMATS.values()]
        self.fields["form"].choices = [("", _("Find out by what it holds")), *known]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """A select for each column of a workbook; what makes no sense is left out."""

    def __init__(self, data: Any, *, columns: Sequence[Column]) -> None:
        self.asked = any(f"c{place}" in data for place in range(len(columns)))
        super().__init__(data if self.asked else None)
        self.columns = columns
        for place, column in enumerate(columns):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=column.name or column.letters, choices=_choices, required=False, initial=column.field
            )

    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        """Return each column with its select."""
        return [(column, self[f"c{place}"]) for place, column in enumerate(self.columns)]

    def choice(self) -> Choice:
        """Return what was said; nothing when nobody said anything."""
        if not self.asked or not self.is_valid():
            return Choice()
        return Choice({column.key: self.cleaned_data[f"c{place}"] for place, column in enumerate(self.columns)})


class FormatForm(forms.Form):
    """The format in which questions leave."""

    form = forms.ChoiceField(label=_("Format"), required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        known = [(one.key, one.label) for one in FORMATS.values()]
        self.fields["form"].choices = known  # type: ignore[attr-defined]

    def chosen(self) -> str:
        """Return the key of the format; a workbook where none is said."""
        return (self.cleaned_data.get("form") if self.is_valid() else "") or "xlsx"


def _choices() -> list[tuple[str, Any]]:
    return [("", _LABELS[""]), *((known, _label(known)) for known in FIELDS)]


def _label(known: str) -> Any:
    name, _sign, place = known.partition("_")
    if name == "option" and place in LETTERS:
        return _("Option %(letter)s") % {"letter": place}
    return _("Partner %(number)s") % {"number": place} if name == "partner" else _LABELS[known]
