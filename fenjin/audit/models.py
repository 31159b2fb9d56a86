"""The audit trail: append only, plain ids, no foreign keys, so that nothing can cascade into it."""

from django.db import models


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
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["target_kind", "target_id", "-id"], name="audit_by_target"),
            models.Index(fields=["actor_id", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.target_kind} {self.target_id}"


class AuditSeal(models.Model):
    """A link of the hash chain over committed events, written by a job and never by the one who acts.

    `sha256` covers the previous seal and the canonical JSON of events `first_id`..`last_id`.
    """

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    events = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_id__lte=models.F("last_id")), name="audit_seal_range")
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id} {self.sha256[:12]}"
