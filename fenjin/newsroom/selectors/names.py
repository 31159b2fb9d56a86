"""Who may publish in whose name."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Delegation


def standing_words(space_id: int, leader_id: int, assistants: Collection[int | None]) -> QuerySet[Delegation]:
    """Return what a leader has agreed to with one of these people in a space and has not ended."""
    rows: QuerySet[Delegation] = Delegation.objects.filter(
        space=space_id,
        leader=leader_id,
        assistant__in=[person for person in assistants if person is not None],
        agreed_at__isnull=False,
        ended_at__isnull=True,
        ends_on__gte=_today(),
    )
    return rows


def leaders_of(person_id: int | None, spaces: Collection[int]) -> list[tuple[int, str]]:
    """Return (person, name) of each leader in whose name somebody may publish now in one of these spaces."""
    if person_id is None:
        return []
    rows = Delegation.objects.filter(
        space__in=spaces,
        assistant=person_id,
        agreed_at__isnull=False,
        ended_at__isnull=True,
        ends_on__gte=_today(),
    )
    return sorted(set(rows.values_list("leader", "leader__name")), key=lambda pair: pair[1])


def list_delegations(spaces: Collection[int]) -> list[Delegation]:
    """Return the delegations of these spaces that have not been ended, by leader."""
    rows = Delegation.objects.filter(space__in=spaces, ended_at__isnull=True)
    rows = rows.select_related("leader", "assistant", "space")
    return list(listing(rows.order_by("leader__name_key", "pk")))


def words_of_leader(person_id: int) -> list[Delegation]:
    """Return what somebody is asked for, or has agreed to, in any space: the newest first."""
    with every_space(Reason.OWN_ROWS):
        rows = Delegation.objects.filter(leader=person_id, ended_at__isnull=True)
        return list(listing(rows.select_related("assistant", "space").order_by("-pk")))


def delegation_of_leader(person_id: int | None, uid: object) -> Delegation:
    """Return a delegation that this leader is asked for or gave; raises NotFound."""
    with every_space(Reason.OWN_ROWS):
        rows = Delegation.objects.select_related("assistant", "leader", "space")
        found: Delegation | None = rows.filter(uid=uid, leader=person_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def asked_leaders() -> frozenset[int]:
    """Return the people who are asked for their name and have not answered."""
    with every_space(Reason.OWN_ROWS):
        rows = Delegation.objects.filter(agreed_at__isnull=True, ended_at__isnull=True, ends_on__gte=_today())
        return frozenset(rows.values_list("leader", flat=True))


def _today() -> date:
    """Return the day it is for whoever asks: a word given until a day ends with that day, not eight hours later."""
    return timezone.localtime(clock.now()).date()
