"""What editors type about series, columns, words and answers; it checks and never writes."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.kit.viewsets import chosen_space, space_field
from fenjin.newsroom.models import Answer, Column, Series, Term

_BETWEEN: Final = re.compile(r"[\n;；、]+")


class LinesField(forms.CharField):
    """A few short texts, one a line."""

    widget = forms.Textarea

    def __init__(self, *, most: int, longest: int, **keywords: Any) -> None:
        self.most, self.longest = most, longest
        super().__init__(**keywords)

    def prepare_value(self, value: Any) -> Any:
        """Return the lines that are shown."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the texts, each once."""
        found = list(dict.fromkeys(part.strip() for part in _BETWEEN.split(super().clean(value)) if part.strip()))
        if len(found) > self.most:
            raise forms.ValidationError(_("At most %(count)d.") % {"count": self.most}, code="many")
        if any(len(part) > self.longest for part in found):
            raise forms.ValidationError(_("At most %(count)d characters each.") % {"count": self.longest}, code="long")
        return found


class SpaceForm(forms.Form):
    """A form for a new thing, which is made in one of the editor's spaces."""

    def __init__(self, *arguments: Any, spaces: list[tuple[int, str]], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.spaces = spaces
        if spaces:
            self.fields["space"] = space_field(spaces)
            self.order_fields(["space"])

    def typed(self) -> dict[str, Any]:
        """Return what was typed, with the space that is meant (for a new thing)."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "space"}
        if self.spaces:
            words["space_id"] = chosen_space(self.cleaned_data.get("space"), self.spaces)
        return words


def _words(model: Any, name: str, *, rows: int = 0, required: bool = True, help_text: Any = "") -> forms.CharField:
    field = model._meta.get_field(name)
    label = str(field.verbose_name)
    return forms.CharField(
        label=label[:1].upper() + label[1:],
        max_length=field.max_length,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput,
    )


class SeriesForm(SpaceForm):
    """How a series or a topic is called, and how many parts are planned."""

    def __init__(self, *arguments: Any, ordered: bool | None = None, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if ordered is None:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind"),
                choices=[
                    (Series.Kind.SERIES, _("Series: read part by part, in an order")),
                    (Series.Kind.TOPIC, _("Topic: articles on one subject, newest first")),
                ],
            )
        self.fields["title"] = _words(Series, "title")
        self.fields["lead"] = _words(Series, "lead", rows=2, required=False)
        if ordered is not False:
            self.fields["planned"] = forms.IntegerField(
                label=_("Parts planned"),
                min_value=1,
                max_value=99,
                required=False,
                help_text=_("As far as you know; readers see how many are still to come. Not used for topics."),
            )
        self.fields["title_en"] = _words(Series, "title_en", required=False)
        self.fields["lead_en"] = _words(Series, "lead_en", rows=2, required=False)


class ColumnForm(SpaceForm):
    """The name of a column."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["name"] = _words(Column, "name")
        self.fields["name_en"] = _words(Column, "name_en", required=False)


class TermForm(SpaceForm):
    """A word of the trade and what it means."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["word"] = _words(Term, "word")
        self.fields["aliases"] = LinesField(
            label=_("Also written"), most=6, longest=20, required=False, help_text=_("One a line.")
        )
        help_text = _("In plain words, as you would say it to somebody new.")
        self.fields["meaning"] = _words(Term, "meaning", rows=2, help_text=help_text)
        self.fields["word_en"] = _words(Term, "word_en", required=False)
        self.fields["meaning_en"] = _words(Term, "meaning_en", rows=2, required=False)


class AnswerForm(SpaceForm):
    """A question and its one answer."""

    def __init__(self, *arguments: Any, articles: list[tuple[int, str]], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["question"] = _words(Answer, "question")
        self.fields["wordings"] = LinesField(
            label=_("Also asked as"),
            most=8,
            longest=60,
            required=False,
            help_text=_("One a line. Who searches in these words finds this answer, and nobody writes a second one."),
        )
        self.fields["text"] = _words(Answer, "text", rows=4)
        self.fields["owner"] = _words(Answer, "owner", help_text=_("The department that keeps it right."))
        self.fields["article_id"] = forms.TypedChoiceField(
            label=_("Explained in"),
            coerce=int,
            required=False,
            empty_value=None,
            choices=[("", _("no article")), *articles],
        )
        self.fields["question_en"] = _words(Answer, "question_en", required=False)
        self.fields["text_en"] = _words(Answer, "text_en", rows=4, required=False)
