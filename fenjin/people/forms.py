"""What people type at the doors, and what administrators type at their desks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.models import Administrator, Numbering


def _password(label: Any, autocomplete: str, **extra: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, **extra)


class SignInForm(forms.Form):
    """Staff number or operator's name, and the password; the company only when it is asked for."""

    number = forms.CharField(
        label=_("Staff number"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )
    password = _password(_("Password"), "current-password")

    def __init__(self, *arguments: Any, numberings: list[Numbering] | None = None, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if numberings:
            self.ask_company(numberings)

    def ask_company(self, numberings: list[Numbering]) -> None:
        """Add the question which company's number it is."""
        choices = [(numbering.pk, numbering.name) for numbering in numberings]
        self.fields["company"] = forms.TypedChoiceField(label=_("Company"), coerce=int, choices=choices)
        self.order_fields(["number", "company", "password"])


class ClaimForm(forms.Form):
    """The three things that together say who somebody is."""

    number = forms.CharField(
        label=_("Staff number"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        help_text=_("Eight signs from your administrator. Spaces and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "code"}),
    )


class NewPasswordForm(forms.Form):
    """A password of one's own, typed twice, and the privacy notice."""

    password = _password(
        _("New password"),
        "new-password",
        help_text=_("At least ten signs, not only digits, not a common word. A short sentence is good."),
    )
    again = _password(_("The same again"), "new-password")
    notice = forms.BooleanField(
        label=_("I have read the privacy notice above."),
        error_messages={"required": _("Read the privacy notice and tick that you have.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return cleaned


class ConfirmIdentityForm(forms.Form):
    """The password once more."""

    password = _password(_("Password"), "current-password")


class PeopleFilterForm(forms.Form):
    """What the list of people is cut to."""

    q = forms.CharField(required=False, max_length=80)
    company = forms.IntegerField(required=False, min_value=1)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class OperatorForm(forms.Form):
    """A new administrator."""

    operator_name = forms.CharField(
        label=_("Name for signing in"),
        max_length=40,
        help_text=_("3 to 40 small letters, digits, dots or dashes; begins with a letter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    office = forms.ChoiceField(label=_("Office"), choices=Administrator.Office.choices)


class RosterUploadForm(forms.Form):
    """The roster file."""

    file = forms.FileField(label=_("Roster file"), max_length=200)
