"""What is typed by somebody who cannot get in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.forms.claim import NewPasswordForm
from fenjin.people.models import ContactCode

_NUMBER = {"autocomplete": "username", "autocapitalize": "off"}


class LostPasswordForm(forms.Form):
    """Who asks for a code, and how it shall come."""

    number = forms.CharField(label=_("Staff number"), max_length=80, widget=forms.TextInput(attrs=_NUMBER))
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    way = forms.ChoiceField(label=_("How shall the code come?"))

    def __init__(self, *arguments: Any, ways: list[str], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        words = dict(ContactCode.Way.choices)
        self.fields["way"].choices = [(way, words[way]) for way in ways]  # type: ignore[attr-defined]


class ResetPasswordForm(NewPasswordForm):
    """The code that came, and a new password."""

    number = forms.CharField(label=_("Staff number"), max_length=80, widget=forms.TextInput(attrs=_NUMBER))
    code = forms.CharField(
        label=_("The code that was sent to you"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "code"}),
    )
    field_order = ("number", "code", "password", "again")

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, ask_notice=False, **keywords)


class AccountTakenForm(forms.Form):
    """Somebody says that another person uses the account."""

    number = forms.CharField(label=_("Staff number"), max_length=80, widget=forms.TextInput(attrs=_NUMBER))
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Phone to call you back"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    note = forms.CharField(
        label=_("What happened?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class FirstPasswordForm(NewPasswordForm):
    """A password of one's own in place of one that somebody else has seen."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, ask_notice=False, **keywords)
