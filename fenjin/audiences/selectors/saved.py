"""Saved audiences and lists, for the one who asks."""

from typing import Any

from django.db.models import Q, QuerySet

from fenjin.audiences.access import may_change, sending_spaces
from fenjin.audiences.models import Audience, PersonList
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound


def _usable(account: Any) -> QuerySet[Audience]:
    """Return what an account may use: shared ones of the spaces where it sends, and its own there."""
    spaces = sending_spaces(account.membership)
    rows: QuerySet[Audience] = Audience.objects.filter(space__in=spaces)
    return rows.filter(Q(shared=True) | Q(owner=account.pk)).select_related(
        "space", "owner__person", "changed_by__person"
    )


def list_audiences(account: Any, *, text: str = "", whose: str = "", away: bool = False) -> QuerySet[Audience]:
    """Return the saved audiences that an account may use, last changed first. `whose`: "own", "shared" or all."""
    rows = _usable(account).filter(put_away_at__isnull=not away)
    if text:
        rows = rows.filter(name__icontains=text)
    if whose in ("own", "shared"):
        rows = rows.filter(shared=whose == "shared")
    return listing(rows.order_by("-changed_at", "-pk"))


def get_audience(account: Any, audience_id: int) -> Audience:
    """Return a saved audience that an account may use, put away or not; raises NotFound."""
    row = _usable(account).filter(pk=audience_id).first()
    if row is None or not may_change(account.membership, account.pk, row):
        raise NotFound
    return row


def audience_choices(account: Any, space_id: int) -> list[tuple[int, str]]:
    """Return (id, name) of the audiences that an account may use when sending for a space, by name."""
    rows = _usable(account).filter(space=space_id, put_away_at__isnull=True)
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def audience_for_sending(account: Any, space_id: int, audience_id: int) -> Audience:
    """Return an audience of that space that is not put away: its `rule`, `keeping`, `name`; raises NotFound."""
    row = get_audience(account, audience_id)
    if row.space_id != space_id or row.put_away_at is not None:
        raise NotFound
    return row


def _lists(account: Any) -> QuerySet[PersonList]:
    spaces = sending_spaces(account.membership)
    return PersonList.objects.filter(space__in=spaces, put_away_at__isnull=True)


def list_lists(account: Any, space_id: int | None = None) -> QuerySet[PersonList]:
    """Return the lists of staff numbers of the spaces where an account sends, newest first, without their people."""
    rows = _lists(account).defer("people", "unmatched").select_related("space", "made_by__person")
    return listing((rows.filter(space=space_id) if space_id else rows).order_by("-created_at", "-pk"))


def get_list(account: Any, list_id: int, *, lock: bool = False) -> PersonList:
    """Return a list of staff numbers of a space where an account sends; raises NotFound."""
    rows = _lists(account).select_related("space", "made_by__person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=list_id).first()
    if row is None:
        raise NotFound
    return row


def list_names(list_ids: frozenset[int]) -> dict[int, str]:
    """Return the names of lists in scope."""
    return dict(PersonList.objects.filter(pk__in=list_ids).values_list("pk", "name"))
