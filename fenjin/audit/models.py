"""The audit trail: append only, plain ids, no foreign keys, so that nothing can cascade into it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act of staff, or one change of rights or people."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # people.Account; null: the platform itself
    act = models.CharField(max_length=80)
    target_kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField(null=True)
    space_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        # Each filter of the desk has an index that also brings the order of its pages.
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["actor_id", "-at", "-id"], name="audit_of_actor"),
            models.Index(fields=["act", "-at", "-id"], name="audit_of_act"),
            models.Index(fields=["target_kind", "target_id", "-at", "-id"], name="audit_of_target"),
            models.Index(fields=["space_id", "-at", "-id"], name="audit_of_space"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.target_kind} {self.target_id}"


class Seal(models.Model):
    """A link of a hash chain over committed rows, written by a job and never by the one who acts.

    It covers the ids from `first_id` to `last_id` without `gaps`, and the ids `late`. A gap was not
    there when the link was written: its transaction failed, or had not committed yet; then the row
    is `late` in a later link. `horizon` is the first transaction that began after the link: what one of
    those writes into a gap was put in. `marks` are the first bytes of the SHA-256 of each row, by which
    a changed row is found. `sha256` covers the previous link and all of this, up to version 2 every row too.

    Version 1 knew no gaps, late rows and marks. Version 2 has marks of 8 bytes. Version 3 has marks of
    16 and covers the rows by them alone, so that it holds when its rows have had their time and gone.
    """

    version = models.PositiveSmallIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    events = models.IntegerField()
    gaps = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # pairs: from, to
    late = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    horizon = models.BigIntegerField(null=True)
    marks = models.BinaryField(default=b"", db_default=b"")
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id} {self.sha256[:12]}"


class AuditSeal(Seal):
    """A link over the acts."""

    version = models.PositiveSmallIntegerField(default=2, db_default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_id__lte=models.F("last_id")), name="audit_seal_range")
        ]
        indexes = [
            models.Index(fields=["-last_id"], condition=~models.Q(gaps=[]), name="audit_seal_with_gaps"),
        ]


class DoorSeal(Seal):
    """A link over the tries at the doors. It stays when its rows have had their time and gone."""

    version = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_id__lte=models.F("last_id")), name="door_seal_range")
        ]
        indexes = [
            models.Index(fields=["-last_id"], condition=~models.Q(gaps=[]), name="door_seal_with_gaps"),
        ]


class DoorEvent(models.Model):
    """Somebody tried a door: signed in, failed, gave a code. Kept for SECURITY_LOG_DAYS, 180 at least.

    Who tried is an account when the try went well; a failed one keeps only keyed hashes of what was
    typed and of the address, so that tries of one hand can be seen together and nobody is named.
    """

    class Outcome(models.TextChoices):
        PASSED = "passed", _("went well")
        FAILED = "failed", _("failed")
        SHUT = "shut", _("shut after too many tries")

    at = models.DateTimeField()
    door = models.CharField(max_length=20)
    outcome = models.CharField(max_length=6, choices=Outcome)
    account_id = models.BigIntegerField(null=True)
    identity = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="door_event_by_time"),
            models.Index(fields=["account_id", "-at", "-id"], name="door_event_of_account"),
            models.Index(fields=["identity", "-at", "-id"], name="door_event_of_identity"),
            models.Index(fields=["address", "-at", "-id"], name="door_event_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.door} {self.outcome}"


class LogExport(models.Model):
    """A file of the log that a job writes for the auditor; the file is removed after a week."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WRITING = "writing", _("being written")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    form = models.CharField(max_length=4)
    wanted = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    lines = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-asked_at", "-id"], name="log_export_by_time")]

    def __str__(self) -> str:
        return f"export {self.pk}: {self.form}, {self.state}"
