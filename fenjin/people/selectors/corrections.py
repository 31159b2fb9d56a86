"""Reads of corrections: my own, and those that wait at the desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Correction, Person, PersonPrivate, Post, RosterImport
from fenjin.people.names import same_name
from fenjin.people.selectors.own import own_posts

Field = Correction.Field


@dataclass(frozen=True, slots=True)
class CorrectionSeen:
    """A request with what the field says now."""

    row: Correction
    now: str
    roster_at: datetime | None  # the last roster applied since the answer

    @property
    def fits(self) -> bool:
        """Tell whether the entry now says what was asked for."""
        return _same(self.now, self.row.wanted)

    @property
    def still_old(self) -> bool:
        """Tell whether it was called corrected, but a later roster brought the old value again."""
        return (
            self.row.state == Correction.State.DONE and self.roster_at is not None and _same(self.now, self.row.stood)
        )


def correctable() -> list[tuple[str, Any]]:
    """Return the fields that can be corrected, with their names."""
    return list(Field.choices)


def value_of(person: Person, field: str) -> str:
    """Return what one field of a person says now, as the person reads it."""
    if field in (Field.MOBILE, Field.EMAIL):
        private = PersonPrivate.objects.filter(person=person).first()
        return str(getattr(private, field, "") or "")
    if field == Field.UNIT:
        posts = own_posts(person.pk)
        return " / ".join(posts[0].path) if posts else ""
    if field == Field.TITLE:
        posts = own_posts(person.pk)
        return posts[0].title if posts else ""
    if field == Field.STATUS:
        return str(person.get_status_display())
    return str(getattr(person, field) or "")


def own_corrections(person_id: int) -> list[CorrectionSeen]:
    """Return what a person asked to have corrected, the newest first."""
    with every_space(Reason.OWN_ROWS):
        rows = list(listing(Correction.objects.filter(person=person_id).order_by("-asked_at", "-pk"))[:50])
    return _seen(rows, Person.objects.filter(pk=person_id).first())


def list_corrections(state: str = "", branches: Collection[int] | None = None) -> QuerySet[Correction]:
    """Return the requests in scope; of those that wait the oldest on top.

    With `branches` (units) only those of people with a current post in one of them or below.
    """
    rows = listing(_of_branches(branches)).select_related("person", "space", "decided_by__person")
    if state in Correction.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("-state", "asked_at", "pk") if state == "open" else rows.order_by("-asked_at", "-pk")


def _of_branches(branches: Collection[int] | None) -> QuerySet[Correction]:
    rows: QuerySet[Correction] = Correction.objects.all()
    if branches is None:
        return rows
    inside = Post.objects.filter(person=OuterRef("person"), ended_on__isnull=True, unit__path__overlap=list(branches))
    return rows.filter(Exists(inside))


def get_correction(correction_id: int, branches: Collection[int] | None = None) -> CorrectionSeen:
    """Return a request in scope (and in the branches) with what the field says now; raises NotFound."""
    row = _of_branches(branches).select_related("person", "space").filter(pk=correction_id).first()
    if row is None:
        raise NotFound
    return _seen([row], row.person)[0]


def _seen(rows: list[Correction], person: Person | None) -> list[CorrectionSeen]:
    if person is None or not rows:
        return []
    values: dict[str, Any] = {field: value_of(person, field) for field in {row.field for row in rows}}
    applied = RosterImport.objects.filter(numbering=person.numbering_id, state=RosterImport.State.APPLIED)
    last = applied.order_by("-applied_at").values_list("applied_at", flat=True).first()
    return [
        CorrectionSeen(row, values[row.field], last if last and row.decided_at and last > row.decided_at else None)
        for row in rows
    ]


def _same(one: str, other: str) -> bool:
    return same_name(one, other)
