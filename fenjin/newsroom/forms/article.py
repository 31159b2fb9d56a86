"""What an editor types about an article; it checks and never writes."""

import re
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fenjin.kit.viewsets import chosen_space, space_field
from fenjin.media.selectors import pictures_by_id
from fenjin.media.selectors.files import files_by_id
from fenjin.newsroom.blocks import file_ids, picture_ids
from fenjin.newsroom.forms.release import ReleaseFields
from fenjin.spaces.selectors import spaces_to_add_in

MOST_TAGS: Final = 5
_BETWEEN: Final = re.compile(r"[,，、;；\s#]+")


READERS: Final = {
    "everybody": (
        _("Everybody of the sub-platform"),
        _("It stands in the news of all employees there, and can be found."),
    ),
    "recipients": (
        _("Only the recipients of a message"),
        _("Nobody sees it until you send it as a message; then it opens for those who got it, and for nobody else."),
    ),
}


def _choice(name: Any, sentence: Any) -> SafeString:
    return format_html("<b>{}</b> <small>{}</small>", name, sentence)


class TagsField(forms.CharField):
    """A few words in one line, parted by commas or spaces; no list of tags is shared between spaces."""

    default_error_messages = {
        "many": _("At most five tags."),
        "long": _("A tag has at most twelve characters."),
    }

    def prepare_value(self, value: Any) -> Any:
        """Return the line that is shown."""
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the tags, each once."""
        tags = list(dict.fromkeys(part for part in _BETWEEN.split(super().clean(value)) if part))
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(self.error_messages["many"], code="many")
        if any(len(tag) > 12 for tag in tags):
            raise forms.ValidationError(self.error_messages["long"], code="long")
        return tags


class ArticleForm(ReleaseFields):
    """The article in the studio. The server names the space of a new one; an old one never changes it."""

    in_space = forms.IntegerField(required=False)
    tags = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("Up to five, parted by commas; the first one stands beside the title."),
    )

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.spaces = spaces_to_add_in(self.for_user, "newsroom.add_article")
        if self.instance.pk or len(self.spaces) < 2:
            self.fields.pop("in_space", None)
        else:
            self.fields["in_space"] = space_field(self.spaces)
        if "readers" in self.fields:
            self.fields["readers"].choices = [(value, _choice(*words)) for value, words in READERS.items()]
        self._offer_columns()
        if not self.instance.pk:
            self.instance.author = self.for_user
            if "body" in self.fields and not self.is_bound:
                self.initial["body"] = self.fields["body"].block.normalize([("text", "")])
            if self.spaces:
                self.instance.space_id = self.spaces[0][0]

    def clean(self) -> dict[str, Any]:
        """Refuse a space or a picture that the editor has no right to."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._name_space(cleaned)
        if cleaned.get("column") and cleaned["column"].space_id != self.instance.space_id:
            self.add_error("column", _("This column belongs to another sub-platform."))
        for name in ("body", "body_en", "cover"):
            if name in cleaned and not self._pictures_are_ours(name, cleaned[name]):
                self.add_error(name, _("A picture here was withdrawn or belongs to another sub-platform."))
        for name in ("body", "body_en"):
            if name in cleaned and not self._files_are_ours(cleaned[name]):
                self.add_error(name, _("A file here was withdrawn or belongs to another sub-platform."))
        return cleaned

    def _offer_columns(self) -> None:
        field = self.fields.get("column")
        if field is None:
            return
        spaces = {self.instance.space_id} if self.instance.pk else {pk for pk, _name in self.spaces}
        field.queryset = field.queryset.filter(space__in=spaces).order_by("space", "position")  # type: ignore[attr-defined]
        field.empty_label = _("no column")  # type: ignore[attr-defined]
        if not field.queryset.exists():  # type: ignore[attr-defined]
            del self.fields["column"]

    def _name_space(self, cleaned: dict[str, Any]) -> None:
        posted = self.data.get(self.add_prefix("in_space"))
        if self.instance.pk:
            if posted and posted != str(self.instance.space_id):
                self.add_error(None, _("An article stays in its sub-platform."))
        elif posted and posted not in {str(pk) for pk, _name in self.spaces}:
            self.add_error(None, _("You are not an editor of this sub-platform."))
        elif self.spaces:
            self.instance.space_id = chosen_space(posted, self.spaces)

    def _pictures_are_ours(self, name: str, value: Any) -> bool:
        if not value:
            return True
        wanted = {value.pk} if name == "cover" else picture_ids(value)
        found = pictures_by_id(wanted)
        allowed = {self.instance.space_id, 1}
        return set(found) == wanted and all(picture.space_id in allowed for picture in found.values())

    def _files_are_ours(self, body: Any) -> bool:
        wanted = file_ids(body) if body else set()
        found = files_by_id(wanted) if wanted else {}
        allowed = {self.instance.space_id, 1}
        return set(found) == wanted and all(file.space_id in allowed for file in found.values())
