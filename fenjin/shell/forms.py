"""What people type on the pages of the shell. Forms check; they never write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.selectors.corrections import correctable
from fenjin.shell.models import Complaint


class ComplaintForm(forms.Form):
    """A complaint or a suggestion."""

    category = forms.ChoiceField(label=_("What is it about?"), choices=Complaint.Category.choices)
    text = forms.CharField(
        label=_("What happened, or what would you change?"),
        help_text=_("Where and when helps. Please leave out identity-card and bank numbers."),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    may_contact = forms.BooleanField(
        label=_("You may contact me about this by phone or message."), required=False, widget=forms.CheckboxInput
    )


class AnswerForm(forms.Form):
    """What the security administrator answers."""

    answer = forms.CharField(label=_("Answer"), min_length=2, max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class PasswordForm(forms.Form):
    """The old password and the new one, twice."""

    old = forms.CharField(
        label=_("Your password now"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 10 characters; a short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two new passwords that differ."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two new passwords are not the same."))
        return data


class CorrectionForm(forms.Form):
    """What is wrong about me, and what would be right."""

    field = forms.ChoiceField(label=_("What is wrong?"), choices=correctable)
    wanted = forms.CharField(
        label=_("What would be right?"),
        max_length=300,
        help_text=_("Never an identity-card number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("What should the administrator know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """What an administrator answers to a correction."""

    answer = forms.CharField(
        label=_("What you did, or why it stays"),
        max_length=500,
        help_text=_("The person reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    verdict = forms.ChoiceField(choices=[("done", _("Corrected")), ("declined", _("Not changed"))])
