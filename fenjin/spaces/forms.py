"""What administrators type about roles and sub-platforms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.spaces.models import RoleGrant, Space


class RoleForm(forms.Form):
    """A role in a space, or only in one branch of it."""

    role = forms.ChoiceField(label=_("Role"), choices=RoleGrant.Role.choices)
    space = forms.TypedChoiceField(label=_("Sub-platform"), coerce=int)
    unit = forms.TypedChoiceField(
        label=_("Where"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("A branch is the unit with everything below it."),
    )

    def __init__(self, *arguments: Any, spaces: list[Space], units: list[tuple[int, str]], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["space"].choices = [(space.pk, space.name) for space in spaces]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("The whole sub-platform")), *units]  # type: ignore[attr-defined]


class SpaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new sub-platform; it is opened by the service, never saved from here."""

    class Meta:
        model = Space
        fields = ("name", "name_en", "seal")
        labels = {"name": _("Name"), "name_en": _("English name"), "seal": _("Character on the seal")}
        help_texts = {"seal": _("One character; empty: the first of the name.")}

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["seal"].required = False
        self.fields["seal"].initial = ""
