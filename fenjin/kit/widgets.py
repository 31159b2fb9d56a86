"""Controls of Django's forms that are drawn by our own components."""

from typing import Any

from django import forms
from django.template import Context, Engine
from django.utils.safestring import SafeString

from fenjin.kit.components import FilePick


class FilePicker(forms.FileInput):
    """A file field that speaks the language of the page and takes what is dropped on it; `look` are FilePick's."""

    def __init__(self, attrs: dict[str, Any] | None = None, **look: Any) -> None:
        super().__init__(attrs)
        self.look = look

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the component; the field's label, help and errors stand around it."""
        given = self.build_attrs(self.attrs, attrs)
        drawn = FilePick(
            name,
            id=given.get("id", ""),
            accept=given.get("accept", ""),
            several=self.allow_multiple_selected,
            required=bool(given.get("required")),
            invalid=given.get("aria-invalid") == "true",
            described_by=given.get("aria-describedby", ""),
            **self.look,
        )
        return Engine.get_default().get_template(drawn.template).render(Context({"c": drawn}))
