"""A new administrator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.models import Administrator


class OperatorForm(forms.Form):
    """A new administrator."""

    operator_name = forms.CharField(
        label=_("Name for signing in"),
        max_length=40,
        help_text=_("3 to 40 small letters, digits, dots or dashes; begins with a letter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    office = forms.ChoiceField(label=_("Office"), choices=Administrator.Office.choices)
