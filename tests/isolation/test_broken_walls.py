"""Each wall is taken away once, and the walk sees the hole: a wall that nobody misses is not tried at all.

Where two walls stand one behind the other (managers behind rights, receipts behind the list of recipients), one alone
shows nothing: tests/house/test_tables.py and fenjin/delivery/tests try those by themselves. The walks here are short: only addresses that stand behind the wall, asked by the one whom it keeps out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q

from fenjin.kit.scope import EVERYTHING, Scope
from tests.isolation import walk
from tests.isolation.test_walk import faults_of


@dataclass(frozen=True)
class Wall:
    """What is taken away, who then looks across, and at which addresses that shows."""

    remove: Callable[[pytest.MonkeyPatch], None]
    asker: str
    seen_at: tuple[str, ...]


def open_scope(patch: pytest.MonkeyPatch) -> None:
    """Put all spaces in the scope of every request."""
    everything = Scope(content=EVERYTHING, people=EVERYTHING)
    patch.setattr("fenjin.spaces.middleware.scope_of", lambda membership, path: everything)


def open_reading(patch: pytest.MonkeyPatch) -> None:
    """Let everybody read every published article; the scope is gone too, or it would still hold."""
    open_scope(patch)
    patch.setattr("fenjin.newsroom.selectors.articles.can_read", lambda membership, article: True)


def open_lists(patch: pytest.MonkeyPatch) -> None:
    """Let lists of articles name those of all spaces."""
    open_scope(patch)
    patch.setattr("fenjin.newsroom.selectors.articles.readable", lambda membership: Q(live=True))


def open_pictures(patch: pytest.MonkeyPatch) -> None:
    """Show every picture to everybody who knows its key."""
    patch.setattr("fenjin.media.selectors.can_see", lambda membership, picture: True)


def open_rows(patch: pytest.MonkeyPatch) -> None:
    """Let a right in one space count for rows of all spaces; the scope is gone too."""
    open_scope(patch)
    policy = "fenjin.spaces.access.rights.SpacePolicy"
    patch.setattr(f"{policy}.user_has_permission_for_instance", lambda self, user, action, row: True)
    patch.setattr(f"{policy}.instances_user_has_any_permission_for", lambda self, user, acts: self.model.objects.all())


def open_past(patch: pytest.MonkeyPatch) -> None:
    """Let roles that have ended hold on."""
    patch.setattr("fenjin.spaces.selectors.accounts._ACCOUNT", _without_ends())


def _without_ends() -> str:
    from fenjin.spaces.selectors import accounts

    accounts._account_sql.cache_clear()
    accounts._session_sql.cache_clear()
    ended = "AND (ends_at IS NULL OR ends_at > %(now)s)"
    assert ended in accounts._ACCOUNT
    return accounts._ACCOUNT.replace(ended, "")


WALLS = {
    "scope": Wall(open_scope, "staff", ("delivery_desk:coverage", "delivery_desk:sent", "people_desk:unit")),
    "reading": Wall(open_reading, "employee", ("newsroom:article",)),
    "lists": Wall(open_lists, "employee", ("newsroom:list",)),
    "pictures": Wall(open_pictures, "employee", ("media:picture",)),
    "rows": Wall(open_rows, "staff", ("articles:list", "articles:edit", "pictures:index", "picture_chooser:choose")),
    "past": Wall(open_past, "former staff", ("articles:list", "delivery_desk:sent")),
}


def holes(sides: Any, wall: Wall, asked: list[Any]) -> list[str]:
    """Return what the one who is kept out finds at the wall's addresses."""
    near = [question for question in asked if question.address.name in wall.seen_at]
    assert {question.address.name for question in near} == set(wall.seen_at)
    return found_at(sides, wall.asker, near)


def found_at(sides: Any, name: str, near: list[Any]) -> list[str]:
    faults = faults_of(sides, name, near)
    client = sides.asking[name][1]
    for question in near:  # a picture says nothing in words: that it is there is the hole
        if question.address.name.startswith("media:"):
            paths = [path for path, what in question.foreign.items() if what == "sample"]
            faults += [f"{path} is there" for path in paths if walk.ask(client, "get", path, {}).status_code == 200]
    return faults


def test_each_missing_wall_is_seen(sides, asked, monkeypatch):
    unseen = []
    for name, wall in WALLS.items():
        with transaction.atomic():
            assert holes(sides, wall, asked) == [], name
            with monkeypatch.context() as patch:
                wall.remove(patch)
                if not holes(sides, wall, asked):
                    unseen.append(name)
            _forget_statements()
            transaction.set_rollback(True)
    assert unseen == []


def _forget_statements() -> None:
    from fenjin.spaces.selectors import accounts

    accounts._account_sql.cache_clear()
    accounts._session_sql.cache_clear()
