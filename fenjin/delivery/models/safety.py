"""What people answer in an emergency: safe, or in need of help. Ledger rows, as in `ledger`."""

from django.db import models

from fenjin.delivery.models.ledger import LedgerRow

WORDS, PLACE = 300, 120  # signs that an answer may have


class SafetyAnswer(LedgerRow):
    """The answer of one person that stands now. Who did not answer has no row.

    `unit_id` is the unit under which the person counts; `taken_by` the account of the desk that takes care of it.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "person_id")
    person_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    needs_help = models.BooleanField()
    words = models.CharField(max_length=WORDS, blank=True)
    place = models.CharField(max_length=PLACE, blank=True)
    answered_at = models.DateTimeField()
    answer_key = models.CharField(max_length=64)
    taken_by = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space_id", "person_id", "answer_key"], name="safety_answer_key"),
            models.CheckConstraint(
                condition=models.Q(taken_by__isnull=True, taken_at__isnull=True)
                | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                name="safety_taken_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["space_id", "message_id", "-needs_help", "-answered_at", "person_id"], name="safety_help_first"
            ),
            models.Index(fields=["space_id", "message_id", "unit_id"], name="safety_by_unit"),
        ]

    def __str__(self) -> str:
        return f"answer of person {self.person_id} to emergency {self.message_id}"


class PastSafetyAnswer(LedgerRow):
    """An answer that another one followed: what somebody said stays on record."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "person_id", "answer_key")
    person_id = models.BigIntegerField()
    needs_help = models.BooleanField()
    words = models.CharField(max_length=WORDS, blank=True)
    place = models.CharField(max_length=PLACE, blank=True)
    answered_at = models.DateTimeField()
    answer_key = models.CharField(max_length=64)
    taken_by = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"earlier answer of person {self.person_id} to emergency {self.message_id}"


class SafetyCounter(LedgerRow):
    """How many people of one unit are safe and how many need help: kept with each answer, in its transaction."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "unit_id")
    unit_id = models.BigIntegerField()
    safe = models.IntegerField(default=0)
    need_help = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(safe__gte=0, need_help__gte=0), name="safety_counter_sane")
        ]

    def __str__(self) -> str:
        return f"emergency {self.message_id}, unit {self.unit_id}: {self.need_help} need help"
