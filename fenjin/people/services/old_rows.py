"""The kinds of rows of people that end, and how they are counted and deleted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fenjin.kit.db import count_and_oldest, delete_counted
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import ClaimCode, Correction, DataExport, Erasure, Session
from fenjin.people.register import Retention
from fenjin.people.services.erasure import leavers_due, purge_leavers
from fenjin.people.services.exports import drop_files

LAW = _("The Cybersecurity Law asks for at least six months of network logs.")


def kinds_of_people() -> list[Retention]:
    """Return what people signs in the register of data that end."""
    return [
        Retention(
            key="people.sessions",
            name=_("Ended sign-ins and their devices"),
            default=180,
            floor=180,
            ceiling=1095,
            reason=LAW,
            **_ending(_sessions, "expires_at"),
            order=10,
        ),
        Retention(
            key="people.codes",
            name=_("One-time codes that were used, revoked or ran out"),
            default=365,
            floor=180,
            ceiling=1095,
            reason=LAW,
            **_ending(_codes, "expires_at"),
            order=20,
        ),
        Retention(
            key="people.leavers",
            name=_("Mobile number and e-mail of people who left"),
            default=90,
            floor=8,
            ceiling=365,
            reason=_("Longer than the week in which a roster can be undone, else it could not bring them back."),
            due=leavers_due,
            purge=purge_leavers,
            order=30,
        ),
        Retention(
            key="people.corrections",
            name=_("Answered corrections"),
            default=365,
            floor=30,
            ceiling=1095,
            reason=_("Long enough that the person has read the answer and the next roster has come."),
            **_ending(_corrections, "decided_at"),
            order=40,
        ),
        Retention(
            key="people.requests",
            name=_("Records of copies and erasures that people asked for"),
            default=1095,
            floor=1095,
            ceiling=3650,
            reason=_("Records of processing are kept for three years (PIPL, article 56)."),
            due=_due_requests,
            purge=_purge_requests,
            order=50,
        ),
    ]


def _sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expires_at__lt=before)


def _codes(before: datetime) -> QuerySet[ClaimCode]:
    return ClaimCode.objects.filter(expires_at__lt=before)


def _corrections(before: datetime) -> QuerySet[Correction]:
    rows: QuerySet[Correction] = Correction.objects.filter(decided_at__lt=before)
    return rows


def _exports(before: datetime) -> QuerySet[DataExport]:
    return DataExport.objects.filter(asked_at__lt=before).exclude(state=DataExport.State.WAITING)


def _erasures(before: datetime) -> QuerySet[Erasure]:
    return Erasure.objects.filter(Q(done_at__lt=before) | Q(taken_back_at__lt=before))


def _due_requests(before: datetime) -> tuple[int, datetime | None]:
    copies, wishes = (count_and_oldest(rows(before), "asked_at") for rows in (_exports, _erasures))
    return copies[0] + wishes[0], min((at for at in (copies[1], wishes[1]) if at), default=None)


def _purge_requests(before: datetime) -> int:
    rows = list(_exports(before))
    drop_files([row for row in rows if row.stored_name])
    return delete_counted(_exports(before)) + delete_counted(_erasures(before))


def _ending(old: Callable[[datetime], QuerySet[Any]], field: str) -> dict[str, Any]:
    """Return how the rows that `old` finds are counted, by the time in `field`, and deleted: in every space."""

    def due(before: datetime) -> tuple[int, datetime | None]:
        with every_space(Reason.JOB):
            return count_and_oldest(old(before), field)

    def purge(before: datetime) -> int:
        with every_space(Reason.JOB):
            return delete_counted(old(before))

    return {"due": due, "purge": purge}
