"""Saved audiences and lists for everybody's tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.audiences.models import Audience, PersonList
from fenjin.audiences.services import make_list, save_audience

_numbers = count(1)


def make_audience(actor: Any, rule: Any, *, space_id: int = 1, name: str = "", **fields: Any) -> Audience:
    """Return an audience that `actor` saved; it sends in that space."""
    return save_audience(actor=actor, space_id=space_id, name=name or f"接收范围{next(_numbers)}", rule=rule, **fields)


def make_person_list(actor: Any, text: str, *, space_id: int = 1, name: str = "") -> PersonList:
    """Return a list of the staff numbers in `text` that `actor` pasted."""
    return make_list(actor=actor, space_id=space_id, name=name or f"名单{next(_numbers)}", text=text)


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    f"audiences_desk:{name}": lambda world: {"audience_id": 987654}
    for name in ("change", "copy", "put_away", "bring_back", "take_back", "export")
} | {
    "audiences_desk:list": lambda world: {"list_id": 987654},
    "audiences_desk:list_put_away": lambda world: {"list_id": 987654},
}
