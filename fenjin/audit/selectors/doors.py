"""Reads of the record of the doors."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min

from fenjin.audit.models import DoorEvent
from fenjin.audit.register import names_of, word_of
from fenjin.audit.selectors.log import PAGE_SIZE, midnight


@dataclass(frozen=True, slots=True)
class DoorFilter:
    """Which tries the reader wants to see; `identity` and `address` are the keyed hashes."""

    account_ids: tuple[int, ...] | None = None
    identity: str = ""
    address: str = ""
    door: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A try with the words for people."""

    event: DoorEvent
    name: str
    door: Any


def list_door_events(wanted: DoorFilter, *, before: int | None = None) -> tuple[list[DoorLine], int | None]:
    """Return the newest tries that fit below the number `before`, and the number to go on from."""
    exact = {"identity": wanted.identity, "address": wanted.address, "door": wanted.door, "outcome": wanted.outcome}
    rows = DoorEvent.objects.filter(**{name: value for name, value in exact.items() if value})
    if wanted.account_ids is not None:
        rows = rows.filter(account_id__in=wanted.account_ids)
    if wanted.since:
        rows = rows.filter(at__gte=midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=midnight(wanted.until + timedelta(days=1)))
    if before is not None:
        last = DoorEvent.objects.filter(pk=before).first()
        rows = rows.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk) if last else rows
    found = list(rows.order_by("-at", "-pk")[: PAGE_SIZE + 1])
    names = names_of("account", {row.account_id for row in found if row.account_id})
    lines = [
        DoorLine(row, names.get(row.account_id or 0, str(row.account_id or "")), word_of(f"door.{row.door}"))
        for row in found[:PAGE_SIZE]
    ]
    return lines, found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None


def reach_of_doors() -> dict[str, Any]:
    """Return when the oldest and the newest kept try was."""
    return DoorEvent.objects.aggregate(oldest=Min("at"), newest=Max("at"))
