"""What is sent: an article, a short text, or a card with a picture."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fenjin.delivery import register
from fenjin.delivery.forms.part import Part, Writing
from fenjin.delivery.models import Note


class ContentPart(Part):
    """The content, as "kind:id"; other desks may name it as `kind` and `id`."""

    key = "content"
    title = _("What to send")

    content = forms.ChoiceField(error_messages={"required": _("Choose what to send.")})

    def __init__(self, data: QueryDict, writing: Writing) -> None:
        if "content" not in data and "kind" in data and "id" in data:
            data["content"] = f"{data['kind']}:{data['id']}"
        super().__init__(data, writing)
        offered = [(kind, kind.choose(writing.request)) for kind in register.kinds()]
        self.groups = [
            (str(kind.name), [(f"{kind.key}:{pk}", title) for pk, title in found]) for kind, found in offered if found
        ]
        self.fields["content"].choices = self.groups  # type: ignore[attr-defined]
        self.forms = Note.Form.choices

    @property
    def note_id(self) -> int | None:
        """Return the short text or card that is chosen, which can be changed from here."""
        kind, _colon, content_id = (self.data.get("content") or "").partition(":")
        return int(content_id) if kind in Note.Form.values and content_id.isdecimal() else None

    def values(self) -> dict[str, Any]:
        """Return kind and id."""
        kind, _colon, content_id = self.cleaned_data["content"].partition(":")
        return {"kind": kind, "content_id": int(content_id)}

    def facts(self) -> list[tuple[Any, Any]]:
        """Say what kind of content it is; its title stands above."""
        return [(_("Kind"), register.kind(self.values()["kind"]).name)]

    @property
    def content_title(self) -> str:
        """Return the title of what is sent; only after is_valid()."""
        chosen = self.cleaned_data["content"]
        return str(next(title for _name, found in self.groups for value, title in found if value == chosen))
