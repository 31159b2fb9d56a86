"""What concerns the safety of an account: notes for its owner, and cases for the administrators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.accounts import Account
from fenjin.people.models.persons import Person


class AccountNote(models.Model):
    """Something that happened to an account, told to its owner on the page Me."""

    class Kind(models.TextChoices):
        PASSWORD = "password", _("Your password was changed.")
        SESSIONS = "sessions", _("An administrator signed you out everywhere.")
        SECURED = "secured", _("Your account was closed to everybody and given back to you by a new code.")
        CODE = "code", _("A new one-time code was made for you.")
        FACTOR = "factor", _("Your second factor was taken away by a security administrator.")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    device = models.CharField(max_length=80, blank=True)  # a plain label, as on a session
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="account_note_by_date")]

    def __str__(self) -> str:
        return f"{self.kind} of account {self.account_id}"


class AccountCase(models.Model):
    """Somebody says that a name and an account do not belong together; an administrator looks into it."""

    class Kind(models.TextChoices):
        NOT_ME = "not_me", _("The code led to another person")
        TAKEN = "taken", _("Somebody else claimed the account")

    class Outcome(models.TextChoices):
        SECURED = "secured", _("Given back")
        UNFOUNDED = "unfounded", _("All was in order")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="account_cases")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=500, blank=True)
    phone = models.CharField(max_length=30, blank=True)  # erased with the note when the case is closed
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(closed_at__isnull=True), name="account_case_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="account_case_outcome",
            ),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="account_case_by_date")]

    def __str__(self) -> str:
        return f"{self.kind} about person {self.person_id}"
