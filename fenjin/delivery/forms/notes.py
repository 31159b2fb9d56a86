"""What is typed for a short text or a card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models import Note
from fenjin.delivery.models.notes import LONGEST_TITLE, LONGEST_WORDS
from fenjin.delivery.services.notes import Words
from fenjin.media.selectors import usable_pictures
from fenjin.media.selectors.choosing import PictureChooser


class NoteForm(forms.Form):
    """Title and words in Chinese, English if there are readers abroad, and a card's picture."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Up to 2,000 signs. An empty line begins a paragraph; addresses become links."),
    )
    picture: Any = forms.ModelChoiceField(label=_("Picture"), queryset=None, widget=PictureChooser)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    words_en = forms.CharField(
        label=_("Text in English"),
        max_length=2 * LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands below the Chinese, for colleagues abroad."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, form: str, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if form == Note.Form.CARD:
            self.fields["picture"].queryset = usable_pictures()  # type: ignore[attr-defined]
        else:
            del self.fields["picture"]

    def typed(self) -> Words:
        """Return what was typed; only after is_valid()."""
        cleaned = self.cleaned_data
        picture = cleaned.get("picture")
        return Words(
            title=cleaned["title"],
            words=cleaned["words"],
            title_en=cleaned["title_en"],
            words_en=cleaned["words_en"],
            picture_id=picture.pk if picture else None,
        )
