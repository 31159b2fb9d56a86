"""Rosters read and applied by the worker while a person watches: safe to run twice, taken up again after a crash."""

from typing import Any

from django.db import OperationalError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from psycopg.errors import QueryCanceled

from fenjin.audit import services as audit
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, RosterImport
from fenjin.people.roster import progress, vault
from fenjin.people.services.roster_applying import APPLICABLE, apply_roster, require_approval
from fenjin.people.services.roster_reading import RosterRefused, read_roster, require_system

State = RosterImport.State
UNDER_WAY = (State.READING, State.APPLYING)


AT_ONCE_BYTES = 1024 * 1024  # a file that is read in a few seconds is read while the person waits
AT_ONCE_PEOPLE = 5_000


def read_soon(roster: RosterImport) -> None:
    """Read an uploaded file: a small one at once, a large one by the worker; refusals as in `read_roster`."""
    if roster.state != State.READING:
        return
    if vault.size(roster.stored_name) <= AT_ONCE_BYTES:
        read_roster(import_id=roster.pk)
    else:
        start_work(roster.pk)


def apply_soon(*, actor: Account | None, import_id: int, key: str = "") -> RosterImport:
    """Apply a previewed roster: a small one at once, a large one by the worker; refusals as in `apply_roster`."""
    require_system(actor)
    roster = RosterImport.objects.filter(pk=import_id).first()
    if roster is None:
        raise NotFound
    counts = roster.preview.get("counts", {})
    if sum(counts.get(name, 0) for name in ("joins", "leaves", "moves", "changes", "unchanged")) <= AT_ONCE_PEOPLE:
        return apply_roster(actor=actor, import_id=import_id, key=key)
    return start_apply(actor=actor, import_id=import_id, key=key)


def start_work(import_id: int) -> None:
    """Have the worker take up an import when this transaction commits; once is enough, twice does no harm."""

    def defer() -> None:
        try:
            # A savepoint: a job that is queued already must not break the caller's transaction.
            with transaction.atomic():
                app.configure_task("people.roster_work", queueing_lock=f"people.roster.{import_id}").defer(
                    import_id=import_id
                )
        except AlreadyEnqueued:
            pass

    transaction.on_commit(defer)


def start_apply(*, actor: Account | None, import_id: int, key: str = "") -> RosterImport:
    """Say that a previewed roster is to be applied, and have the worker do it; asking twice does it once.

    Raises NotFound, NotYourOffice, RosterRefused.
    """
    require_system(actor)
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state in (State.APPLIED, State.APPLYING):
            return roster
        if roster.state not in APPLICABLE:
            raise RosterRefused
        require_approval(roster)
        roster.preview |= {"resting": roster.state, "key": key[:64]}
        roster.state, roster.applied_by = State.APPLYING, actor
        roster.save(update_fields=["state", "applied_by", "preview"])
        progress.forget_request(roster.pk)
        start_work(roster.pk)
    return roster


def cancel_work(*, actor: Account | None, import_id: int) -> RosterImport:
    """Stop reading or applying: nothing is changed, and the import waits. Raises NotFound, NotYourOffice.

    What has just been finished stays finished.
    """
    require_system(actor)
    roster = RosterImport.objects.filter(pk=import_id).first()
    if roster is None:
        raise NotFound
    if roster.state in UNDER_WAY:
        progress.ask_to_stop(roster.pk)
        audit.record(actor=actor, act="people.roster_cancel", target=("roster", roster.pk), details={})
        if not progress.is_worked_on(roster.pk):
            rest(roster.pk)
    return roster


def work_on(import_id: int) -> None:
    """Read or apply an import, whatever it waits for; returns at once when another process is at it."""
    state = RosterImport.objects.filter(pk=import_id).values_list("state", flat=True).first()
    if state not in UNDER_WAY:
        return
    try:
        with every_space(Reason.JOB), progress.working_on(import_id) as tick:
            _do(import_id, state, tick)
    except progress.Busy:
        return
    except progress.Cancelled:
        rest(import_id)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        rest(import_id)
    except Refusal as refusal:
        rest(import_id, refusal)


def _do(import_id: int, state: str, tick: Any) -> None:
    tick("survey", 0)
    if state == State.READING:
        read_roster(import_id=import_id, tick=tick)
    else:
        roster = RosterImport.objects.select_related("applied_by").get(pk=import_id)
        apply_roster(actor=roster.applied_by, import_id=import_id, key=roster.preview.get("key", ""), tick=tick)


def rest(import_id: int, why: Refusal | None = None) -> None:
    """Put an import whose work has ended without an end back to where it was, with the reason."""
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().get(pk=import_id)
        if roster.state not in UNDER_WAY:
            return
        if roster.state == State.APPLYING:
            roster.state, roster.applied_by = roster.preview.pop("resting", State.PREVIEWED), None
        else:
            roster.state = State.CANCELLED
        roster.preview["halted"] = {"code": why.code, "sentence": str(why)} if why else {"code": "cancelled"}
        roster.save(update_fields=["state", "applied_by", "preview"])
        progress.forget_request(import_id)


def take_up_again() -> int:
    """Have the worker take up what a process left that died; return how many; safe to run twice."""
    left = [
        pk
        for pk in RosterImport.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True)
        if not progress.is_worked_on(pk)
    ]
    for import_id in left:
        start_work(import_id)
    return len(left)
