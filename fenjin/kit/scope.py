"""No space, no query: every read of a tenant table is cut to the spaces of the one who asks.

The filter is a lookup that is evaluated when SQL is compiled, so a queryset that Wagtail or a form
has kept since the start of the process is still cut to the scope of *this* request.
With no scope set, such a read raises ScopeError instead of answering.
"""

import enum
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models.sql.compiler import SQLCompiler

GROUP_SPACE: Final = 1


class ScopeError(RuntimeError):
    """A tenant table was read without saying for whom."""


class _Everything(frozenset[int]):
    """The set of all spaces, also of those that do not exist yet."""

    def __contains__(self, item: object) -> bool:
        return True


EVERYTHING: Final = _Everything()


class Reason(enum.StrEnum):
    """Why code may look across spaces. A new reason is a decision, so the list is closed."""

    OWN_ROWS = "a person's own rows"
    TREE = "the organisation tree is one"
    OFFICE = "an act of one of the three administrators"
    DELIVERY = "the feed and the receipts of one person"
    COMMAND = "a command of the operator"
    JOB = "a background job of the platform"
    DEMO = "the demo is being made"
    TEST = "a test prepares its data"


@dataclass(frozen=True, slots=True)
class Scope:
    """The two sets of spaces that somebody may see: content, and people with their units.

    `branches`: (space, unit) for those of `people` in which the business is with branches alone. Tables are
    not cut to them; figures are.
    """

    content: frozenset[int]
    people: frozenset[int]
    branches: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of_space(cls, space_id: int) -> "Scope":
        """Return the scope of a job that works for one space."""
        return cls(content=frozenset({space_id}), people=frozenset({space_id}))


NOTHING: Final = Scope(content=frozenset(), people=frozenset())
_WHOLE: Final = Scope(content=EVERYTHING, people=EVERYTHING)
_current: ContextVar[Scope | None] = ContextVar("fenjin_scope", default=None)
crossings: Counter[Reason] = Counter()


def current_scope() -> Scope:
    """Return the scope in force; raises ScopeError if there is none."""
    scope = _current.get()
    if scope is None:
        raise ScopeError("No scope is set: wrap the work in use_scope(...) or every_space(...).")
    return scope


@contextmanager
def use_scope(scope: Scope) -> Iterator[None]:
    """Run the block with `scope` in force."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


def cut_scope(scope: Scope) -> None:
    """Put a smaller scope in force until the end of the use_scope block that this runs in."""
    _current.set(scope)


@contextmanager
def every_space(reason: Reason) -> Iterator[None]:
    """Run the block across all spaces; each use is counted under its reason."""
    crossings[Reason(reason)] += 1
    with use_scope(_WHOLE):
        yield


class InScope(models.Lookup):
    """`space__inscope="content"`: true for rows whose space is in that set of the current scope."""

    lookup_name = "inscope"
    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        spaces: frozenset[int] = getattr(current_scope(), self.rhs)
        if spaces is EVERYTHING:
            return "TRUE", ()
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*parameters, sorted(spaces))


models.ForeignKey.register_lookup(InScope)
models.BigAutoField.register_lookup(InScope)


class SpaceManager(models.Manager[Any]):
    """The default manager of a tenant table: only rows of spaces in scope."""

    def __init__(self, kind: str = "content", field: str = "space") -> None:
        super().__init__()
        # Not `field`: the managers that Django makes for the far side of a key use that name.
        self.kind, self.space_field = kind, field

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(**{f"{self.space_field}__inscope": self.kind})
