"""Fields that several forms share."""

from typing import Any

from django import forms


def password_field(label: Any, autocomplete: str, **extra: Any) -> forms.CharField:
    """Return a field for a password: spaces count, and the browser knows which one it is."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, **extra)
