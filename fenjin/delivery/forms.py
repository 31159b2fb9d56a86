"""What people type when they confirm or send."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.services import Plan
from fenjin.delivery.services.send import LONGEST_WAVE, SHORTEST_WAVE

WHEN = ("now", "later", "waves", "morning")


class ConfirmForm(forms.Form):
    """The one button of a must-read: which version was read, and the key of this press."""

    version = forms.IntegerField(min_value=1, max_value=32_000)
    client_key = forms.CharField(required=False, max_length=64)


class CorrectForm(forms.Form):
    """What was wrong, in the words that readers see, and whether they have to confirm again."""

    note = forms.CharField(
        label=_("What was wrong?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see this sentence beside the message. “The time of the drill is 15:00, not 14:00.”"),
    )
    material = forms.BooleanField(
        label=_("It matters: everybody confirms again"),
        required=False,
        help_text=_("Confirmations of the earlier text stay on record, but count no longer."),
    )


class WithdrawForm(forms.Form):
    """Why a message is taken back, in the words that readers see."""

    why = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who opens the message reads this instead."),
    )


class ComposeForm(forms.Form):
    """What is sent, to which units, how urgent and until when. The address of the page holds it all."""

    content = forms.ChoiceField(error_messages={"required": _("Choose what to send.")})
    importance = forms.ChoiceField(choices=Message.Importance.choices)
    due_on = forms.DateField(required=False)
    due_time = forms.TimeField(required=False)
    when = forms.ChoiceField(choices=[(when, when) for when in WHEN])
    start_on = forms.DateField(required=False)
    start_time = forms.TimeField(required=False)
    wave_minutes = forms.IntegerField(required=False)
    morning_on = forms.DateField(required=False)

    def __init__(self, data: QueryDict, *, contents: Iterable[tuple[str, Any]]) -> None:
        values = data.copy()
        values.setdefault("importance", Message.Importance.CONFIRM)
        values.setdefault("when", "now")
        if "content" not in values and "kind" in values and "id" in values:
            values["content"] = f"{values['kind']}:{values['id']}"
        super().__init__(values)
        self.contents = list(contents)
        self.fields["content"].choices = self.contents  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take a time without a day, or a deadline that nobody is asked to keep, for a mistake."""
        cleaned = super().clean() or {}
        day, clock_time = cleaned.get("due_on"), cleaned.get("due_time")
        if clock_time and not day and "due_on" not in self.errors:
            self.add_error("due_on", _("Choose the day as well."))
        if day and cleaned.get("importance") != Message.Importance.CONFIRM:
            self.add_error("due_on", _("Only a message that asks for confirmation has a deadline."))
        self._check_when(cleaned)
        return cleaned

    def _check_when(self, cleaned: dict[str, Any]) -> None:
        when = cleaned.get("when")
        if when == "later":
            for name, words in (("start_on", _("Choose the day.")), ("start_time", _("Choose the time of day."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if when == "waves" and not SHORTEST_WAVE <= (cleaned.get("wave_minutes") or 0) <= LONGEST_WAVE:
            self.add_error("wave_minutes", _("Give between 5 and 720 minutes."))
        if when == "morning" and not cleaned.get("morning_on") and "morning_on" not in self.errors:
            self.add_error("morning_on", _("Choose the day on whose morning it is read."))

    def plan(self, zone: str) -> Plan:
        """Return when it goes out, by the clock of a zone; only after is_valid()."""
        cleaned = self.cleaned_data
        match cleaned["when"]:
            case "later":
                at = datetime.combine(cleaned["start_on"], cleaned["start_time"], ZoneInfo(zone))
                return Plan(starts_at=at)
            case "waves":
                return Plan(pace=Message.Pace.WAVES, wave_minutes=cleaned["wave_minutes"])
            case "morning":
                return Plan(pace=Message.Pace.MORNING, morning_on=cleaned["morning_on"])
        return Plan()

    @property
    def chosen_content(self) -> tuple[str, int]:
        """Return kind and id of what is sent; only after is_valid()."""
        kind, _colon, content_id = self.cleaned_data["content"].partition(":")
        return kind, int(content_id)

    @property
    def content_title(self) -> str:
        """Return the title of what is sent; only after is_valid()."""
        return str(dict(self.contents)[self.cleaned_data["content"]])
