"""A roster file on its way in, what it would change, and what it replaced."""

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.accounts import Account
from fenjin.people.models.persons import Numbering

UPLOADS_KEPT = timedelta(days=7)


class RosterImport(models.Model):
    """An uploaded roster: previewed first, then applied in one transaction, or refused.

    Not a tenant row: it belongs to the whole tree, and only administrators reach it.
    """

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        PREVIEWED = "previewed", _("Previewed")
        STOPPED = "stopped", _("Stopped")  # by the breaker: waits for the security administrator
        REFUSED = "refused", _("Refused")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNDONE = "undone", _("Undone")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    numbering = models.ForeignKey(Numbering, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    original_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80, blank=True)  # the encrypted upload; empty once deleted
    preview = models.JSONField(default=dict)  # counts, problems and samples, as the page shows them
    trace = models.JSONField(null=True)  # which rows the apply wrote, for its undo
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-uploaded_at"], name="roster_import_by_time")]

    def __str__(self) -> str:
        return f"{self.original_name} ({self.state})"

    @property
    def file_until(self) -> datetime:
        """When the uploaded file is deleted at the latest; an applied one's is gone at once."""
        return self.uploaded_at + UPLOADS_KEPT


class RosterApproval(models.Model):
    """The security administrator's word for one stopped dry run, exactly as it was seen."""

    roster = models.OneToOneField(RosterImport, on_delete=models.PROTECT, primary_key=True, related_name="approval")
    digest = models.CharField(max_length=64)  # of the plan: another plan is not approved by it
    reason = models.CharField(max_length=500)
    approved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="roster_approval_has_reason")]

    def __str__(self) -> str:
        return f"approval of roster {self.roster_id}"


class RosterChange(models.Model):
    """One person of a dry run to whom something would happen. Phone and e-mail are never part of it.

    Plain ids, no keys: rows come and go a million at a time, and go with their import.
    """

    roster_id = models.BigIntegerField()
    place = models.IntegerField()  # order within the import
    row = models.IntegerField(null=True)  # as a spreadsheet counts; empty for somebody whom the file does not name
    action = models.CharField(max_length=8)  # join, return, leave, move, change, follow
    person_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    status = models.CharField(max_length=20, blank=True, default="", db_default="")
    unit = models.TextField()
    was = models.TextField()
    company = models.CharField(max_length=120)
    second = ArrayField(models.TextField(), default=list)
    fields = ArrayField(models.CharField(max_length=12), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster_id", "action", "place"], name="roster_change_place")]

    def __str__(self) -> str:
        return f"{self.action} in roster {self.roster_id}"


class RosterJournal(models.Model):
    """A row as it was before an import changed it and as it was after, for the undo; kept seven days.

    Plain ids, no keys: it stands aside of what it describes.
    """

    roster_id = models.BigIntegerField()
    kind = models.CharField(max_length=8)  # person, private, post, account; what other rooms ended: role
    row_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    before = models.JSONField(null=True)  # null: the import made the row
    after = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster_id", "kind", "row_id"], name="roster_journal_row")]
        indexes = [models.Index(fields=["person_id"], name="roster_journal_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id} in roster {self.roster_id}"


class RosterProgress(models.Model):
    """How far the work on an import is. Written beside its transaction, so no key points to the import."""

    roster_id = models.BigIntegerField(primary_key=True)
    phase = models.CharField(max_length=10)
    done = models.IntegerField(default=0)
    pid = models.IntegerField(default=0)  # of the database session that does the work
    cancel = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.phase} {self.done} of roster {self.roster_id}"
