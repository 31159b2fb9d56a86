"""Reads about the three offices: who is on the way to one, who held one, and what each opens."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from fenjin.kit import clock
from fenjin.kit.access import Verdict
from fenjin.kit.db import listing
from fenjin.kit.studio import DeskMenuItem, in_groups
from fenjin.people.models import Account, Administrator, OfficeHandover, OfficeTerm

SHOWN: Final = 100
EMERGENCY_SHOWN: Final = timedelta(days=30)


def list_open_handovers() -> list[OfficeHandover]:
    """Return the hand-overs that nobody has accepted yet, and the accepted ones whose old term still runs."""
    rows = OfficeHandover.objects.filter(cancelled_at__isnull=True, finished_at__isnull=True)
    return list(listing(rows.select_related("successor", "predecessor", "named_by", "confirmed_by").order_by("pk")))


def waiting_handover(account: Account) -> OfficeHandover | None:
    """Return the office that waits for an account to accept it, or None."""
    rows = OfficeHandover.objects.filter(successor=account, accepted_at__isnull=True, cancelled_at__isnull=True)
    return rows.select_related("predecessor", "named_by").first()


def list_terms() -> list[OfficeTerm]:
    """Return who held which office, the newest first, those who hold one now included."""
    rows = OfficeTerm.objects.select_related("account", "given_by", "ended_by").order_by("-given_at", "-pk")
    return list(listing(rows[:SHOWN]))


def empty_offices() -> list[str]:
    """Return the offices that no active account holds."""
    held = set(Administrator.objects.filter(account__is_active=True).values_list("office", flat=True))
    return [office for office in Administrator.Office.values if office not in held]


def console_terms() -> list[OfficeTerm]:
    """Return the offices that were given on the server's console in the last thirty days."""
    since = clock.now() - EMERGENCY_SHOWN
    rows = OfficeTerm.objects.filter(by_console=True, given_at__gt=since).select_related("account")
    return list(rows.order_by("given_at"))


@dataclass(frozen=True, slots=True)
class DeskRights:
    """One desk of the studio and which of the offices it opens for."""

    label: Any
    lead: Any
    opens: tuple[bool, ...]  # in the order of Administrator.Office


class _Holder:
    """Somebody signed in who holds an office and no role: what a rule of the studio looks at."""

    def __init__(self, office: str) -> None:
        self.user = self
        self.session = self
        self.row = None
        self.is_authenticated = True
        self.office = office
        self.pk = 0


def list_desk_rights(desks: list[DeskMenuItem]) -> list[DeskRights]:
    """Return for each desk whom it opens for, by asking the very rule that guards it.

    In the menu's order; those that no office opens, and only roles do, stand last.
    """
    closed = (Verdict.NOT_FOUND, Verdict.SIGN_IN)
    holders: list[Any] = [_Holder(office) for office in Administrator.Office.values]
    rights = [
        DeskRights(desk.label, desk.lead, tuple(desk.rule.judge(holder) not in closed for holder in holders))
        for _group, grouped in in_groups(desks)
        for desk in grouped
    ]
    return sorted(rights, key=lambda desk: not any(desk.opens))
