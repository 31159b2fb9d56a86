"""Whether those still open are reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.services import Reminders
from fenjin.delivery.services.sending import MOST_REMINDERS

HOUR = 60
TIMES = (
    (10, _("10 minutes")),
    (30, _("30 minutes")),
    (2 * HOUR, _("2 hours")),
    (24 * HOUR, _("1 day")),
    (2 * 24 * HOUR, _("2 days")),
    (7 * 24 * HOUR, _("7 days")),
)


class RemindersPart(Part):
    """First after some time, then again, so many times; who has done it is left in peace."""

    key = "reminders"
    title = _("Reminders")
    defaults = {"remind": "no", "first_after": str(24 * HOUR), "again_after": str(24 * HOUR), "most": "2"}
    folded = True

    remind = forms.ChoiceField(choices=[("no", "no"), ("yes", "yes")])
    first_after = forms.TypedChoiceField(choices=TIMES, coerce=int, label=_("First after"))
    again_after = forms.TypedChoiceField(choices=TIMES, coerce=int, label=_("Then every"))
    most = forms.TypedChoiceField(
        choices=[(str(number), str(number)) for number in range(1, MOST_REMINDERS + 1)],
        coerce=int,
        label=_("At most, times"),
    )

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("remind")
        words = {
            "no": (_("No reminders"), _("You can still remind by hand, three times at most.")),
            "yes": (
                _("Remind those still open"),
                _("Who has not confirmed, answered or opened it; never in quiet hours, unless it is an emergency."),
            ),
        }
        return [Option(value, label, said, value == chosen) for value, (label, said) in words.items()]

    @property
    def summary(self) -> str:
        """Say it in a few words."""
        if self.data.get("remind") != "yes":
            return str(_("No reminders"))
        most = self.data.get("most", "")
        count = int(most) if most.isdecimal() and len(most) < 3 else 1
        return ngettext("At most %(count)s reminder", "At most %(count)s reminders", count) % {"count": count}

    @property
    def times(self) -> list[Any]:
        """Return the fields that are chosen from lists."""
        return [self["first_after"], self["again_after"], self["most"]]

    def values(self) -> dict[str, Any]:
        """Return the rule, or none."""
        cleaned = self.cleaned_data
        if cleaned["remind"] != "yes":
            return {"reminders": None}
        return {"reminders": Reminders(cleaned["first_after"], cleaned["again_after"], cleaned["most"])}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say the rule in words."""
        cleaned, words = self.cleaned_data, dict(TIMES)
        if cleaned["remind"] != "yes":
            return []
        said = _("first after %(first)s, then every %(again)s, at most %(most)s times") % {
            "first": words[cleaned["first_after"]],
            "again": words[cleaned["again_after"]],
            "most": cleaned["most"],
        }
        return [(_("Reminders"), said)]
