"""The complaint door: what people tell us, and what became of it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import PeopleTenantModel

ANSWERED_IN: Final = timedelta(days=15)


class Complaint(PeopleTenantModel):
    """A complaint or a suggestion. It is about people, so it follows the scope of people, not of content."""

    class Category(models.TextChoices):
        SAFETY = "safety", _("A danger at work")
        CONDUCT = "conduct", _("Conduct and integrity")
        RIGHTS = "rights", _("Pay, hours and rights")
        CONTENT = "content", _("Something that was published here")
        PLATFORM = "platform", _("This platform itself")
        IDEA = "idea", _("A suggestion")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=10, choices=Category)
    text = models.TextField()
    may_contact = models.BooleanField(default=False)
    client_key = models.CharField(max_length=64)  # a repeated send is the same complaint
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # by its sender, after the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "client_key"], name="complaint_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="complaint_has_text"),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True)
                | models.Q(state="answered", answered_at__isnull=False),
                name="complaint_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-sent_at"], name="complaint_by_state"),
            models.Index(fields=["person", "-sent_at"], name="complaint_by_person"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Return the receipt number that the person can quote."""
        return f"T{self.sent_at:%y%m%d}-{self.pk:05d}"

    @property
    def due_at(self) -> datetime:
        """Return until when the person has been promised an answer."""
        sent: datetime = self.sent_at
        return sent + ANSWERED_IN
