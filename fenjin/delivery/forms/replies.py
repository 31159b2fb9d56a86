"""What the desk types that answers readers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenjin.delivery.models.talks import LONGEST_REMARK


class ReadyAnswerForm(forms.Form):
    """An answer that is often given, under a name, for a space."""

    space_id = forms.TypedChoiceField(label=_("Sub-platform"), coerce=int)
    title = forms.CharField(label=pgettext_lazy("ready answer", "Name"), max_length=60)
    text = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever answers takes it into the field and changes what does not fit."),
    )

    def __init__(self, data: Any, *, spaces: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, initial={"space_id": spaces[0][0]} if spaces else None)
        self.fields["space_id"].choices = list(spaces)  # type: ignore[attr-defined]
        if len(spaces) == 1:
            self.fields["space_id"].widget = forms.HiddenInput()
