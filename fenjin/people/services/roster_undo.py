"""An applied roster taken back within seven days: everything as it was, or nothing."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, RosterImport
from fenjin.people.roster import journal, restore
from fenjin.people.services.positions import lock_tree, rows
from fenjin.people.services.roster_reading import require_system

UNDO_WITHIN = timedelta(days=7)
State = RosterImport.State


class NotApplied(Refusal):
    code = "not_applied"
    sentence = gettext_lazy("This import has not been applied, so there is nothing to undo.")


class UndoTooLate(Refusal):
    code = "undo_too_late"
    sentence = gettext_lazy("An import can be undone for seven days. Import a corrected file instead.")


class UndoBlocked(Refusal):
    """Something was changed since, and an undo would lose it."""

    code = "undo_blocked"


def undo_roster(*, actor: Account | None, import_id: int) -> RosterImport:
    """Bring people, posts and units back to what they were before an import; a second call changes nothing.

    Leavers have their accounts and their roles as they were; ended sessions, codes, second factors and links to
    other sign-ins stay ended, and are made anew. Who had come by the file is gone again. Raises NotFound,
    NotYourOffice, NotApplied, UndoTooLate, and UndoBlocked, which says what stands in the way.
    """
    require_system(actor)
    with transaction.atomic():
        lock_tree()
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state == State.UNDONE:
            return roster
        if roster.state != State.APPLIED or roster.trace is None or roster.applied_at is None:
            raise NotApplied
        if roster.applied_at < clock.now() - UNDO_WITHIN:
            raise UndoTooLate
        with every_space(Reason.TREE):
            reasons = list(hindrances(roster))
            if reasons:
                raise UndoBlocked(" ".join(reasons))
            done = _take_back(roster, actor)
        roster.state, roster.undone_by, roster.undone_at = State.UNDONE, actor, clock.now()
        roster.save(update_fields=["state", "undone_by", "undone_at"])
        journal.forget(roster.pk)
        audit.record(actor=actor, act="people.roster_undo", target=("roster", roster.pk), details={"done": done})
    return roster


def _take_back(roster: RosterImport, actor: Account | None) -> dict[str, int]:
    try:
        with transaction.atomic():
            done = restore.take_back(roster.pk, roster.trace or {}, actor)
            rows("SET CONSTRAINTS ALL IMMEDIATE")
            rows("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise UndoBlocked(
            _("Something has been made since that belongs to a person or unit of this import. Take that back first.")
        ) from error
    return done


def hindrances(roster: RosterImport) -> Any:
    """Yield in words what has happened since an import that an undo would lose."""
    trace = roster.trace or {}
    told = {
        "changed": _("%(count)d entries of people or posts have been changed since."),
        "posts": _("Posts of %(count)d people of this import have been changed since."),
        "units": _("%(count)d units of this import have been changed since."),
        "claimed": _("%(count)d people who came by this import have an account by now."),
        "later": _("A later import has changed %(count)d of these people. Undo that one first."),
    }
    for name, count in restore.find_hindrances(roster.pk, trace).items():
        if count:
            yield told[name] % {"count": count}
