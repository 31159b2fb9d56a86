"""What is typed on the way through a release; it checks and never writes."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from fenjin.newsroom.access import WRITERS
from fenjin.newsroom.advice.secrecy import find_typed
from fenjin.newsroom.models import ReleaseStep
from fenjin.newsroom.models.release import StepRole
from fenjin.newsroom.selectors.names import leaders_of
from fenjin.newsroom.selectors.rules import rule_of

MOST_STEPS: Final = 4


class ReleaseFields(WagtailAdminModelForm):
    """What an article's form asks about its release: in whose name, and the tick about secrets.

    A press of "publish" needs the tick where the rule of the space wants it, and wherever the search for
    marks and numbers found something.
    """

    secrecy_checked = forms.BooleanField(
        label=_("I have checked it: no state, company or personal secret stands in this text."), required=False
    )

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._offer_names()
        if not self.is_bound and not self.instance.has_unpublished_changes:
            self.initial["correction"] = self.initial["correction_en"] = ""  # what was told before is told
        if self.instance.first_published_at is None:
            self.fields.pop("correction", None)
            self.fields.pop("correction_en", None)

    def _offer_names(self) -> None:
        field = self.fields.get("in_name_of")
        if field is None or self.for_user is None:
            return
        spaces = {self.instance.space_id} if self.instance.pk else self.for_user.membership.spaces_with(*WRITERS)
        leaders = {person for person, _name in leaders_of(self.for_user.person_id, spaces)}
        leaders |= {self.instance.in_name_of_id} - {None}
        if not leaders:
            del self.fields["in_name_of"]
            return
        field.queryset = field.queryset.filter(pk__in=leaders)  # type: ignore[attr-defined]
        field.empty_label = _("Nobody's: the sub-platform speaks")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the tick before a publication that needs it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "action-publish" not in self.data or cleaned.get("secrecy_checked"):
            return cleaned
        rule = rule_of(self.instance.space_id)
        found = find_typed(cleaned) if not rule.steps else []
        if found or (rule.secrecy and not rule.steps):
            places = "; ".join(f"{one.kind}: {one.place}" for one in found)
            self.add_error(
                "secrecy_checked", _("Read it once more and tick here; then publish. %(places)s") % {"places": places}
            )
        return cleaned


class JudgeForm(forms.Form):
    """A verdict on one version, with words and the tick about secrets."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=ReleaseStep.Verdict.choices)
    words = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you send it back; they stand in the record."),
    )
    checked = forms.BooleanField(
        label=_("I have checked it: no state, company or personal secret stands in this text."), required=False
    )


class SendForm(forms.Form):
    """A line to those who judge."""

    note = forms.CharField(
        label=_("A line to those who judge"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class TimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time: it works on a phone, too."""

    input_type = "datetime-local"

    def __init__(self, **keywords: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **keywords)


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self, **keywords: Any) -> None:
        super().__init__(format="%Y-%m-%d", **keywords)


class DayField(forms.DateField):
    """A day chosen by the browser's own calendar."""

    widget = DayInput


class StillRightForm(forms.Form):
    """When an article is looked at next; empty: never again."""

    next_look = DayField(label=_("Look at it again on"), required=False)


class AskForm(forms.Form):
    """Whom one asks for their name, in which space, and until when."""

    space = forms.TypedChoiceField(label=_("Sub-platform"), coerce=int)
    leader = forms.CharField(label=_("In whose name"), max_length=40, help_text=_("Staff number of the person."))
    ends_on = DayField(label=_("Until"))

    def __init__(self, *arguments: Any, spaces: list[tuple[int, str]], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["space"].choices = spaces  # type: ignore[attr-defined]


def by_person(typed: Mapping[str, str]) -> list[int]:
    """Return the steps for which a person, not a role, was chosen."""
    return [number for number in range(1, MOST_STEPS + 1) if typed.get(f"step{number}") == "person"]


class RuleForm(forms.Form):
    """Up to four steps, each a role or a person by staff number; `who` names the persons step by step."""

    secrecy = forms.BooleanField(label=_("The last hand ticks that the text holds nothing secret"), required=False)
    apart = forms.BooleanField(
        label=_("Nobody judges the own text, and nobody takes two steps"), required=False, initial=True
    )

    def __init__(self, *arguments: Any, who: Mapping[int, str], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.who = who
        choices = [("", _("No step")), *StepRole.choices, ("person", _("A person, on the phone"))]
        for number in range(1, MOST_STEPS + 1):
            self.fields[f"step{number}"] = forms.ChoiceField(
                label=_("Step %(number)s") % {"number": number}, choices=choices, required=False
            )
            self.fields[f"person{number}"] = forms.CharField(
                label=_("Staff number"), required=False, max_length=40, help_text=who.get(number, "")
            )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the fields step by step, for the page."""
        return [(self[f"step{number}"], self[f"person{number}"]) for number in range(1, MOST_STEPS + 1)]

    def steps(self) -> list[tuple[str, str]]:
        """Return (role, staff number) of each step that is there."""
        found = []
        for number in range(1, MOST_STEPS + 1):
            role = self.cleaned_data[f"step{number}"]
            if role:
                found.append(("" if role == "person" else role, self.cleaned_data[f"person{number}"].strip()))
        return found
