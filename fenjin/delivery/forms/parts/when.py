"""When each reader sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.models import Message
from fenjin.delivery.services import Plan, PlanRefusal
from fenjin.delivery.services.sending import LONGEST_WAVE, SHORTEST_WAVE
from fenjin.kit import clock
from fenjin.kit.wording import exact_time, friendly_date

WORDS: Final = {
    "now": (_("Send now"), _("Everybody sees it as soon as you press.")),
    "later": (_("At a set time"), _("Everybody sees it at that time, by the clock of the sub-platform.")),
    "waves": (_("In waves"), _("Spread over the minutes you give, so that not everybody comes at once.")),
    "morning": (
        _("In each reader's own morning"),
        _("From eight o'clock in each reader's own time zone, on the day you give."),
    ),
}


class WhenPart(Part):
    """Now, at a time, in waves, or in each reader's own morning."""

    key = "when"
    title = _("When")
    defaults = {"when": "now"}

    when = forms.ChoiceField(choices=[(when, when) for when in WORDS])
    start_on = forms.DateField(required=False)
    start_time = forms.TimeField(required=False)
    wave_minutes = forms.IntegerField(required=False)
    morning_on = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        cleaned = super().clean() or {}
        when = cleaned.get("when")
        if when == "later":
            for name, words in (("start_on", _("Choose the day.")), ("start_time", _("Choose the time of day."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if when == "waves" and not SHORTEST_WAVE <= (cleaned.get("wave_minutes") or 0) <= LONGEST_WAVE:
            self.add_error("wave_minutes", _("Give between 5 and 720 minutes."))
        if when == "morning" and not cleaned.get("morning_on") and "morning_on" not in self.errors:
            self.add_error("morning_on", _("Choose the day on whose morning it is read."))
        return cleaned

    def agree(self, parts: Mapping[str, Part]) -> None:
        """Say beside the field why a time cannot be kept."""
        try:
            self.plan.begins(clock.now())
        except PlanRefusal as refusal:
            self.add_error({"later": "start_on", "morning": "morning_on"}.get(self.data["when"]), str(refusal))

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("when")
        return [Option(when, label, words, when == chosen) for when, (label, words) in WORDS.items()]

    @property
    def plan(self) -> Plan:
        """Return when it goes out, by the clock of the space; only when the fields are right."""
        cleaned = self.cleaned_data
        match cleaned["when"]:
            case "later":
                at = datetime.combine(cleaned["start_on"], cleaned["start_time"], ZoneInfo(self.writing.zone))
                return Plan(starts_at=at)
            case "waves":
                return Plan(pace=Message.Pace.WAVES, wave_minutes=cleaned["wave_minutes"])
            case "morning":
                return Plan(pace=Message.Pace.MORNING, morning_on=cleaned["morning_on"])
        return Plan()

    def values(self) -> dict[str, Any]:
        """Return the plan."""
        return {"plan": self.plan}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say it in words."""
        plan, (label, _words) = self.plan, WORDS[self.cleaned_data["when"]]
        more = exact_time(plan.starts_at) if plan.starts_at else ""
        if plan.wave_minutes:
            more = gettext("%(minutes)s min") % {"minutes": plan.wave_minutes}
        elif plan.morning_on:
            more = friendly_date(plan.morning_on, same_year=plan.morning_on.year == clock.now().year)
        return [(_("When"), gettext("%(what)s: %(names)s") % {"what": label, "names": more} if more else label)]
