"""What a restored database needs before people come: no session that was ended since, and a row in the log."""

from django.db import transaction

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.people.models import Session


@transaction.atomic
def settle(backup: str, made_at: str, keep_sessions: bool) -> None:
    """End all sessions unless they are kept, and note the restore.

    A session that was revoked after the backup would be open again, so everybody signs in anew.
    """
    ended = 0
    if not keep_sessions:
        ended = Session.objects.filter(revoked_at=None).update(revoked_at=clock.now())
    details = {"backup": backup, "made_at": made_at, "sessions_ended": ended}
    record(actor=None, act="platform.restore", target=("backup", None), details=details)
