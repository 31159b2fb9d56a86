"""Reads of cases and notes."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.people.access import Reach
from fenjin.people.models import Account, AccountCase, AccountNote, Post


def list_cases(reach: Reach) -> QuerySet[AccountCase]:
    """Return the cases within reach: open ones first, then the newest."""
    rows = AccountCase.objects.select_related("person", "closed_by__person")
    # PostgreSQL puts those without a date first when it counts down.
    return listing(_within(rows, reach).order_by("-closed_at", "-made_at", "-pk"))


def count_open_cases(reach: Reach) -> int:
    """Return how many cases within reach wait."""
    return _within(AccountCase.objects.filter(closed_at__isnull=True), reach).count()


def get_case(reach: Reach, case_id: int) -> AccountCase:
    """Return a case within reach; raises NotFound."""
    rows = AccountCase.objects.select_related("person", "closed_by__person").filter(pk=case_id)
    case = _within(rows, reach).first()
    if case is None:
        raise NotFound
    return case


def _within(rows: QuerySet[AccountCase], reach: Reach) -> QuerySet[AccountCase]:
    if reach.everybody:
        return rows
    near = Post._base_manager.filter(
        person=OuterRef("person"), ended_on__isnull=True, unit__path__overlap=list(reach.units)
    )
    return rows.filter(Exists(near))


def latest_note(account: Account, within: timedelta = timedelta(days=30)) -> AccountNote | None:
    """Return the last thing that happened to an account, if it is not long ago."""
    return AccountNote.objects.filter(account=account, at__gt=clock.now() - within).order_by("-at", "-pk").first()


def own_notes(account: Account, limit: int = 20) -> list[AccountNote]:
    """Return what happened to an account lately, the newest first."""
    return list(listing(AccountNote.objects.filter(account=account).order_by("-at", "-pk")[:limit]))
