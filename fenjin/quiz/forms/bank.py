"""What is typed to find questions, to judge one, and to name a topic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.quiz.models import Difficulty, KindChoice, State, Topic
from fenjin.quiz.selectors import Filter


class FilterForm(forms.Form):
    """Which questions of the bank are looked at; what makes no sense is left out."""

    q = forms.CharField(label=_("Words of the question, or a tag"), max_length=40, required=False)
    topic = forms.ChoiceField(label=_("Topic of questions"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of question"), choices=[("", _("All kinds")), *KindChoice.choices], required=False
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"), choices=[("", _("Easy to hard")), *Difficulty.choices], required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All but retired")), *State.choices], required=False)

    def __init__(self, data: Any, *, topics: list[Topic]) -> None:
        super().__init__(data)
        listed = [(str(one.pk), one.name) for one in topics]
        self.fields["topic"].choices = [("", _("All topics")), *listed, ("0", _("No topic"))]  # type: ignore[attr-defined]

    def wanted(self) -> Filter:
        """Return what is asked for."""
        self.is_valid()
        cleaned = self.cleaned_data
        topic, difficulty = cleaned.get("topic") or "", cleaned.get("difficulty") or ""
        return Filter(
            text=cleaned.get("q") or "",
            topic=int(topic) if topic else None,
            kind=cleaned.get("kind") or "",
            difficulty=int(difficulty) if difficulty else None,
            state=cleaned.get("state") or "",
        )


class VerdictForm(forms.Form):
    """What somebody says who looked at a question."""

    words = forms.CharField(
        label=_("What is to be changed"),
        help_text=_("Only when you send it back. Whoever wrote it reads this."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TopicForm(forms.Form):
    """The name of a topic."""

    name = forms.CharField(label=_("Name of the topic"), max_length=30)
