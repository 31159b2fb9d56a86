"""Whether readers may answer or ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Option, Part

WORDS = {
    "no": (_("No replies"), _("Readers find no field to write into.")),
    "yes": (_("Replies welcome"), _("Readers may ask and answer; it goes to the desk “Replies”, seen by nobody else.")),
}


class RepliesPart(Part):
    """No by default: whoever invites questions has to answer them."""

    key = "replies"
    title = _("Replies")
    defaults = {"replies": "no"}
    folded = True

    replies = forms.ChoiceField(choices=[(value, value) for value in WORDS])

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("replies")
        return [Option(value, label, words, value == chosen) for value, (label, words) in WORDS.items()]

    @property
    def summary(self) -> str:
        """Return what is chosen."""
        return str(WORDS.get(self.data.get("replies", ""), WORDS["no"])[0])

    def values(self) -> dict[str, Any]:
        """Return whether replies are allowed."""
        return {"reply_allowed": self.cleaned_data["replies"] == "yes"}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say it in words."""
        return [(_("Replies"), self.summary)]
