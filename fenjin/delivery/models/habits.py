"""What one person chose about messages: whose ordinary ones show no dot, and when nothing rings."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fenjin.kit.models import ClosedManager

NIGHT_FROM, NIGHT_UNTIL = time(22, 0), time(7, 0)


class Habits(models.Model):
    """One row of a person who chose something; who chose nothing has none, and `NIGHT_FROM`..`NIGHT_UNTIL` holds.

    Times are of the clock on the person's own wall; both empty: no quiet hours at all.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, primary_key=True, related_name="+")
    quiet_from = models.TimeField(null=True, default=NIGHT_FROM)
    quiet_until = models.TimeField(null=True, default=NIGHT_UNTIL)
    muted_spaces = ArrayField(models.BigIntegerField(), default=list)
    muted_senders = ArrayField(models.BigIntegerField(), default=list)  # accounts

    objects = ClosedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="habits_quiet_whole",
            )
        ]

    def __str__(self) -> str:
        return f"habits of person {self.person_id}"
