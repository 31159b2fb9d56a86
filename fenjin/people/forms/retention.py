"""How many days each kind of data stays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.register import retentions
from fenjin.people.selectors.retention import all_days


class RetentionForm(forms.Form):
    """A field for each kind that some room signed, between its bounds."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        in_force = all_days()
        for kind in retentions():
            self.fields[self.name_of(kind.key)] = forms.IntegerField(
                label=kind.name,
                min_value=kind.floor,
                max_value=kind.ceiling,
                initial=in_force[kind.key],
                error_messages={
                    "min_value": _("At least %(limit_value)s days."),
                    "max_value": _("At most %(limit_value)s days."),
                    "invalid": _("A whole number of days, please."),
                },
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @staticmethod
    def name_of(key: str) -> str:
        """Return the field's name for a kind."""
        return key.replace(".", "-")

    def days(self) -> dict[str, int]:
        """Return the days by kind."""
        return {kind.key: self.cleaned_data[self.name_of(kind.key)] for kind in retentions()}
