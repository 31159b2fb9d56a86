"""What readers press, and what a sender types after the press."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.services import Said


class ConfirmForm(forms.Form):
    """The one button of a must-read: which version was read, and the key of this press."""

    version = forms.IntegerField(min_value=1, max_value=32_000)
    client_key = forms.CharField(required=False, max_length=64)


class AnswerForm(ConfirmForm):
    """The button, or what else a sender asks for: words, a choice, a picture. The service says what is missing."""

    text = forms.CharField(required=False, max_length=4_000)
    choice = forms.IntegerField(required=False, min_value=0, max_value=99)
    photo = forms.FileField(required=False)


class SafetyForm(forms.Form):
    """The answer in an emergency; words and place are optional, and the key is that of this press."""

    answer = forms.ChoiceField(choices=[("safe", "safe"), ("help", "help")])
    words = forms.CharField(required=False)
    place = forms.CharField(required=False)
    client_key = forms.CharField(required=False)

    def said(self) -> Said:
        """Return what is answered; only after is_valid(). What is too long is cut, never refused."""
        cleaned = self.cleaned_data
        return Said(cleaned["answer"] == "help", cleaned["words"], cleaned["place"])


class CorrectForm(forms.Form):
    """What was wrong, in the words that readers see, and whether they have to confirm again."""

    note = forms.CharField(
        label=_("What was wrong?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see this sentence beside the message. “The time of the drill is 15:00, not 14:00.”"),
    )
    material = forms.BooleanField(
        label=_("It matters: everybody confirms again"),
        required=False,
        help_text=_("Confirmations of the earlier text stay on record, but count no longer."),
    )

    def __init__(self, *arguments: Any, asks: bool = True, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if not asks:  # nobody confirms it: what matters then is that a second person reads it
            self.fields["material"].label = _("It matters: it changes what people are to do")
            self.fields["material"].help_text = _("A wrong time or place matters; a slip of the pen does not.")


class EndForm(forms.Form):
    """What everybody reads at the end of an emergency."""

    words = forms.CharField(
        label=_("What everybody reads"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("“The fire is out. Everybody may go back to work.” Left empty, it says that it is over."),
    )


class WithdrawForm(forms.Form):
    """Why a message is taken back, in the words that readers see."""

    why = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who opens the message reads this instead."),
    )


class QuietForm(forms.Form):
    """Between which hours nothing rings, by the clock on the person's own wall."""

    quiet = forms.BooleanField(label=_("Keep quiet hours"), required=False)
    since = forms.TimeField(label=_("From"), required=False)
    until = forms.TimeField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take hours that are missing, or the same, for a mistake."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if cleaned.get("quiet") and not self.errors and (since is None or until is None or since == until):
            self.add_error("until", _("Give two different times of day, such as 22:00 and 7:00."))
        return cleaned
