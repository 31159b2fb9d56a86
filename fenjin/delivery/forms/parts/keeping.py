"""Whether whoever joins later gets it too."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.models import Message

WORDS: Final = {
    Message.AudienceMode.FROZEN: _("Exactly those whom you see counted here. Moves and newcomers change nothing."),
    Message.AudienceMode.LIVING: _(
        "Whoever comes to fit gets it too, and whoever no longer fits loses it unopened. The number changes with them."
    ),
}


class KeepingPart(Part):
    """As of sending by default, or as a saved audience says: a sender sees beforehand whom it reaches."""

    key = "keeping"
    title = _("Who joins later")
    defaults = {"keeping": Message.AudienceMode.FROZEN.value, "keeping_of": ""}
    folded = True

    keeping = forms.ChoiceField(choices=Message.AudienceMode.choices)
    # The saved audience whose own choice was taken over: a choice of the sender's holds until another one is chosen.
    keeping_of = forms.CharField(required=False, max_length=18)

    @property
    def options(self) -> list[Option]:
        """Return what can be chosen."""
        chosen = self.data.get("keeping")
        return [Option(mode.value, mode.label, words, mode.value == chosen) for mode, words in WORDS.items()]

    @property
    def summary(self) -> str:
        """Return what is chosen."""
        living = self.data.get("keeping") == Message.AudienceMode.LIVING
        return str((Message.AudienceMode.LIVING if living else Message.AudienceMode.FROZEN).label)

    def values(self) -> dict[str, Any]:
        """Return how the audience is kept."""
        return {"audience_mode": self.cleaned_data["keeping"]}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say it in words."""
        return [(self.title, self.summary)]


def as_saved(data: QueryDict, saved: Any) -> QueryDict:
    """Return the address with what a saved audience says about who joins later, if that was not asked about it yet."""
    own = str(saved.pk)
    if "keeping" in data and data.get("keeping_of", own) == own:
        return data
    chosen = data.copy()
    chosen["keeping"], chosen["keeping_of"] = saved.keeping, own
    return chosen
