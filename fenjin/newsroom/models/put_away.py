"""What an editor took away: kept for some days, so that it can be brought back as it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel


class PutAway(TenantModel):
    """A series, a topic, a column or a word that was taken away; `data` is what makes it anew.

    It names nobody: who took it away stands in the audit log.
    """

    class Kind(models.TextChoices):
        SERIES = "series", _("Series")
        COLUMN = "column", _("News column")
        TERM = "term", _("Word explained")

    kind = models.CharField(max_length=8, choices=Kind)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=60)
    data = models.JSONField()
    put_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "kind", "object_id"], name="put_away_once")]
        indexes = [models.Index(fields=["put_at"], name="put_away_by_time")]

    def __str__(self) -> str:
        return str(self.title)
