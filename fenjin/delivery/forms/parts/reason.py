"""Who is named if they do not confirm: nobody, unless the sender states a safety or legal reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.models import Message
from fenjin.delivery.naming import LATEST_DUE, LONGEST_REASON, NAMED_FOR, Reason
from fenjin.delivery.services import PlanRefusal
from fenjin.delivery.services.parts.reason import ReasonNeedsDue, ReasonOfWhat, ReasonTooLong, SayTheReason
from fenjin.kit import clock
from fenjin.kit.wording import exact_time

if TYPE_CHECKING:
    from fenjin.delivery.forms.parts.importance import ImportancePart
    from fenjin.delivery.forms.parts.when import WhenPart

NOBODY: Final = "no"
_OPTIONS: Final[dict[str, tuple[Any, Any]]] = {
    NOBODY: (_("Nobody is named"), _("As always: you and the units see numbers.")),
    Message.ReasonKind.SAFETY: (
        Message.ReasonKind.SAFETY.label,
        _("Somebody could come to harm who does not know this."),
    ),
    Message.ReasonKind.LEGAL: (
        Message.ReasonKind.LEGAL.label,
        _("A law or an authority wants it shown that each person knows this."),
    ),
}


class ReasonPart(Part):
    """The one exception by which people are named; it is closed until a reason is chosen and put into words."""

    key = "reason"
    title = _("Who is named")
    folded = True
    defaults = {"reason_kind": NOBODY}

    reason_kind = forms.ChoiceField(choices=[(str(kind), str(kind)) for kind in _OPTIONS])
    reason_words = forms.CharField(max_length=LONGEST_REASON, required=False)

    def clean(self) -> dict[str, Any]:
        """Take a reason without words for a mistake."""
        cleaned = super().clean() or {}
        stated = cleaned.get("reason_kind") not in (None, NOBODY)
        if stated and not cleaned.get("reason_words") and "reason_words" not in self.errors:
            self.add_error("reason_words", SayTheReason.sentence)
        return cleaned

    def agree(self, parts: Mapping[str, Part]) -> None:
        """Take a reason without a message to confirm, or without a day by which it ends, for a mistake."""
        if self.reason is None:
            return
        importance = cast("ImportancePart", parts["importance"])
        due = importance.due
        if importance.cleaned_data["importance"] != Message.Importance.CONFIRM:
            self.add_error("reason_kind", ReasonOfWhat.sentence)
        elif due is None:
            self.add_error("reason_kind", ReasonNeedsDue.sentence)
        elif due.instant > self._begins(parts) + LATEST_DUE:
            self.add_error("reason_kind", ReasonTooLong.sentence)
        else:
            self._until = exact_time(due.instant + NAMED_FOR)

    def _begins(self, parts: Mapping[str, Part]) -> datetime:
        now = clock.now()
        try:
            return cast("WhenPart", parts["when"]).plan.begins(now)
        except PlanRefusal:  # that part says so itself
            return now

    @property
    def reason(self) -> Reason | None:
        """Return the reason that is stated; only after is_valid()."""
        kind = self.cleaned_data.get("reason_kind", NOBODY)
        return None if kind == NOBODY else Reason(kind, self.cleaned_data["reason_words"])

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("reason_kind")
        return [Option(str(kind), label, words, kind == chosen) for kind, (label, words) in _OPTIONS.items()]

    @property
    def summary(self) -> str:
        """Return what is chosen."""
        return str(_OPTIONS.get(self.data.get("reason_kind", ""), _OPTIONS[NOBODY])[0])

    def values(self) -> dict[str, Any]:
        """Return the reason, or none."""
        return {"reason": self.reason}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say it, and what it means, in words; nothing where nobody is named."""
        reason = self.reason
        if reason is None:
            return []
        meant = _(
            "Until %(until)s the administrator of each unit sees by name who of the own people has not confirmed; "
            "never who has not read it. Each look is recorded, and the message says so to everybody."
        )
        return [(self.summary, reason.words), (self.title, meant % {"until": self._until})]
