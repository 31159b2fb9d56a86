"""The file of a roster."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RosterUploadForm(forms.Form):
    """The roster file."""

    file = forms.FileField(label=_("Roster file"), max_length=200)
