"""What is typed to make an account one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.forms.fields import password_field


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

    password = password_field(
        _("New password"),
        "new-password",
        help_text=_("At least ten signs. A sentence of your own is best and easy to remember."),
    )
    again = password_field(_("The same again"), "new-password")
    notice = forms.BooleanField(
        label=_("I have read the privacy notice above."),
        error_messages={"required": _("Read the privacy notice and tick that you have.")},
    )

    def __init__(self, *arguments: Any, ask_notice: bool = True, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if not ask_notice:
            del self.fields["notice"]

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return cleaned
