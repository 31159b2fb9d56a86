"""Second factors of staff: what somebody has, beside what somebody knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.accounts import Account


class Factor(models.Model):
    """An app that shows codes (RFC 6238), or a passkey (WebAuthn), of one account.

    `secret` is sealed by kit.vault; of a demo code it is a keyed hash. `counter` is the last time step whose
    code was used, so that none is used twice; of a passkey the signature counter.
    """

    class Kind(models.TextChoices):
        APP = "app", _("Authenticator app")
        PASSKEY = "passkey", _("Passkey")
        DEMO = "demo", _("Code of the demo")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=7, choices=Kind)
    label = models.CharField(max_length=80, blank=True)  # the device on which it was added
    secret = models.TextField()
    credential_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of a passkey's id
    counter = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"], condition=~models.Q(kind="passkey"), name="factor_one_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["credential_hash"], condition=models.Q(kind="passkey"), name="factor_passkey_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of account {self.account_id}"


class RecoveryCode(models.Model):
    """One of ten codes that each replace the second factor once; only a keyed hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of account {self.account_id}"
