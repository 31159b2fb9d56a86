"""A file that the breaker stopped: the security administrator may approve exactly what was seen."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, RosterApproval, RosterImport
from fenjin.people.services.roster_reading import UploadGone


class NotStopped(Refusal):
    code = "not_stopped"
    sentence = _("This dry run does not wait for an approval.")


class OtherPlan(Refusal):
    code = "other_plan"
    sentence = _("This dry run is no longer the one that was shown. Look at it again.")


class OwnUpload(Refusal):
    code = "own_upload"
    status = 403
    sentence = _("Whoever uploaded a file cannot approve it. Another security administrator has to.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    sentence = _("Write the reason: who confirmed that so many people leave?")


def approve_roster(
    *, actor: Account, import_id: int, digest: str, reason: str, on_console: bool = False
) -> RosterApproval:
    """Let a stopped dry run be applied, as it was seen and no other; a second approval changes nothing.

    The approval holds for one digest: when people or units change, the plan is another and has to be
    approved anew. `on_console` says in the log that it was said at the command line.
    Raises NotYourOffice, NotFound, NotStopped, UploadGone, OtherPlan, OwnUpload, ReasonMissing.
    """
    require_office(actor, Administrator.Office.SECURITY)
    reason = " ".join(reason.split())[:500]
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state != RosterImport.State.STOPPED:
            raise NotStopped
        if not roster.stored_name:
            raise UploadGone
        if not digest or roster.preview["digest"] != digest:
            raise OtherPlan
        if roster.uploaded_by_id == actor.pk:
            raise OwnUpload
        if not reason:
            raise ReasonMissing
        approval = RosterApproval.objects.filter(roster=roster, digest=digest).first()
        if approval is not None:
            return approval
        RosterApproval.objects.filter(roster=roster).delete()
        approval = RosterApproval.objects.create(
            roster=roster, digest=digest, reason=reason, approved_by=actor, approved_at=clock.now()
        )
        details = {"digest": digest, "leaves": roster.preview["counts"]["leaves"], "refused": roster.preview["refused"]}
        if on_console:
            details["console"] = True
        audit.record(actor=actor, act="people.roster_approve", target=("roster", roster.pk), details=details)
    return approval
