"""Reminders: the rule of one message, and the rounds that went out. Rows grow with rounds, never with people."""

from django.db import models

from fenjin.delivery.models.messages import Message
from fenjin.kit.models import TenantModel


class ReminderRule(TenantModel):
    """When those who are still open are reminded of a message: first after some minutes, then again, so many times.

    `next_at` is None when nothing more comes by itself: all rounds went out, or it was stopped.
    """

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="reminder_rule")
    first_after = models.PositiveIntegerField()  # minutes
    again_after = models.PositiveIntegerField()  # minutes
    most = models.PositiveSmallIntegerField()  # rounds by itself
    next_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="reminder_rule_space_id"),
            models.CheckConstraint(
                condition=models.Q(first_after__gt=0, again_after__gt=0), name="reminder_rule_takes_time"
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True) | models.Q(next_at__isnull=True),
                name="reminder_rule_stopped_is_stopped",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="reminder_rule_due"),
        ]

    def __str__(self) -> str:
        return f"reminders of message {self.message_id}"


class ReminderRound(TenantModel):
    """One time that those still open were reminded; `account` is who pressed, None for the rule itself.

    `looked_until`: while channels are still being asked to ring, the id of the person up to whom they were.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reminder_rounds")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    still_open = models.IntegerField()
    rung = models.IntegerField(default=0)  # for how many of them a channel was asked to ring
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    looked_until = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="reminder_round_space_id"),
            models.UniqueConstraint(fields=["message", "number"], name="reminder_round_once"),
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(looked_until__isnull=False), name="reminder_round_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.number} of message {self.message_id}"
