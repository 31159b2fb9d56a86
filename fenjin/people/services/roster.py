"""A roster on its way in: upload and dry run, approval, one atomic apply, and its undo."""

from fenjin.kit import clock
from fenjin.people.models import RosterChange, RosterImport, RosterJournal
from fenjin.people.roster import vault
from fenjin.people.services.roster_applying import apply_roster, read_and_apply, read_rows
from fenjin.people.services.roster_approval import approve_roster
from fenjin.people.services.roster_reading import (
    UPLOADS_KEPT,
    PreviewOutdated,
    RosterRefused,
    UploadGone,
    ask_again,
    preview_roster,
    read_roster,
    upload_roster,
)
from fenjin.people.services.roster_undo import UNDO_WITHIN, UndoBlocked, undo_roster

__all__ = [
    "UNDO_WITHIN",
    "UPLOADS_KEPT",
    "PreviewOutdated",
    "RosterRefused",
    "UndoBlocked",
    "UploadGone",
    "apply_roster",
    "approve_roster",
    "ask_again",
    "delete_old_uploads",
    "preview_roster",
    "read_and_apply",
    "read_roster",
    "read_rows",
    "undo_roster",
    "upload_roster",
]


def delete_old_uploads() -> int:
    """Delete uploads older than seven days, and what was kept of them; return how many; safe to run twice."""
    deleted = 0
    old = clock.now() - UPLOADS_KEPT
    for roster in RosterImport.objects.filter(uploaded_at__lt=old).exclude(stored_name=""):
        vault.drop(roster.stored_name)
        RosterImport.objects.filter(pk=roster.pk).update(stored_name="")
        deleted += 1
    # What the undo needs lives as long as the undo is offered; the list of people no longer than the import matters.
    done = RosterImport.objects.filter(applied_at__lt=clock.now() - UNDO_WITHIN)
    RosterJournal.objects.filter(roster_id__in=done.values("pk")).delete()
    RosterChange.objects.filter(roster_id__in=done.values("pk")).delete()
    unused = RosterImport.objects.filter(uploaded_at__lt=old, applied_at=None)
    RosterChange.objects.filter(roster_id__in=unused.values("pk")).delete()
    return deleted
