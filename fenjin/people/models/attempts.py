"""How often a door was tried lately; nothing here says who or from where."""

from django.db import models


class Attempt(models.Model):
    """Tries at one door within one window, under a keyed hash of a name or an address.

    Rows end with their window: an address is not kept, and its hash only for a quarter of an hour.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="attempt_by_start")]

    def __str__(self) -> str:
        return f"{self.tries} tries since {self.started_at:%H:%M}"
