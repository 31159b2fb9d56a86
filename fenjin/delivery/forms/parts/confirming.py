"""How readers confirm: a press, words, a photograph, or one question about the text."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.asking import BUTTON, QUESTION, Ask, Choice
from fenjin.delivery.forms.part import Option, Part
from fenjin.delivery.models import Message

CHOICES: Final = (1, 2, 3, 4)
WORDS: Final = {
    Message.ConfirmBy.BUTTON: _("One press at the end of the text. The quickest, and enough for most."),
    Message.ConfirmBy.WRITTEN: _("Each person writes a few words: “the valve is closed, checked by two”."),
    Message.ConfirmBy.PHOTO: _("Each person sends one picture: of the closed valve, of the notice on the wall."),
    Message.ConfirmBy.QUESTION: _("Only the right answer confirms. A wrong one says why, and one tries again."),
}


class ConfirmingPart(Part):
    """What a reader of a please-confirm message does, and who reads what was given."""

    key = "confirming"
    title = _("How readers confirm")
    folded = True
    defaults = {"confirm_by": BUTTON, "named": "no", "right": "1"}

    confirm_by = forms.ChoiceField(choices=Message.ConfirmBy.choices)
    prompt = forms.CharField(max_length=200, required=False)
    named = forms.ChoiceField(choices=[("no", "no"), ("yes", "yes")])
    right = forms.ChoiceField(choices=[(str(number), str(number)) for number in CHOICES])
    choice_1 = forms.CharField(max_length=100, required=False)
    choice_2 = forms.CharField(max_length=100, required=False)
    choice_3 = forms.CharField(max_length=100, required=False)
    choice_4 = forms.CharField(max_length=100, required=False)
    why_1 = forms.CharField(max_length=200, required=False)
    why_2 = forms.CharField(max_length=200, required=False)
    why_3 = forms.CharField(max_length=200, required=False)
    why_4 = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Take a request without words, or a question without a right and a wrong answer, for a mistake."""
        cleaned = super().clean() or {}
        if cleaned.get("confirm_by") in (None, BUTTON):
            return cleaned
        if not cleaned.get("prompt") and "prompt" not in self.errors:
            self.add_error("prompt", _("Say what readers are to answer."))
        if cleaned["confirm_by"] == QUESTION:
            given = [number for number in CHOICES if cleaned.get(f"choice_{number}")]
            if len(given) < 2:
                self.add_error("choice_1", _("Give at least two answers to choose from."))
            elif int(cleaned.get("right") or 0) not in given:
                self.add_error("right", _("Mark the right answer among those you gave."))
        return cleaned

    def agree(self, parts: Mapping[str, Part]) -> None:
        """Only a message that asks for confirmation asks for more than a press."""
        importance = parts["importance"].cleaned_data.get("importance")
        if self.cleaned_data["confirm_by"] != BUTTON and importance != Message.Importance.CONFIRM:
            self.add_error("confirm_by", _("Only a message that asks for confirmation can ask for an answer."))

    @property
    def options(self) -> list[Option]:
        """Return the ways to confirm."""
        chosen = self.data.get("confirm_by")
        return [Option(kind.value, kind.label, words, kind.value == chosen) for kind, words in WORDS.items()]

    @property
    def readers(self) -> list[Option]:
        """Return whether the desk reads answers with names."""
        chosen = self.data.get("named")
        without = _("From five answers on, in no order. People are told so before they answer.")
        named = _("Only your desk reads them. People are told so before they answer.")
        return [
            Option("no", _("Without names"), without, chosen == "no"),
            Option("yes", _("With name, staff number and unit"), named, chosen == "yes"),
        ]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Return the answers to choose from as they were typed."""
        right = self.data.get("right")
        return [
            {
                "number": number,
                "text": self.data.get(f"choice_{number}", ""),
                "why": self.data.get(f"why_{number}", ""),
                "right": str(number) == right,
            }
            for number in CHOICES
        ]

    @property
    def summary(self) -> str:
        """Return the way that is chosen."""
        labels = {str(kind.value): kind.label for kind in Message.ConfirmBy}
        return str(labels.get(str(self.data.get("confirm_by")), ""))

    @property
    def ask(self) -> Ask:
        """Return what readers are asked; only after is_valid()."""
        said = self.cleaned_data
        by = said["confirm_by"]
        if by == BUTTON:
            return Ask()
        choices = tuple(
            Choice(said[f"choice_{number}"], str(number) == said["right"], said[f"why_{number}"])
            for number in CHOICES
            if said[f"choice_{number}"]
        )
        return Ask(by, said["prompt"], said["named"] == "yes", choices if by == QUESTION else ())

    def values(self) -> dict[str, Any]:
        """Return what readers are asked."""
        return {"ask": self.ask}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say it in words; nothing for a press."""
        ask = self.ask
        if ask.by == BUTTON:
            return []
        lines: list[tuple[Any, Any]] = [(self.title, f"{self.summary}: {ask.prompt}")]
        if ask.answered:
            lines.append(
                (_("Answers are read"), _("With name, staff number and unit") if ask.named else _("Without names"))
            )
        return lines
