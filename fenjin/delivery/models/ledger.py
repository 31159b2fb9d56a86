"""The ledger of delivery. It may move to a cluster of its own one day, hence its rules:

every key begins with the space that owns the message, nothing points out of it by foreign key, no
triggers, no reliance on the order of RETURNING. There is no open manager: delivery.selectors reads
it, by message and by units inside the reader's set.
"""

import uuid

from django.db import models

from fenjin.kit.models import ClosedManager


class LedgerRow(models.Model):
    """A row that belongs to one message of one space."""

    space_id = models.BigIntegerField()
    message_id = models.BigIntegerField()

    objects = ClosedManager()

    class Meta:
        abstract = True


class Denominator(LedgerRow):
    """How many people of a frozen audience count under one unit. Written once, at freezing.

    It is also the feed: a person's messages are those with a row for a unit of one of the posts.
    `frozen_at` and `must_confirm` are copies, so that one index answers.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "unit_id")
    unit_id = models.BigIntegerField()
    people = models.IntegerField()
    frozen_at = models.DateTimeField()
    must_confirm = models.BooleanField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(people__gt=0), name="denominator_positive")]
        indexes = [
            models.Index(fields=["unit_id", "-frozen_at", "-message_id"], name="denominator_feed"),
            models.Index(
                fields=["unit_id", "-frozen_at", "-message_id"],
                condition=models.Q(must_confirm=True),
                name="denominator_feed_to_confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id}, unit {self.unit_id}: {self.people} people"


class Receipt(LedgerRow):
    """One person opened a message, and perhaps confirmed a version of it. `unit_id` never changes."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "person_id")
    person_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    opened_version = models.PositiveSmallIntegerField(default=1, db_default=1)  # which version was seen first
    confirmed_at = models.DateTimeField(null=True)
    confirmed_version = models.PositiveSmallIntegerField(null=True)
    confirm_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null keeps it unique

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space_id", "person_id", "confirm_key"], name="receipt_confirm_key"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_version__isnull=True, confirm_key__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_version__isnull=False, confirm_key__isnull=False),
                name="receipt_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"receipt of person {self.person_id} for message {self.message_id}"


class PastConfirmation(LedgerRow):
    """A confirmation that no longer stands: undone by the person, or followed by one of a later version.

    So a receipt never hides what it said before; `undone_at` is None when a later version took its place.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "person_id", "confirmed_at")
    person_id = models.BigIntegerField()
    confirmed_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    confirm_key = models.CharField(max_length=64)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space_id", "person_id", "confirm_key"], name="past_confirmation_key")
        ]

    def __str__(self) -> str:
        return f"earlier confirmation of person {self.person_id} for message {self.message_id}"


class Answer(LedgerRow):
    """What one person gave with the confirmation of a version: words or a photograph.

    A right choice is the confirmation itself and leaves no row; a wrong one leaves nothing at all. `photo` is the
    name of a stored file, emptied when its time is over (`erased_at`).
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "person_id", "version")
    person_id = models.BigIntegerField()
    version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    photo = models.CharField(max_length=100, blank=True)
    photo_key = models.UUIDField(default=uuid.uuid4, unique=True)  # its name in addresses
    answered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["answered_at"], condition=~models.Q(photo=""), name="answer_photo_by_age"),
        ]

    def __str__(self) -> str:
        return f"answer of person {self.person_id} to message {self.message_id}"


class Counter(LedgerRow):
    """How many people of one unit opened and confirmed: kept with each receipt, in its transaction."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "unit_id")
    unit_id = models.BigIntegerField()
    opened = models.IntegerField(default=0)
    confirmed = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed__gte=0, opened__gte=models.F("confirmed")), name="counter_sane"
            )
        ]

    def __str__(self) -> str:
        return f"message {self.message_id}, unit {self.unit_id}: {self.opened} opened"
