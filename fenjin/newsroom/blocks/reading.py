"""What a stored body says, without loading what it names: ids, words, cells."""

from collections.abc import Iterator
from typing import Any

from fenjin.newsroom.blocks.cleaning import plain


def cells_of(lines: str) -> list[list[str]]:
    """Return the cells of a typed table, row by row; empty lines are left out."""
    rows = []
    for line in lines.splitlines():
        if line.strip():
            parts = line.split("\t") if "\t" in line else line.strip().strip("|").split("|")
            rows.append([part.strip() for part in parts])
    return rows


def pictures_in(value: Any) -> list[dict[str, Any]]:
    """Return the pictures of a stored gallery, each with its line and its words."""
    listed = value.get("pictures") or []
    return [item.get("value", item) for item in listed]


def picture_values(body: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number of the part, stored value) for every picture of a body, also of its galleries and videos."""
    for number, part in enumerate(body.raw_data):
        kind, value = part["type"], part["value"]
        found = pictures_in(value) if kind == "gallery" else [value] if kind in ("picture", "video") else []
        yield from ((number, one) for one in found if one.get("picture"))


def picture_ids(body: Any) -> set[int]:
    """Return the ids of the pictures that a body names, without loading them."""
    return {int(value["picture"]) for _number, value in picture_values(body)}


def file_ids(body: Any) -> set[int]:
    """Return the ids of the documents and recordings that a body names, without loading them."""
    ids = set()
    for part in body.raw_data:
        name = {"attachment": "document", "audio": "recording"}.get(part["type"])
        if name and part["value"].get(name):
            ids.add(int(part["value"][name]))
    return ids


def words_of(body: Any) -> str:
    """Return the plain text of a body, part by part on lines of their own."""
    lines = [line for part in body.raw_data for line in lines_of(part["type"], part["value"])]
    return "\n".join(line for line in lines if line)


def lines_of(kind: str, value: Any) -> list[str]:
    """Return the words of one part, as lines."""
    match kind:
        case "text":
            return [plain(value)]
        case "heading":
            return [value]
        case "quote":
            return [f"{value['text']} {value.get('source', '')}".strip()]
        case "table":
            return [" ".join(row) for row in cells_of(value["rows"])]
        case "gallery":
            return [value.get("name", ""), *(one.get("caption", "") for one in pictures_in(value))]
        case "question":
            return [value["question"], plain(value["answer"])]
        case "video":
            return [value["title"]]
    return [value.get("note") or value.get("caption") or ""]
