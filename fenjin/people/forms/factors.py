"""The code of the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

_CODE_ATTRS = {"autocomplete": "one-time-code", "class": "code", "autocapitalize": "off"}


class FactorCodeForm(forms.Form):
    """Six digits from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your authenticator app. Without your phone: one of your recovery codes."),
        widget=forms.TextInput(attrs=_CODE_ATTRS),
    )


class AddAppForm(forms.Form):
    """The first code that the app shows: proof that it took in the secret."""

    code = forms.CharField(
        label=_("Code shown by the app"),
        max_length=20,
        help_text=_("Six digits; a new code comes every 30 seconds."),
        widget=forms.TextInput(attrs=_CODE_ATTRS | {"inputmode": "numeric"}),
    )
