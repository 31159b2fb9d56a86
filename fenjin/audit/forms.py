"""The filters above the log and above the record of the doors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.audit.models import DoorEvent
from fenjin.audit.register import ids_called
from fenjin.audit.selectors.doors import DoorFilter
from fenjin.audit.selectors.log import AuditFilter, list_acts, list_kinds
from fenjin.audit.services.doors import hash_of
from fenjin.audit.words import DOORS

_DAY = {"type": "date"}


class _Filter(forms.Form):
    """Every field may stay empty, and one that makes no sense counts as empty."""

    def given(self) -> dict[str, Any]:
        """Return what was filled in."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class AuditFilterForm(_Filter):
    """Who, what, on which, where, when, and a text."""

    who = forms.CharField(label=_("Who"), required=False, max_length=80)
    act = forms.ChoiceField(label=_("Act"), required=False)
    kind = forms.ChoiceField(label=_("On what"), required=False)
    target = forms.CharField(label=_("Its number or name"), required=False, max_length=80)
    space = forms.CharField(label=_("Sub-platform"), required=False, max_length=80)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs=_DAY))
    text = forms.CharField(label=_("Containing"), required=False, max_length=80)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        anything = [("", _("Anything"))]
        self.fields["act"].choices = anything + list_acts()  # type: ignore[attr-defined]
        self.fields["kind"].choices = anything + list_kinds()  # type: ignore[attr-defined]

    def wanted(self) -> AuditFilter:
        """Return the filter; names are looked up, and a name that nobody bears finds nothing."""
        given = self.given()
        found: dict[str, Any] = {
            name: given[name] for name in ("act", "kind", "since", "until", "text") if name in given
        }
        if "who" in given:
            found["actor_ids"] = tuple(ids_called("account", given["who"]))
        if "target" in given:
            found["target_ids"] = tuple(ids_called(given.get("kind", ""), given["target"]))
        if "space" in given:
            found["space_id"] = next(iter(ids_called("space", given["space"])), -1)
        return AuditFilter(**found)


class DoorFilterForm(_Filter):
    """Whose tries, at which door, how they ended, when."""

    who = forms.CharField(label=_("Who signed in"), required=False, max_length=80)
    typed = forms.CharField(label=_("Number or name that was typed"), required=False, max_length=80)
    identity = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    address = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    door = forms.ChoiceField(label=_("Door"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs=_DAY))

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        doors = [(name.removeprefix("door."), word) for name, word in DOORS.items()]
        self.fields["door"].choices = [("", _("Anything")), *doors]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [("", _("Anything")), *DoorEvent.Outcome.choices]  # type: ignore[attr-defined]

    def wanted(self) -> DoorFilter:
        """Return the filter; what was typed is hashed, as the record keeps it."""
        given = self.given()
        found: dict[str, Any] = {
            name: given[name] for name in ("identity", "address", "door", "outcome", "since", "until") if name in given
        }
        if "who" in given:
            found["account_ids"] = tuple(ids_called("account", given["who"]))
        if "typed" in given:
            found["identity"] = hash_of("identity", given["typed"])
        return DoorFilter(**found)
