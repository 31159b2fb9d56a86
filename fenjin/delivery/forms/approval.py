"""What the second person types, and how a space sends."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.access import SEND
from fenjin.delivery.selectors.approvals import Rules
from fenjin.delivery.services.rules import MOST_MINUTES, MOST_PEOPLE
from fenjin.spaces.access import roles_with
from fenjin.spaces.selectors.role_words import role_choices


class ApproveForm(forms.Form):
    """Which version was read."""

    version = forms.IntegerField(min_value=1, max_value=32_000)


class DeclineForm(forms.Form):
    """Why a message does not go out, in words for its sender."""

    why = forms.CharField(
        label=_("What should be different?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Its sender reads this sentence."),
    )


class SendingRulesForm(forms.Form):
    """A head count for each role that sends, and the minutes a week that are enough."""

    weekly_minutes = forms.IntegerField(
        label=_("Minutes a week that are enough"),
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=_("Above it the review warns the sender; nothing is forbidden."),
    )

    def __init__(self, *arguments: Any, rules: Rules, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.initial["weekly_minutes"] = rules.weekly_minutes
        self.roles = sorted(roles_with(SEND))
        for role in self.roles:
            self.fields[role] = forms.IntegerField(
                label=dict(role_choices())[role],
                required=False,
                min_value=1,
                max_value=MOST_PEOPLE,
                help_text=_("People whom this role may send to alone; empty: as many as it reaches."),
            )
            self.initial[role] = rules.limits.get(role)

    @property
    def limit_fields(self) -> list[Any]:
        """Return the fields of the roles."""
        return [self[role] for role in self.roles]

    @property
    def limits(self) -> Mapping[str, int]:
        """Return role → head count, of those that have one; only after is_valid()."""
        return {role: self.cleaned_data[role] for role in self.roles if self.cleaned_data[role]}
