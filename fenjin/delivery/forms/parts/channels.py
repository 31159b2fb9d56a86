"""What rings beside the inbox: nothing, the messenger alone, or the whole ladder."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.selectors.outbox.wording import ladder_words
from fenjin.workplace.register import WORKPLACE
from fenjin.workplace.services import available

WORDS: Final = {
    "ladder": (
        _("As it suits the importance"),
        _("One channel after the other, only for those who have not opened it."),
    ),
    "messenger": (_("Only the messenger"), _("One card in the messenger; no mail, no text message.")),
    "none": (_("Nothing rings"), _("It lies in the inbox of each person.")),
}


class ChannelsPart(Part):
    """Which channels are used; an emergency uses all whatever is chosen."""

    key = "channels"
    title = _("What rings")
    defaults = {"ring": "ladder"}
    folded = True

    ring = forms.ChoiceField(choices=[(ring, ring) for ring in WORDS])

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen here: without a channel, nothing."""
        chosen, ready = self.data.get("ring"), available()
        offered = [key for key in WORDS if key != "messenger" or (WORKPLACE in ready and len(ready) > 1)]
        return [Option(key, *WORDS[key], key == chosen) for key in offered] if ready else []

    @property
    def ladders(self) -> list[tuple[Any, str]]:
        """Return for each importance when what rings."""
        return ladder_words(self.writing.space_id, available())

    @property
    def summary(self) -> str:
        """Return what is chosen in a few words."""
        return str(WORDS.get(self.data.get("ring", ""), WORDS["ladder"])[0]) if available() else str(WORDS["none"][0])

    def values(self) -> dict[str, Any]:
        """Return the channels."""
        ready = available()
        chosen = {"ladder": ready, "messenger": tuple(key for key in ready if key == WORKPLACE), "none": ()}
        return {"channels": chosen[self.cleaned_data["ring"]]}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say it in words."""
        return [(self.title, self.summary)]
