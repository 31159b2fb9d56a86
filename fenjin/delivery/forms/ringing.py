"""What a sub-platform types about ringing: hours, steps, days off."""

import re
from datetime import date, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.outbox.rules import SpaceRules
from fenjin.delivery.selectors.outbox.wording import CHANNEL_NAMES
from fenjin.workplace.register import CHANNELS

_LINE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:\.\.|–|—|~|至|to)\s*(\d{4}-\d\d-\d\d))?\s*(.*)")
_IMPORTANCES: Final = (Message.Importance.ORDINARY, Message.Importance.CONFIRM)
_HOURS: Final = 60


class RingRulesForm(forms.Form):
    """Quiet hours, and after how many hours each channel's turn comes; an empty field: it never rings."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False)
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        for importance in _IMPORTANCES:
            for channel in CHANNELS:
                self.fields[f"{importance}_{channel}"] = forms.DecimalField(
                    min_value=0, max_value=14 * 24, decimal_places=1, required=False
                )

    def clean(self) -> dict[str, Any]:
        """Take half a quiet time for a mistake."""
        cleaned = super().clean() or {}
        begin, until = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if (begin is None) != (until is None) or (begin is not None and begin == until):
            self.add_error("quiet_until", _("Give both hours, or leave both empty: then no hour is quiet."))
        return cleaned

    @property
    def quiet(self) -> tuple[time, time] | None:
        """Return the quiet hours; only after is_valid()."""
        begin, until = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return (begin, until) if begin is not None else None

    @property
    def steps(self) -> dict[str, dict[str, int]]:
        """Return minutes by importance and channel; only after is_valid()."""
        found: dict[str, dict[str, int]] = {}
        for importance in _IMPORTANCES:
            hours = {channel: self.cleaned_data[f"{importance}_{channel}"] for channel in CHANNELS}
            found[importance.value] = {
                channel: round(hour * _HOURS) for channel, hour in hours.items() if hour is not None
            }
        return found

    def lines(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """Return for each importance its name and the fields with their channels' names."""
        return [
            (
                importance.label,
                [(CHANNEL_NAMES[channel], self[f"{importance}_{channel}"]) for channel in CHANNELS],
            )
            for importance in _IMPORTANCES
        ]

    @staticmethod
    def now(rules: SpaceRules) -> dict[str, Any]:
        """Return what the form shows at first."""
        steps = {
            f"{importance}_{channel}": f"{minutes / _HOURS:g}"
            for importance in _IMPORTANCES
            for channel, minutes in rules.steps.get(importance, {}).items()
        }
        quiet = {"quiet_from": rules.quiet.begin, "quiet_until": rules.quiet.until} if rules.quiet else {}
        return {"seen": rules.revision} | steps | quiet


class HolidaysForm(forms.Form):
    """The days off of one year, a line each: a day, or a span of days, and a name."""

    year = forms.IntegerField(min_value=2020, max_value=2100, widget=forms.HiddenInput)
    days = forms.CharField(
        label=_("Days on which nothing rings"),
        required=False,
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("One line each: 2027-05-01 Labour Day, or a span: 2027-10-01 .. 2027-10-07 National Day."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the lines; the first one that cannot be read is named."""
        cleaned = super().clean() or {}
        cleaned["by_day"] = {}
        for number, line in enumerate(cleaned.get("days", "").splitlines(), 1):
            if line.strip() and not self._read(line.strip(), cleaned):
                words = _(
                    "Line %(number)s cannot be read: “%(line)s”. Write a day of %(year)s as 2027-05-01, then the name."
                )
                self.add_error(
                    "days", words % {"number": number, "line": line.strip()[:40], "year": cleaned.get("year")}
                )
                break
        return cleaned

    def _read(self, line: str, cleaned: dict[str, Any]) -> bool:
        met = _LINE.fullmatch(line)
        if met is None:
            return False
        try:
            first = date.fromisoformat(met[1])
            last = date.fromisoformat(met[2]) if met[2] else first
        except ValueError:
            return False
        if not first <= last or {first.year, last.year} != {cleaned.get("year")}:
            return False
        for day in range((last - first).days + 1):
            cleaned["by_day"][first + timedelta(days=day)] = met[3].strip()
        return True

    @staticmethod
    def as_text(rules: SpaceRules, year: int) -> str:
        """Return the stored days of a year as lines; days in a row of one name are a span."""
        spans: list[list[Any]] = []
        for day, name in rules.holidays:
            if day.year != year:
                continue
            if spans and spans[-1][2] == name and spans[-1][1] + timedelta(days=1) == day:
                spans[-1][1] = day
            else:
                spans.append([day, day, name])
        lines = [f"{first}" if first == last else f"{first} .. {last}" for first, last, _name in spans]
        return "\n".join(f"{line} {span[2]}".strip() for line, span in zip(lines, spans, strict=True))
