"""A roster on its way in, second half: one atomic apply of exactly what was seen."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, RosterApproval, RosterImport
from fenjin.people.roster import journal, vault
from fenjin.people.roster.apply import carry_out, end_access_of_leavers
from fenjin.people.roster.plan import Plan, Tick, no_tick
from fenjin.people.roster.preview import list_rows
from fenjin.people.services.roster_reading import (
    PreviewOutdated,
    RosterRefused,
    plan_again,
    read_roster,
    require_system,
)

State = RosterImport.State
APPLICABLE = (State.PREVIEWED, State.STOPPED, State.APPLYING)


def apply_roster(
    *, actor: Account | None, import_id: int, key: str = "", on: date | None = None, tick: Tick = no_tick
) -> RosterImport:
    """Make a previewed roster true, whole or not at all; a second call finds it done and changes nothing.

    `on` is the day from which the changes hold, by default today. Raises NotFound, NotYourOffice,
    RosterRefused (also for a stopped one that the security administrator has not approved as it is),
    UploadGone, or PreviewOutdated if people or units are no longer as the preview saw them.
    """
    require_system(actor)
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state == State.APPLIED:
            return roster
        if roster.state not in APPLICABLE:
            raise RosterRefused
        require_approval(roster)
        plan = plan_again(roster, tick)
        if plan.digest != roster.preview["digest"]:
            raise PreviewOutdated
        _write(roster, plan, actor=actor, on=on, key=key, tick=tick)
        roster.save()
    return roster


def require_approval(roster: RosterImport) -> None:
    """Do nothing unless the breaker stopped this file and nobody approved it as it is; raises RosterRefused."""
    if roster.preview.get("refused") is None:
        return
    if not RosterApproval.objects.filter(roster=roster, digest=roster.preview.get("digest", "")).exists():
        raise RosterRefused(roster.preview.get("sentence") or None)


def read_rows(*, actor: Account | None, import_id: int) -> list[dict[str, Any]]:
    """Return every row of a previewed file that would change something, with what it would change.

    Reads the stored upload again, as people and units are now. Raises NotFound, NotYourOffice or
    UploadGone.
    """
    require_system(actor)
    with transaction.atomic():
        roster = RosterImport.objects.filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        return list_rows(plan_again(roster), "a.action <> 'unchanged'", None)


def read_and_apply(*, import_id: int, tick: Tick = no_tick) -> RosterImport:
    """Read an uploaded file and make it true at once, in one transaction, if nothing speaks against it.

    This is what an operator asks for who does not want to look first; refusals as in `read_roster`.
    """

    def write(roster: RosterImport, plan: Plan) -> None:
        _write(roster, plan, actor=roster.uploaded_by, on=None, key="", tick=tick)

    return read_roster(import_id=import_id, tick=tick, then=write)


def _write(roster: RosterImport, plan: Plan, *, actor: Account | None, on: date | None, key: str, tick: Tick) -> None:
    """Make a plan true that was made in this transaction, and note what the undo needs."""
    with every_space(Reason.TREE):
        marks = journal.begin(roster.pk, plan)
        done = carry_out(plan, actor=actor, on=on or clock.today(ZoneInfo(settings.TIME_ZONE)), tick=tick)
        journal.keep_ended(roster.pk, end_access_of_leavers(actor))
        roster.trace = journal.finish(roster.pk, marks)
    stored, roster.stored_name = roster.stored_name, ""
    roster.state, roster.applied_by, roster.applied_at = State.APPLIED, actor, clock.now()
    roster.preview["done"] = done
    details = {"counts": roster.preview["counts"], "done": done, "key": key[:64]}
    audit.record(actor=actor, act="people.roster_apply", target=("roster", roster.pk), details=details)
    transaction.on_commit(lambda: vault.drop(stored))
