"""What is sent."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fenjin.delivery import register
from fenjin.delivery.forms.part import Part, Writing


class ContentPart(Part):
    """The content, as "kind:id"; other desks may name it as `kind` and `id`."""

    key = "content"
    title = _("What to send")

    content = forms.ChoiceField(error_messages={"required": _("Choose what to send.")})

    def __init__(self, data: QueryDict, writing: Writing) -> None:
        if "content" not in data and "kind" in data and "id" in data:
            data["content"] = f"{data['kind']}:{data['id']}"
        super().__init__(data, writing)
        self.contents = [
            (f"{kind.key}:{pk}", title) for kind in register.kinds() for pk, title in kind.choose(writing.request)
        ]
        self.fields["content"].choices = self.contents  # type: ignore[attr-defined]

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
        return str(dict(self.contents)[self.cleaned_data["content"]])
