"""What people type about texts. Forms check; they never write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.moderation.models import Lane, Rule


class DecisionForm(forms.Form):
    """A decision about one text; which button was pressed says which."""

    lane = forms.ChoiceField(
        label=_("Why"),
        choices=[("", _("Nothing is wrong with it")), *Lane.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("One sentence for the author"),
        help_text=_("The author reads it word for word. Say what is wrong and what would be right."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    """An answer to an appeal or to criticism."""

    answer = forms.CharField(
        label=_("Your answer"), min_length=2, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AppealForm(forms.Form):
    """Why the author does not agree."""

    text = forms.CharField(
        label=_("Why should it be shown?"),
        help_text=_("Somebody else than the first reads this and decides within three days."),
        min_length=2,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordsForm(forms.Form):
    """New words for the list."""

    words = forms.CharField(
        label=_("Words to look for"),
        help_text=_("One on each line. Spaces, signs, capitals and traditional characters make no difference."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    lane = forms.ChoiceField(label=_("Why"), choices=Lane.choices, initial=Lane.ATTACK)
    by_sound = forms.BooleanField(label=_("Also other characters of the same sound, and pinyin"), required=False)

    def clean_words(self) -> list[str]:
        """Return the lines that are not empty."""
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]


class RuleForm(forms.Form):
    """How strictly a space takes it."""

    mode = forms.ChoiceField(label=_("What people write"), required=False, widget=forms.RadioSelect)
    hours = forms.IntegerField(label=_("Hours within which somebody looks"), min_value=1, max_value=168)

    def __init__(self, *arguments: Any, inherits: str = "", **keywords: Any) -> None:
        """Offer to follow the group where that is possible: `inherits` says what that would mean."""
        super().__init__(*arguments, **keywords)
        field: Any = self.fields["mode"]
        field.choices = ([("", inherits)] if inherits else []) + list(Rule.Mode.choices)
        field.required = not inherits
