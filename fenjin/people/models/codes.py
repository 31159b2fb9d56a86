"""Sheets of one-time codes, and codes that go to a known address."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.accounts import Account
from fenjin.people.models.units import Unit


class CodeSheet(models.Model):
    """One printing of codes for a unit. The codes were on the page that was printed, and are kept nowhere."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form: pressed twice, printed once
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    below = models.BooleanField(default=True)  # also the units below it
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="code_sheet_by_date"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.pk} of unit {self.unit_id}"


class ContactCode(models.Model):
    """A code for a new password that was sent to a known mail address or phone; only its hash is kept."""

    class Way(models.TextChoices):
        MAIL = "mail", _("By mail")
        PHONE = "phone", _("By text message")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contact_codes")
    way = models.CharField(max_length=5, choices=Way)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["account", "-made_at"], name="contact_code_by_account")]

    def __str__(self) -> str:
        return f"code sent to account {self.account_id} by {self.way}"
