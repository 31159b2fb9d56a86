"""Two versions of an article side by side: what went, what came, line by line and within a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.kit.difference import Stretch, stretches
from fenjin.kit.wording import record_time
from fenjin.media.selectors import pictures_by_id
from fenjin.media.selectors.files import files_by_id
from fenjin.newsroom.blocks import file_ids, lines_of, picture_ids, pictures_in

_ALIKE: Final = 0.35  # from here on two lines count as one line that was changed
_LINK: Final = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the article with its changed lines; lines that stayed are left out."""

    name: str
    lines: tuple[tuple[Stretch, ...], ...]


def compare(before: Any, after: Any) -> list[Part]:
    """Return the fields in which two versions differ, in the order of the form."""
    found = []
    for name, old, new in _fields(before, after):
        lines = tuple(_lines(old.split("\n"), new.split("\n")))
        if old != new:
            found.append(Part(name, lines))
    return found


def _fields(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    names = _names_in(before, after)
    plain = {
        "title": _("title"),
        "lead": _("lead"),
        "body": _("body"),
        "source": _("source"),
        "title_en": _("title in English"),
        "lead_en": _("lead in English"),
        "body_en": _("body in English"),
        "correction": _("correction"),
        "correction_en": _("correction in English"),
    }
    for field, name in plain.items():
        old, new = getattr(before, field), getattr(after, field)
        if field.startswith("body"):
            old, new = _shown(old, names), _shown(new, names)
        yield name, str(old or ""), str(new or "")
    yield _("tags"), "、".join(before.tags), "、".join(after.tags)
    yield _("readers"), str(before.get_readers_display()), str(after.get_readers_display())
    yield _("cover"), _picture(before), _picture(after)
    yield _("column"), str(before.column or ""), str(after.column or "")
    yield _("in whose name"), _name(before), _name(after)
    yield _("comes out on"), record_time(before.go_live_at), record_time(after.go_live_at)
    yield _("comes down on"), record_time(before.expire_at), record_time(after.expire_at)


def _name(version: Any) -> str:
    return version.in_name_of.name if version.in_name_of_id and version.in_name_of else ""


def _names_in(*versions: Any) -> dict[tuple[str, int], str]:
    """Return what the pictures and the files in the bodies are called."""
    bodies = [body for version in versions for body in (version.body, version.body_en) if body]
    pictures = {pk for body in bodies for pk in picture_ids(body)}
    files = {pk for body in bodies for pk in file_ids(body)}
    names = {("picture", row.pk): row.title for row in pictures_by_id(pictures).values()} if pictures else {}
    return names | ({("file", row.pk): row.title for row in files_by_id(files).values()} if files else {})


def _shown(body: Any, names: dict[tuple[str, int], str]) -> str:
    """Return what readers get of a body, as lines: its words, where links lead, pictures and files by name."""
    lines = [line for part in body.raw_data for line in _part(part["type"], part["value"], names)] if body else []
    return "\n".join(line for line in lines if line)


def _part(kind: str, value: Any, names: dict[tuple[str, int], str]) -> Iterator[str]:
    yield from lines_of(kind, value)
    html = value if kind == "text" else value["answer"] if kind == "question" else ""
    yield from (f"→ {unescape(address)}" for address in _LINK.findall(html))
    if kind == "video":
        yield f"→ {value['url']}"
    for one in pictures_in(value) if kind == "gallery" else [value] if kind in ("picture", "video") else []:
        if one.get("picture"):
            yield _("Picture: %(name)s") % {"name": _called(names, "picture", one["picture"])}
    file = (
        value.get({"attachment": "document", "audio": "recording"}[kind]) if kind in ("attachment", "audio") else None
    )
    if file:
        yield _("File: %(name)s") % {"name": _called(names, "file", file)}


def _called(names: dict[tuple[str, int], str], kind: str, pk: Any) -> str:
    """Return name and number: another picture of the same name is another one."""
    return f"{names.get((kind, int(pk)), '')} #{pk}".strip()


def _picture(version: Any) -> str:
    return str(version.cover) if version.cover_id and version.cover else ""


def _lines(old: list[str], new: list[str]) -> Iterator[tuple[Stretch, ...]]:
    """Return the lines that changed, each as its pieces; a line that stayed is not shown."""
    for tag, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        went, came = old[start:end], new[to_start:to_end]
        while went and came and _is_same_line(went[0], came[0]):
            yield tuple(stretches(went.pop(0), came.pop(0)))
        yield from ((Stretch("del", line),) for line in went if line)
        yield from ((Stretch("ins", line),) for line in came if line)


def _is_same_line(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
