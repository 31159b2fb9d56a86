"""The filter above the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.audit.selectors import AuditFilter, list_acts, list_kinds


class AuditFilterForm(forms.Form):
    """Who, what, on which, when; every field may stay empty."""

    actor_id = forms.IntegerField(label=_("Account number"), required=False, min_value=1)
    act = forms.ChoiceField(label=_("Act"), required=False)
    kind = forms.ChoiceField(label=_("On what"), required=False)
    target_id = forms.IntegerField(label=_("Its number"), required=False, min_value=1)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        anything = [("", _("Anything"))]
        self.fields["act"].choices = anything + list_acts()  # type: ignore[attr-defined]
        self.fields["kind"].choices = anything + list_kinds()  # type: ignore[attr-defined]

    def wanted(self) -> AuditFilter:
        """Return the filter; a field that makes no sense counts as empty."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return AuditFilter(**{name: value for name, value in given.items() if value})
