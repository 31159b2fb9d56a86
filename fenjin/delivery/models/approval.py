"""Who looks at a message before it goes out, and the rules of a space about that."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models.messages import Message
from fenjin.kit.models import TenantModel


class Approval(TenantModel):
    """A message that waited (or waits) for a second person. `people` is the head count of the press."""

    class Why(models.TextChoices):
        PEOPLE = "people", _("More people than the sender's role may reach alone")
        EMERGENCY = "emergency", _("An emergency needs two people")

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="approval")
    why = models.CharField(max_length=10, choices=Why)
    people = models.IntegerField()
    limit = models.IntegerField(null=True)  # that of the sender's role, as it was then
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="approval_space_id"),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by__isnull=True, approved__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="approval_decided_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved=False) | ~models.Q(words=""), name="approval_declined_with_words"
            ),
        ]
        indexes = [
            models.Index(fields=["space", "asked_at"], condition=models.Q(approved__isnull=True), name="approval_open"),
        ]

    def __str__(self) -> str:
        return f"approval of message {self.message_id}"


class SendingRules(TenantModel):
    """How a space sends: role → head count above which a second person looks; minutes a week that are enough."""

    limits = models.JSONField(default=dict)
    weekly_minutes = models.PositiveSmallIntegerField(default=30)
    set_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="sending_rules_space_id"),
            models.UniqueConstraint(fields=["space"], name="sending_rules_once"),
        ]

    def __str__(self) -> str:
        return f"rules for sending in space {self.space_id}"
