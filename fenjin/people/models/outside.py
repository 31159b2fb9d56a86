"""Sign-in services of other systems, and who comes from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.accounts import Account
from fenjin.people.models.persons import Numbering


class Installation(models.Model):
    """One sign-in service of another system, as the system administrator has described it.

    `options` holds what may be shown again (addresses, names of attributes); `secret` is sealed by kit.vault.
    """

    class Kind(models.TextChoices):
        OIDC = "oidc", _("OpenID Connect")
        SAML = "saml", _("SAML 2.0")
        CAS = "cas", _("CAS")
        LDAP = "ldap", _("LDAP")

    class Match(models.TextChoices):
        LINK = "link", _("Each person links it after signing in here once")
        NUMBER = "number", _("Its user id is the staff number")

    key = models.SlugField(max_length=40, unique=True)  # stands in the address that the other system calls
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    match = models.CharField(max_length=6, choices=Match, default=Match.LINK)
    numbering = models.ForeignKey(Numbering, on_delete=models.PROTECT, null=True, related_name="+")
    enabled = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(match="number") | models.Q(numbering__isnull=False),
                name="installation_number_of_a_numbering",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class OutsideIdentity(models.Model):
    """Who somebody is in another system: (installation, corp, case-folded user id) → account."""

    installation = models.ForeignKey(Installation, on_delete=models.CASCADE, related_name="identities")
    corp = models.CharField(max_length=200, blank=True)  # the other system's own tenant; empty when it has one
    user_id = models.CharField(max_length=255)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="outside_identities")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "corp", "user_id"], name="outside_identity_once"),
            models.UniqueConstraint(fields=["installation", "account"], name="outside_identity_one_an_account"),
        ]

    def __str__(self) -> str:
        return f"account {self.account_id} at installation {self.installation_id}"


class OutsideTicket(models.Model):
    """What may be used once: a reply that waits for its browser (sealed), or the hash of one that was used."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    body = models.TextField(blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="outside_ticket_by_expiry")]

    def __str__(self) -> str:
        return f"outside ticket until {self.expires_at:%H:%M}"
