"""Accounts, the three administrators, one-time claim codes, and sessions."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.persons import Person


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in: an employee who has claimed the account, or an operator without a person.

    Django's groups, permissions and superusers are not used: rights come from roles (spaces.backend).
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("Like the phone")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="account")
    operator_name = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 - null keeps it unique
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    scale = models.PositiveSmallIntegerField(default=1)
    privacy_notice_version = models.PositiveSmallIntegerField(default=0)  # 0: not seen yet
    must_change_password = models.BooleanField(default=False, db_default=False)  # somebody else knows it

    USERNAME_FIELD = "uid"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager["Account"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, operator_name__isnull=True)
                | models.Q(person__isnull=True, operator_name__isnull=False),
                name="account_person_or_operator",
            ),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="account_no_superuser"),
            models.CheckConstraint(condition=models.Q(scale__range=(1, 3)), name="account_scale"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_username(self) -> str:
        """Return the name by which libraries know the account: it says nothing about the person."""
        return str(self.uid)

    @property
    def first_name(self) -> str:
        """Return the name that the studio's menu shows."""
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the real name of the person, or the operator's name."""
        return self.person.name if self.person else str(self.operator_name)

    def get_short_name(self) -> str:
        """Return the same as the full name: Chinese names are short."""
        return self.get_full_name()


class Administrator(models.Model):
    """One of three exclusive offices: who installs, who gives rights, who reads the log."""

    class Office(models.TextChoices):
        SYSTEM = "system", _("System administrator")
        SECURITY = "security", _("Security administrator")
        AUDIT = "audit", _("Audit administrator")

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="administrator")
    office = models.CharField(max_length=10, choices=Office)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.office}: account {self.account_id}"


class ClaimCode(models.Model):
    """A one-time code with which a person makes the own account; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claim_codes")
    code_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    sheet = models.ForeignKey("people.CodeSheet", on_delete=models.PROTECT, null=True, related_name="codes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="claim_code_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"claim code of person {self.person_id}"


class Session(models.Model):
    """One sign-in on one device. The cookie is never stored, only its SHA-256.

    `identified_at`: when a password, or a sign-in from outside, was last given on it; `strong_at`: when a second
    factor was; `staff_seen_at`: last use of the studio.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    data = models.JSONField(default=dict)
    device = models.CharField(max_length=80, blank=True)  # a plain label such as "Android, WeChat"
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    identified_at = models.DateTimeField(null=True)
    strong_at = models.DateTimeField(null=True)
    staff_seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-last_seen_at"], name="session_by_account"),
            models.Index(fields=["expires_at"], name="session_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk} of account {self.account_id}"
