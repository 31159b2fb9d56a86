"""What administrators type about roles and sub-platforms."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.kit.components import Words
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.register import home_sections, modules


class RoleForm(forms.Form):
    """A role in a space, or only in one branch of it."""

    role = forms.ChoiceField(label=_("Role"), choices=RoleGrant.Role.choices)
    space = forms.TypedChoiceField(label=_("Sub-platform"), coerce=int)
    unit = forms.TypedChoiceField(
        label=_("Where"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_(
            "A branch is the unit with everything below it. There an editor or publisher writes, changes the drafts of "
            "its people and sends messages to them; publishing takes the role for the whole sub-platform."
        ),
    )
    until = forms.DateField(
        label=_("Last day of the role"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The role ends by itself at the end of this day. Empty: it stays until somebody ends it."),
    )

    def __init__(
        self,
        *arguments: Any,
        spaces: list[Space],
        units: list[tuple[int, str]],
        whole: bool = True,
        roles: frozenset[str] = frozenset(RoleGrant.Role.values),
        **keywords: Any,
    ) -> None:
        super().__init__(*arguments, **keywords)
        offered = [choice for choice in RoleGrant.Role.choices if choice[0] in roles]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
        self.fields["space"].choices = [(space.pk, space.title) for space in spaces]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [*([("", _("The whole sub-platform"))] if whole else []), *units]  # type: ignore[attr-defined]


# Hues that are told apart easily; the numbers are angles on the colour wheel of OKLCH.
HUES: Final[tuple[tuple[str, Words], ...]] = (
    ("", _("Nothing chosen: as the house")),
    ("33", _("Vermilion")),
    ("10", _("Rose")),
    ("60", _("Orange")),
    ("95", _("Gold")),
    ("140", _("Leaf")),
    ("165", _("Pine")),
    ("195", _("Teal")),
    ("230", _("Lake")),
    ("255", _("Blue")),
    ("280", _("Indigo")),
    ("310", _("Violet")),
    ("345", _("Plum")),
)


class SettingsForm(forms.Form):
    """One part of a space's settings; `seen` is the revision that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def changes(self) -> dict[str, Any]:
        """Return what services.change_space takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class NameForm(SettingsForm):
    """How the space is called."""

    name = forms.CharField(label=_("Name of the sub-platform"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    seal = forms.CharField(label=_("Character on the seal"), max_length=1, help_text=_("One character."))


class ColourForm(SettingsForm):
    """One hue; the server computes the colours."""

    hue = forms.TypedChoiceField(label=_("Colour"), choices=HUES, coerce=int, empty_value=None, required=False)
    own_hue = forms.IntegerField(
        label=_("Or a hue of your own"),
        min_value=0,
        max_value=359,
        required=False,
        help_text=_("0 to 359, an angle on the colour wheel. It goes before the choice above."),
    )

    def changes(self) -> dict[str, Any]:
        """Return the one hue."""
        own = self.cleaned_data["own_hue"]
        return {"hue": self.cleaned_data["hue"] if own is None else own}


class HomeForm(SettingsForm):
    """Which parts stand on the home page, in which order, and how news are blended."""

    blend = forms.ChoiceField(label=_("News of the group and own news"), choices=Space.Blend.choices)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.known = {section.key: section.name for section in home_sections()}

    def changes(self) -> dict[str, Any]:
        """Return the order as it was put, and what is not shown."""
        data: Any = self.data
        order = {key: data.get(f"place-{key}", "") for key in self.known}
        places = {
            key: int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 999
            for key, text in order.items()
        }
        shown = set(data.getlist("shown"))
        return {
            "blend": self.cleaned_data["blend"],
            "sections": sorted(self.known, key=lambda key: places[key]),
            "hidden_sections": [key for key in self.known if key not in shown],
        }


class ModulesForm(SettingsForm):
    """Which features the space has."""

    modules = forms.MultipleChoiceField(required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        choices = [(module.key, module.name) for module in modules() if not module.always]
        self.fields["modules"].choices = choices  # type: ignore[attr-defined]


class WatermarkForm(SettingsForm):
    """Whether pages carry the reader's name."""

    watermark = forms.BooleanField(required=False)


class ContactForm(SettingsForm):
    """Whom people call."""

    contact_name = forms.CharField(
        label=_("Who answers questions"),
        max_length=40,
        required=False,
        help_text=_("A person or an office, such as 信息中心."),
    )
    contact_phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    contact_name_en = forms.CharField(
        label=_("Who answers, in English"),
        max_length=80,
        required=False,
        help_text=_("For readers in English; left empty, they read the Chinese name."),
    )
    contact_hours = forms.CharField(
        label=_("When"), max_length=60, required=False, help_text=_("Such as 工作日 8:30–17:30.")
    )
    contact_hours_en = forms.CharField(
        label=_("When, in English"), max_length=80, required=False, help_text=_("Such as Workdays 8:30–17:30.")
    )


class SpaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new sub-platform; it is opened by the service, never saved from here."""

    class Meta:
        model = Space
        fields = ("name", "name_en", "seal")
        labels = {
            "name": _("Name of the sub-platform"),
            "name_en": _("English name"),
            "seal": _("Character on the seal"),
        }
        help_texts = {"seal": _("One character; empty: the first of the name.")}

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["seal"].required = False
        self.fields["seal"].initial = ""
