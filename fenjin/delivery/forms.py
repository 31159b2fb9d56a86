"""What people type when they confirm or send."""

from django import forms


class ConfirmForm(forms.Form):
    """The one button of a must-read: which version was read, and the key of this press."""

    version = forms.IntegerField(min_value=1, max_value=32_000)
    client_key = forms.CharField(required=False, max_length=64)
