"""How much attention messages asked of units in the last seven days: sums, written by a job."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fenjin.kit.models import ClosedManager


class Burden(models.Model):
    """What the messages of one space (`space_id`, the sender) asked of the people who count under one unit.

    `seconds` is reading time times people, summed over the messages to frozen audiences: these are added once and
    taken away once. `living_seconds` is the same of those to living audiences, whose people change: written anew.
    """

    pk = models.CompositePrimaryKey("space_id", "unit_id")
    space_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    seconds = models.BigIntegerField()
    messages = models.IntegerField()
    living_seconds = models.BigIntegerField(default=0, db_default=0)
    living_messages = models.IntegerField(default=0, db_default=0)
    people = models.IntegerField(default=0)  # who have their main post there

    objects = ClosedManager()

    class Meta:
        indexes = [models.Index(fields=["unit_id"], name="burden_of_unit")]
        constraints = [
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="burden_sane"),
            models.CheckConstraint(condition=models.Q(living_seconds__gte=0), name="burden_living_sane"),
        ]

    def __str__(self) -> str:
        return f"space {self.space_id} asked {self.seconds} s of unit {self.unit_id}"


class BurdenSheet(models.Model):
    """One row: when the sums were looked at last, of which messages they are, and when heads were counted."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    counted_at = models.DateTimeField()
    messages = ArrayField(
        models.BigIntegerField(), default=list, db_default=models.Value([], ArrayField(models.BigIntegerField()))
    )
    heads_at = models.DateTimeField(null=True)

    objects = ClosedManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="burden_sheet_is_one")]

    def __str__(self) -> str:
        return f"burden as of {self.counted_at}"
