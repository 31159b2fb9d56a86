"""Changes of units, posts and persons by hand."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.persons import Status
from fenjin.people.selectors.organisation import FoundUnit, find_units

_ZONES = [("", _("As above"))] + [
    (zone, zone) for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith(("Etc/", "posix/"))
]


class DayForm(forms.Form):
    """A change that is dated; an empty day means today."""

    on = forms.DateField(
        label=_("Day"),
        required=False,
        help_text=_("Empty means today."),
        widget=forms.DateInput(attrs={"placeholder": "2026-03-01", "autocomplete": "off"}),
    )

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])


class UnitChoice(forms.Form):
    """A unit, named by a part of its name or path; where several are called so, one of them is chosen."""

    to = forms.CharField(
        label=_("Unit"),
        max_length=200,
        help_text=_("Part of the name, or of the path: Company/Finance"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    to_id = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    candidates: tuple[FoundUnit, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Find the unit that is meant, or offer those that could be."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("to"):
            return data
        found = find_units(data["to"], closed=False)
        chosen = [unit for unit in found if unit.id == data.get("to_id")] or (found if len(found) == 1 else [])
        if chosen:
            data["to_id"], data["unit"] = chosen[0].id, chosen[0]
        elif found:
            self.candidates = tuple(found)
            self.add_error("to", _("Several units are called so. Choose one."))
        else:
            self.add_error("to", _("No open unit is called so."))
        return data


class NamesForm(DayForm):
    """Names of a unit."""

    name = forms.CharField(label=_("Name of the unit"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)


class OpenForm(DayForm):
    """A new unit."""

    name = forms.CharField(label=_("Name of the unit"), max_length=120)


class ZoneForm(forms.Form):
    """A time zone."""

    zone = forms.ChoiceField(label=_("Time zone"), choices=_ZONES, required=False)


class UnitZoneForm(ZoneForm, DayForm):
    """The time zone of a place."""


class MoveForm(UnitChoice, DayForm):
    """Where a unit goes."""


class PlacementForm(UnitChoice, DayForm):
    """A post in a unit."""

    title = forms.CharField(label=_("Post"), max_length=120, required=False)


class PostForm(PlacementForm):
    """One more post."""

    main = forms.BooleanField(label=_("As the main post"), required=False)


class TitleForm(DayForm):
    """What a post is called."""

    title = forms.CharField(label=_("Post"), max_length=120, required=False)


class NameForm(forms.Form):
    """The real name."""

    name = forms.CharField(label=_("Name"), max_length=80)


class NumberForm(forms.Form):
    """The staff number."""

    number = forms.CharField(
        label=_("Staff number"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "text"})
    )


class StatusForm(DayForm):
    """What somebody's employment is."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[choice for choice in Status.choices if choice[0] != Status.LEFT]
    )


class NewPersonForm(PlacementForm):
    """Somebody whom no roster has brought yet."""

    number = forms.CharField(label=_("Staff number"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=80)
    status = forms.ChoiceField(
        label=_("Status"), choices=[choice for choice in Status.choices if choice[0] != Status.LEFT]
    )
    field_order = ("number", "name", "to", "title", "status", "on")

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.order_fields(self.field_order)


class LookForm(forms.Form):
    """What the organisation is looked at with: a day, a search, a branch that is open, a page."""

    on = forms.DateField(required=False)
    q = forms.CharField(required=False, max_length=120)
    open = forms.IntegerField(required=False, min_value=1)
    below = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=2_000)
