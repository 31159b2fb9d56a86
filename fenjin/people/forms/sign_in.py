"""What is typed to get in, or to show again who it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.forms.fields import password_field
from fenjin.people.models import Numbering


class SignInForm(forms.Form):
    """Staff number or operator's name, and the password; the company only when it is asked for."""

    number = forms.CharField(
        label=_("Staff number"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )
    password = password_field(_("Password"), "current-password")

    def __init__(self, *arguments: Any, numberings: list[Numbering] | None = None, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if numberings:
            self.ask_company(numberings)

    def ask_company(self, numberings: list[Numbering]) -> None:
        """Add the question which company's number it is."""
        choices = [(numbering.pk, numbering.name) for numbering in numberings]
        self.fields["company"] = forms.TypedChoiceField(label=_("Company"), coerce=int, choices=choices)
        self.order_fields(["number", "company", "password"])


class ConfirmIdentityForm(forms.Form):
    """The password once more."""

    password = password_field(_("Password"), "current-password")
