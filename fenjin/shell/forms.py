"""What people type on the pages of the shell. Forms check; they never write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.selectors.corrections import correctable
from fenjin.shell.models import Complaint
from fenjin.spaces.selectors.role_words import role_choices


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


class SeeingForm(forms.Form):
    """With whose eyes a phone page is looked at, and which one."""

    q = forms.CharField(label=_("Another unit"), max_length=80, required=False)
    unit = forms.IntegerField(min_value=1, required=False)
    role = forms.ChoiceField(label=_("Who looks"), required=False)
    page = forms.CharField(label=_("Page"), max_length=200, required=False)
    scale = forms.ChoiceField(
        label=_("Type size"), choices=[("1", _("Standard")), ("2", _("Large")), ("3", _("Largest"))], required=False
    )
    theme = forms.ChoiceField(
        label=_("Appearance"), choices=[("light", _("Light")), ("dark", _("Dark"))], required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")], required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["role"].choices = [("", _("An employee")), *role_choices()]  # type: ignore[attr-defined]


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
