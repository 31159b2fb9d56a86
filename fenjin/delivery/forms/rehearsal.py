"""Who sees a rehearsal beside its author."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _


class RehearsalForm(forms.Form):
    """Staff numbers, in any way of writing several."""

    numbers = forms.CharField(
        label=_("Staff numbers of colleagues"),
        required=False,
        max_length=200,
        help_text=_("At most nine, with commas or spaces between. You get it yourself in any case."),
    )

    @property
    def numbers_typed(self) -> list[str]:
        """Return the numbers; only after is_valid()."""
        return [word for word in re.split(r"[\s,;，；、]+", self.cleaned_data["numbers"]) if word]
