"""A rule while it is being put together: it lives in the address, packed, and nothing is stored."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from fenjin.audiences.rules import Rule
from fenjin.audiences.rules.reading import check_size, read_group
from fenjin.kit.errors import BadRequest

LISTS: Final = ("any", "all", "none")
MOST_BYTES: Final = 200_000  # of an unpacked rule: a thousand units are 15 kB

type Place = tuple[tuple[str, int], ...]


def empty() -> dict[str, list[Any]]:
    """Return a group without conditions."""
    return {key: [] for key in LISTS}


def pack(data: dict[str, Any]) -> str:
    """Return a rule as it stands in an address."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    """Return the rule in an address; raises BadRequest for anything else."""
    if not text:
        return empty()
    try:
        opened = zlib.decompressobj()
        data = json.loads(opened.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_BYTES))
    except (ValueError, zlib.error) as error:
        raise BadRequest from error
    if opened.unconsumed_tail or not isinstance(data, dict):
        raise BadRequest
    return _filled(data)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return the same with all three lists in every group; raises BadRequest where one is not a list."""
    filled: dict[str, Any] = {}
    for key in LISTS:
        entries = data.get(key, [])
        if not isinstance(entries, list):
            raise BadRequest
        filled[key] = [_filled(entry) if is_group(entry) else entry for entry in entries]
    return filled


def is_group(entry: Any) -> bool:
    """Tell whether an entry is a group of conditions."""
    return isinstance(entry, dict) and set(entry) <= set(LISTS)


def pruned(data: dict[str, Any]) -> dict[str, Any]:
    """Return the rule without groups in which nothing stands yet."""
    found = {}
    for key in LISTS:
        inner = [pruned(entry) if is_group(entry) else entry for entry in data[key]]
        found[key] = [entry for entry in inner if not is_group(entry) or any(entry.values())]
    return found


@dataclass(slots=True)
class Draft:
    """The rule so far, and the group in it that is being worked on."""

    data: dict[str, Any] = field(default_factory=empty)
    at: Place = ()

    @classmethod
    def read(cls, query: QueryDict, start: Any = None) -> "Draft":
        """Return the draft of an address, or a new one from a saved rule; raises BadRequest."""
        packed = query.get("r")
        data = unpack(packed) if packed is not None else _filled(deepcopy(start)) if start else empty()
        return cls(data, _place(query.get("at", "")))

    @property
    def group(self) -> dict[str, Any]:
        """Return the group that is being worked on; raises BadRequest if there is none at that place."""
        group = self.data
        for key, number in self.at:
            if number >= len(group[key]) or not is_group(group[key][number]):
                raise BadRequest
            group = group[key][number]
        return group

    def add(self, key: str, entry: dict[str, Any]) -> None:
        """Put a condition into a list of the group, once."""
        if key not in LISTS:
            raise BadRequest
        if entry not in self.group[key]:
            self.group[key].append(entry)

    def open_group(self, key: str) -> None:
        """Add an empty group and go into it."""
        if key not in LISTS:
            raise BadRequest
        self.group[key].append(empty())
        self.at = (*self.at, (key, len(self.group[key]) - 1))

    def drop(self, where: str) -> None:
        """Take the entry at "none.2" out of the group, if it is still there."""
        [(key, number)] = _place(where) or [("", 0)]
        if key and number < len(self.group[key]):
            del self.group[key][number]

    def rule(self) -> Rule:
        """Return what is written so far, perhaps nobody; raises RuleRefusal."""
        rule = read_group(pruned(self.data), depth=1)
        check_size(rule)
        return rule

    @property
    def packed(self) -> str:
        """Return the rule for an address."""
        return pack(self.data)

    @property
    def way(self) -> str:
        """Return the place of the group for an address."""
        return place_text(self.at)


def place_text(place: Place) -> str:
    """Return a place as it stands in an address: "all.0.none.2"."""
    return ".".join(f"{key}.{number}" for key, number in place)


def _place(text: str) -> Place:
    parts = text.split(".") if text else []
    keys, numbers = parts[::2], parts[1::2]
    if len(keys) != len(numbers) or len(keys) > 8:
        raise BadRequest
    if not set(keys) <= set(LISTS) or not all(number.isdecimal() and len(number) < 5 for number in numbers):
        raise BadRequest
    return tuple((key, int(number)) for key, number in zip(keys, numbers, strict=True))
