"""From a stored body to HTML: each part by its own template, pictures and files fetched once for all."""

from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from fenjin.media import selectors as media
from fenjin.media.selectors import files
from fenjin.newsroom.blocks import cells_of, file_ids, picture_ids, pictures_in
from fenjin.newsroom.blocks.cleaning import clean_html
from fenjin.newsroom.page.listening import reads_it_all


class _Shelf:
    """The pictures and files that one body names."""

    def __init__(self, body: Any) -> None:
        self.pictures = media.pictures_by_id(picture_ids(body))
        wanted = file_ids(body)
        self.files = files.files_by_id(wanted) if wanted else {}

    def picture(self, value: Any, *, sizes: str = "") -> Any:
        """Return the picture of a stored value as components draw it; None when it was withdrawn."""
        found = self.pictures.get(int(value["picture"])) if value.get("picture") else None
        return media.shown(found, alt=value.get("alt") or found.description, sizes=sizes) if found else None

    def file(self, value: Any, name: str) -> Any:
        """Return the file of a stored value as pages offer it; None when it was withdrawn."""
        found = self.files.get(int(value[name])) if value.get(name) else None
        return files.offered(found) if found else None


def draw_body(body: Any, *, heard_above: bool = False) -> SafeString:
    """Return the body as HTML; rich text is cleaned again, whatever the database holds.

    Parts whose picture or file was withdrawn are left out, and `heard_above` also a recording of the whole
    article, which then stands under the title.
    """
    shelf = _Shelf(body)
    shown = (part for part in body.raw_data if not (heard_above and reads_it_all(part)))
    parts = (_draw(part["type"], part["value"], shelf) for part in shown)
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def _draw(kind: str, value: Any, shelf: _Shelf) -> SafeString | str:
    if kind == "text":
        return clean_html(value)
    context = _context(kind, value, shelf)
    return "" if context is None else render_to_string(f"newsroom/blocks/{kind}.html", {"value": value, **context})


def _context(kind: str, value: Any, shelf: _Shelf) -> dict[str, Any] | None:
    """Return what a part's template needs beside its value; None when there is nothing left to draw."""
    needed: dict[str, Any] = {}
    match kind:
        case "picture":
            needed = {"picture": shelf.picture(value)}
        case "gallery":
            drawn = [(shelf.picture(one, sizes="(min-width: 45em) 560px, 86vw"), one) for one in pictures_in(value)]
            needed = {"pictures": [(picture, one) for picture, one in drawn if picture]}
        case "table":
            rows = cells_of(value["rows"])
            return {"head": rows[:1], "rows": rows[1:]}
        case "attachment":
            needed = {"file": shelf.file(value, "document")}
        case "audio":
            needed = {"file": shelf.file(value, "recording")}
        case "video":
            return {"host": urlsplit(value["url"]).hostname or "", "picture": shelf.picture(value)}
        case "question":
            return {"answer": clean_html(value["answer"])}
    return needed if all(needed.values()) else None
