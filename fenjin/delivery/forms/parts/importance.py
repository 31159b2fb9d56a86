"""How urgent, and until when."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.models import Approval, Message
from fenjin.delivery.selectors.approvals import somebody_may_approve, why_nobody
from fenjin.delivery.services import Due
from fenjin.kit.wording import exact_time

END_OF_DAY: Final = time(18, 0)
WORDS: Final = {
    Message.Importance.CONFIRM: _(
        "Shown first on the home page until the person confirms; you see who confirmed in numbers."
    ),
    Message.Importance.ORDINARY: _("Lies in the inbox; you see how many opened it."),
    Message.Importance.EMERGENCY: _(
        "Takes over the home page of everybody at once and asks whether they are safe. A second person has to agree."
    ),
}


class ImportancePart(Part):
    """Ordinary, or please confirm with a deadline by the clock of the space."""

    key = "importance"
    title = _("Importance")
    defaults = {"importance": Message.Importance.CONFIRM.value}

    importance = forms.ChoiceField(choices=Message.Importance.choices)
    due_on = forms.DateField(required=False)
    due_time = forms.TimeField(required=False)

    def clean(self) -> dict[str, Any]:
        """Take a time without a day, or a deadline that nobody is asked to keep, for a mistake."""
        cleaned = super().clean() or {}
        day, clock_time = cleaned.get("due_on"), cleaned.get("due_time")
        if clock_time and not day and "due_on" not in self.errors:
            self.add_error("due_on", _("Choose the day as well."))
        if day and cleaned.get("importance") != Message.Importance.CONFIRM:
            self.add_error("due_on", _("Only a message that asks for confirmation has a deadline."))
        return cleaned

    @property
    def nobody(self) -> str:
        """Say what to do where nobody else could approve an emergency; empty: somebody could."""
        space, but = self.writing.space_id, self.writing.membership.person_id
        why = Approval.Why.EMERGENCY
        return "" if somebody_may_approve(space, but=but, why=why) else why_nobody(space, why)

    def agree(self, parts: Mapping[str, Part]) -> None:
        """Refuse an emergency that would wait for nobody: in an emergency it is too late to find that out."""
        if self.cleaned_data["importance"] == Message.Importance.EMERGENCY and self.nobody:
            self.add_error("importance", self.nobody)

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("importance")
        return [Option(kind.value, kind.label, words, kind.value == chosen) for kind, words in WORDS.items()]

    @property
    def due(self) -> Due | None:
        """Return the deadline; only after is_valid()."""
        day = self.cleaned_data["due_on"]
        return Due(day, self.cleaned_data["due_time"] or END_OF_DAY, self.writing.zone) if day else None

    def values(self) -> dict[str, Any]:
        """Return importance and deadline."""
        return {"importance": self.cleaned_data["importance"], "due": self.due}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say both in words."""
        due = self.due
        until = exact_time(due.instant) if due else _("No deadline")
        chosen = Message.Importance(self.cleaned_data["importance"]).label
        return [(_("Importance"), chosen), (_("To be confirmed by"), until)]
