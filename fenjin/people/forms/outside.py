"""Name and password of another system's directory."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.forms.fields import password_field


class DirectoryForm(forms.Form):
    """What the other system knows somebody by; the password is passed on and kept nowhere."""

    user = forms.CharField(
        label=_("Name there"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = password_field(_("Password there"), "current-password")
