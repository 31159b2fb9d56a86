"""What leaves the house for a message: one row for each chunk of people, one bitmap for each channel and state.

Rows for single people exist only where a channel failed to reach them. As the ledger, they may move to a cluster of
their own: keys begin with the space, nothing points out, there is no open manager.
"""

import uuid
from datetime import UTC, datetime
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenjin.delivery.models.ledger import LedgerRow

ASLEEP: Final = datetime(3000, 1, 1, tzinfo=UTC)  # `not_before` of a row whose message is paused


class Ladder(LedgerRow):
    """Which channels a message uses, and how long after a reader could see it each one rings: frozen at the press.

    `steps`: channel → minutes. `taken`: the channels whose turn has come, for everybody. `asked_until`: channel → the
    id of the person up to whom its step has been taken, of one that is under way. It is over when each one is taken.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id")
    steps = models.JSONField()
    taken = ArrayField(models.CharField(max_length=10), default=list)
    asked_until = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    over_at = models.DateTimeField(null=True)
    # Of a living audience: who was meant at the last look, and when that was; without them nobody looks for newcomers.
    known = models.BinaryField(default=b"", db_default=models.Value(b""))
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["message_id"], condition=models.Q(over_at=None), name="ladder_under_way"),
            models.Index(
                fields=["looked_at"], condition=models.Q(looked_at__isnull=False), name="ladder_of_the_living"
            ),
        ]

    def __str__(self) -> str:
        return f"ladder of message {self.message_id}"


class Outbox(LedgerRow):
    """One send: a chunk of people, on one channel. `uid` is the key that the other side may de-duplicate by.

    queued → sending → accepted | partial | unknown | failed; dropped: nobody of them had to be rung any more.
    `body` is written with the move to `sending` and is what goes out, byte for byte, however often it is repeated.
    `people` is a roaring bitmap of those who are meant; `rung` of those whom the body names.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to go out")
        SENDING = "sending", pgettext_lazy("outbox", "On its way")
        ACCEPTED = "accepted", _("Accepted")
        PARTIAL = "partial", _("Accepted in part")
        UNKNOWN = "unknown", _("Not known whether it arrived")
        FAILED = "failed", _("Did not go out")
        DROPPED = "dropped", _("Not needed any more")

    pk = models.CompositePrimaryKey("space_id", "message_id", "channel", "ring", "chunk")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    channel = models.CharField(max_length=10)
    ring = models.CharField(max_length=40)  # "ladder", or the key of one reminder
    chunk = models.IntegerField()
    urgency = models.PositiveSmallIntegerField()  # 0 goes first
    importance = models.CharField(max_length=10)  # of this ring: an emergency rings at night
    people = models.BinaryField()
    rung = models.BinaryField(default=b"")
    head = models.IntegerField()  # how many are meant
    calm = models.JSONField()  # zone and quiet hours of these people
    home_space = models.BigIntegerField()  # whose holidays they keep
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    doubtful = models.BooleanField(default=False)  # an earlier try of this body may have reached people
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=300, blank=True)
    receipt = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=0)  # which version's title the card shows
    amended = models.CharField(
        max_length=15, blank=True
    )  # what became of the newest change: workplace Amended, or failed
    amended_for = models.CharField(max_length=20, blank=True)  # "2": for version 2; "withdrawn"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sending", claimed_at__isnull=False) | ~models.Q(state="sending"),
                name="outbox_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(fields=["urgency", "not_before"], condition=models.Q(state="queued"), name="outbox_waiting"),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="outbox_on_its_way"),
            models.Index(
                fields=["done_at"], condition=models.Q(state__in=["unknown", "failed"]), name="outbox_dead_letters"
            ),
            models.Index(fields=["channel", "-done_at"], name="outbox_by_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} of message {self.message_id}, {self.ring} {self.chunk}: {self.state}"


class ChannelPeople(LedgerRow):
    """Who has got how far on one channel: one bitmap for each state."""

    class State(models.TextChoices):
        ASKED = "asked", _("To be rung")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Refused by the channel")
        UNKNOWN = "unknown", _("Not known whether it arrived")

    pk = models.CompositePrimaryKey("space_id", "message_id", "channel", "state")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State)
    people = models.BinaryField()
    head = models.IntegerField()

    def __str__(self) -> str:
        return f"message {self.message_id}, {self.channel}, {self.state}: {self.head} people"


class Unreached(LedgerRow):
    """Why one person was not reached by one channel: written only where a channel said so."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "channel", "person_id")
    channel = models.CharField(max_length=10)
    person_id = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="unreached_by_person")]

    def __str__(self) -> str:
        return f"message {self.message_id}, {self.channel}: person {self.person_id}, {self.reason}"
