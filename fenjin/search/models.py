"""The index: one row for each thing that can be found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from fenjin.kit.models import TenantModel


class SearchEntry(TenantModel):
    """What the search knows of one thing; written by services only, and never the thing's owner.

    `recipients_only`: found by those alone whom the source's `readable` names.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)  # the beginning of the body, to show where the words stand
    url = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    recipients_only = models.BooleanField(default=False)
    vector = SearchVectorField()
    pinyin = models.CharField(max_length=400, blank=True)
    sounds = models.TextField(blank=True, db_default="", default="")  # how it is said, to guess at what was meant

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_by_word"),
            models.Index(fields=["space", "-published_at"], name="search_entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.title}"
