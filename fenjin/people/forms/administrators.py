"""A new administrator, and how an office is accepted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.forms.fields import password_field
from fenjin.people.models import Administrator


class OperatorForm(forms.Form):
    """A new holder of an office: one more, or the successor of one who holds it."""

    operator_name = forms.CharField(
        label=_("Name for signing in"),
        max_length=40,
        help_text=_("3 to 40 small letters, digits, dots or dashes; begins with a letter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    office = forms.ChoiceField(label=_("Office"), choices=Administrator.Office.choices)
    predecessor = forms.TypedChoiceField(
        label=_("Follows"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Nobody: the office gets one more holder."),
    )
    ends_on = forms.DateField(
        label=_("The old term ends on"),
        required=False,
        help_text=_("Only with somebody to follow; empty means today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *arguments: Any, holders: list[tuple[int, str]], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["predecessor"].choices = [("", _("Nobody")), *holders]  # type: ignore[attr-defined]


class AcceptOfficeForm(forms.Form):
    """A password of one's own, typed twice: the first one is known to whoever named the holder."""

    password = password_field(
        _("New password"),
        "new-password",
        help_text=_("At least ten signs, not only digits, not a common word. A short sentence is good."),
    )
    again = password_field(_("The same again"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return cleaned
