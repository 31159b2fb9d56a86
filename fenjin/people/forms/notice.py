"""The text of the privacy notice: each section in Chinese and in English."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.models import PrivacyNotice


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class NoticeForm(forms.Form):
    """The six sections in two languages, and a sentence that says what is new."""

    change = forms.CharField(
        label=_("What is new, in a sentence (Chinese)"),
        max_length=300,
        help_text=_("Everybody who read the version before sees it first."),
    )
    change_en = forms.CharField(label=_("What is new, in a sentence (English)"), max_length=600, required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        for key, label in PrivacyNotice.Section.choices:
            self.fields[f"zh_{key}"] = _text(_("%(section)s: Chinese") % {"section": label})
            self.fields[f"en_{key}"] = _text(_("%(section)s: English") % {"section": label})

    @staticmethod
    def initial_from(notice: PrivacyNotice | None) -> dict[str, str]:
        """Return what the form begins with."""
        if notice is None:
            return {}
        found = {f"zh_{key}": text for key, text in notice.chinese.items()}
        found |= {f"en_{key}": text for key, text in notice.english.items()}
        return found | ({} if notice.number else {"change": notice.change, "change_en": notice.change_en})

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each section, side by side."""
        return [(self[f"zh_{key}"], self[f"en_{key}"]) for key in PrivacyNotice.Section.values]

    def texts(self) -> dict[str, Any]:
        """Return what the service asks for."""
        data, keys = self.cleaned_data, PrivacyNotice.Section.values
        return {
            "chinese": {key: data[f"zh_{key}"] for key in keys},
            "english": {key: data[f"en_{key}"] for key in keys},
            "change": data["change"],
            "change_en": data["change_en"],
        }
