"""A roster file on its way in."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.accounts import Account
from fenjin.people.models.persons import Numbering


class RosterImport(models.Model):
    """An uploaded roster: previewed first, then applied in one transaction, or refused.

    Not a tenant row: it belongs to the whole tree, and only the system administrator reaches it.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Previewed")
        REFUSED = "refused", _("Refused")
        APPLIED = "applied", _("Applied")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    numbering = models.ForeignKey(Numbering, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    original_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80, blank=True)  # the encrypted upload; empty once deleted
    preview = models.JSONField(default=dict)  # counts, problems and samples, as the page shows them
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-uploaded_at"], name="roster_import_by_time")]

    def __str__(self) -> str:
        return f"{self.original_name} ({self.state})"
