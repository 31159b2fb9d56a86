"""No scope, no query; a kept queryset is cut to the scope of the moment; threads and blocks do not leak."""

import threading

import pytest

from fenjin.kit.scope import (
    EVERYTHING,
    Reason,
    Scope,
    ScopeError,
    crossings,
    current_scope,
    every_space,
    use_scope,
)
from fenjin.spaces.models import RoleGrant


def sql_of(queryset) -> str:
    return str(queryset.query)


def test_reading_without_a_scope_raises():
    with pytest.raises(ScopeError):
        sql_of(RoleGrant.objects.all())


def test_a_kept_queryset_follows_the_scope_of_the_moment():
    kept = RoleGrant.objects.all()
    with use_scope(Scope(content=frozenset({7}), people=frozenset())):
        assert "[7]" in sql_of(kept)
    with use_scope(Scope(content=frozenset({9, 8}), people=frozenset())):
        assert "[8, 9]" in sql_of(kept)


def test_an_empty_scope_is_not_everything():
    with use_scope(Scope(content=frozenset(), people=EVERYTHING)):
        assert "ANY" in sql_of(RoleGrant.objects.all())


def test_crossing_spaces_needs_a_reason_from_the_list():
    before = crossings[Reason.TEST]
    with every_space(Reason.TEST):
        assert 12_345 in current_scope().content
    assert crossings[Reason.TEST] == before + 1
    with pytest.raises(ValueError, match="because I can"), every_space("because I can"):
        pass


def test_the_scope_ends_with_its_block_also_on_error():
    def fail():
        with every_space(Reason.TEST):
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with pytest.raises(ScopeError):
        current_scope()


def test_another_thread_starts_without_a_scope():
    seen = []

    def look():
        try:
            seen.append(current_scope())
        except ScopeError:
            seen.append(None)

    with every_space(Reason.TEST):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [None]
