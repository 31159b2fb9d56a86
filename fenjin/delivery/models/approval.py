"""Who looks at a message before it goes out, and the rules of a space about that."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.models.messages import Message
from fenjin.kit.models import TenantModel


class DecidedBySecond(TenantModel):
    """What a second person decides: asked for at an instant, then approved or not, by whom and when."""

    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by__isnull=True, approved__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="%(class)s_decided_whole",
            ),
        ]


class Approval(DecidedBySecond):
    """A message that waited (or waits) for a second person. `people` is the head count of the press."""

    class Why(models.TextChoices):
        PEOPLE = "people", _("More people than the sender's role may reach alone")
        EMERGENCY = "emergency", _("An emergency needs two people")
        GROWN = "grown", _("It grew after it was approved or planned")

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="approval")
    why = models.CharField(max_length=10, choices=Why)
    people = models.IntegerField()
    limit = models.IntegerField(null=True)  # that of the sender's role, as it was then
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *DecidedBySecond._meta.constraints,
            models.UniqueConstraint(fields=["space", "id"], name="approval_space_id"),
            models.CheckConstraint(
                condition=~models.Q(approved=False) | ~models.Q(words=""), name="approval_declined_with_words"
            ),
        ]
        indexes = [
            models.Index(fields=["space", "asked_at"], condition=models.Q(approved__isnull=True), name="approval_open"),
        ]

    def __str__(self) -> str:
        return f"approval of message {self.message_id}"


class WaitingCorrection(DecidedBySecond):
    """A material correction of what needed a second person: it waits for one, and nobody is shown it until then.

    `words` are frozen as a version's are. Pressed again while it waits, it takes the new words, and `revision` rises.
    Decided without `decided_by` being another than `asked_by`: taken back.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="waiting_corrections")
    revision = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=300)
    words = models.JSONField()  # the fields of register.Frozen
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *DecidedBySecond._meta.constraints,
            models.UniqueConstraint(fields=["space", "id"], name="correction_space_id"),
            models.UniqueConstraint(
                fields=["message"], condition=models.Q(approved__isnull=True), name="correction_waits_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(approved=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="correction_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"correction of message {self.message_id} that waits"


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
