"""What a space says of ringing: quiet hours, steps of the ladder, days off."""

from datetime import time
from typing import Final

from django.db import models

from fenjin.kit.models import TenantModel

NIGHT: Final = (time(22), time(7))


class RingRules(TenantModel):
    """One row of a space that decided otherwise than the house; both hours empty: none are quiet.

    `steps`: importance → channel → minutes after a reader could see it; a channel that is missing never rings.
    """

    quiet_from = models.TimeField(null=True, default=NIGHT[0])
    quiet_until = models.TimeField(null=True, default=NIGHT[1])
    steps = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space"], name="ring_rules_once"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="ring_rules_quiet_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"what rings when in space {self.space_id}"


class Holiday(TenantModel):
    """A day on which nothing rings for the people of a space, emergencies apart; `name` is for people."""

    day = models.DateField()
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name} in space {self.space_id}"
