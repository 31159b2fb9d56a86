"""What was looked at: the case, what readers reported, and the appeal to another person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel
from fenjin.moderation.models.words import Lane


class Case(TenantModel):
    """One thing that somebody wrote and somebody else looks at. There is no case where nothing was found.

    `text` is what stood there when it was brought; `found` are the places of words in it, as
    [from, to, lane]. A case decided as criticism is shown, and `answer_due_at` runs until it is answered.
    """

    class State(models.TextChoices):
        HELD = "held", _("Waits, not shown yet")
        STANDING = "standing", _("Shown, to be looked at")
        SHOWN = "shown", _("Shown to readers")
        REMOVED = "removed", _("Not shown")
        TAKEN_BACK = "taken_back", _("The author took it back")

    kind = models.CharField(max_length=20)  # a key of moderation.register
    object_id = models.BigIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    title = models.CharField(max_length=200)  # under what it stands
    url = models.CharField(max_length=200)
    found = models.JSONField(default=list)
    lane = models.CharField(max_length=10, choices=Lane, blank=True)
    held = models.BooleanField()  # whether it waited before it was shown
    state = models.CharField(max_length=10, choices=State)
    brought_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # what the author reads
    answer_due_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # by the author, after whatever was decided last

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="case_space_id"),
            models.UniqueConstraint(fields=["space", "kind", "object_id"], name="case_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["shown", "removed"]) | models.Q(decided_at__isnull=False),
                name="case_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="removed") | ~models.Q(reason="") & ~models.Q(lane__in=["", "criticism"]),
                name="case_removed_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="case_answer_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "state", "due_at"], name="case_by_state"),
            models.Index(fields=["person", "-brought_at"], name="case_by_person"),
            models.Index(fields=["decided_at"], condition=models.Q(decided_at__isnull=False), name="case_by_decision"),
            models.Index(
                fields=["space", "answer_due_at"],
                condition=models.Q(answer_due_at__isnull=False, answered_at__isnull=True),
                name="case_to_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to look at it."""
        return self.state in (self.State.HELD, self.State.STANDING)

    @property
    def number(self) -> str:
        """Return the number that the author can quote."""
        return f"M{self.brought_at:%y%m%d}-{self.pk:05d}"


class Report(TenantModel):
    """A reader says that something should be looked at; once for each reader and case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    lane = models.CharField(max_length=10, choices=Lane)
    note = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="report_once")]

    def __str__(self) -> str:
        return f"report on case {self.case_id}"


class Appeal(TenantModel):
    """The author does not agree. Another person than the first decides, once; the database says so."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("It stays as decided")
        OVERTURNED = "overturned", _("It is shown now")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField()
    client_key = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="appeal_has_text"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("first_by")),
                name="appeal_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at__isnull=True)
                | models.Q(decided_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(answer=""),
                name="appeal_decided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "due_at"], condition=models.Q(decided_at__isnull=True), name="appeal_waiting")
        ]

    def __str__(self) -> str:
        return f"appeal against case {self.case_id}"
