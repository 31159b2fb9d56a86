"""Whether an emergency is a drill, and who follows it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.duty import DutyDesk, duty_desk_of


class EmergencyPart(Part):
    """Serious, or a drill; says who the duty desk is, since an emergency that nobody follows helps nobody."""

    key = "emergency"
    title = _("If it is an emergency")
    defaults = {"drill": "no"}

    drill = forms.ChoiceField(choices=[("no", "no"), ("yes", "yes")])

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("drill")
        words = {
            "no": (_("Serious"), _("Rings at night too, and past everything that people have muted.")),
            "yes": (_("A drill"), _("The same in every way, but marked as a drill wherever it stands.")),
        }
        return [Option(value, label, said, value == chosen) for value, (label, said) in words.items()]

    @property
    def desk(self) -> DutyDesk:
        """Return who follows it."""
        return duty_desk_of(self.writing.space_id)

    @property
    def summary(self) -> str:
        """Say who the duty desk is."""
        count = len(self.desk.names)
        if not count:
            return str(_("Nobody is the duty desk yet"))
        return ngettext("Duty desk: %(count)s person", "Duty desk: %(count)s people", count) % {"count": count}

    def agree(self, parts: Mapping[str, Part]) -> None:
        """Take a drill of something that is no emergency for a mistake."""
        importance = parts["importance"].cleaned_data.get("importance")
        if self.cleaned_data["drill"] == "yes" and importance != Message.Importance.EMERGENCY:
            self.add_error("drill", _("Only an emergency can be a drill."))

    def values(self) -> dict[str, Any]:
        """Return whether it is a drill."""
        return {"drill": self.cleaned_data["drill"] == "yes"}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say that it is a drill."""
        return [(_("Drill"), _("Marked as a drill wherever it stands"))] if self.cleaned_data["drill"] == "yes" else []
