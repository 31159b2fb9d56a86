"""What people are told about their data, what they allow, ask for and take along, and how long data stay."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenjin.kit.models import PeopleTenantModel
from fenjin.people.models.persons import Person


class PrivacyNotice(models.Model):
    """One version of the privacy notice, in both languages; without a number it is the draft.

    `chinese` and `english` hold the text of each section by its key (SECTIONS). A published version
    never changes: services write the draft only, and who reads an older number reads what stood there.
    """

    class Section(models.TextChoices):
        PURPOSE = "purpose", _("What this platform is for")
        FIELDS = "fields", _("What is kept about you")
        READERS = "readers", _("Who sees it")
        RETENTION = "retention", _("How long")
        RIGHTS = "rights", _("Your rights")
        CONTACT = "contact", _("Whom to ask")

    number = models.PositiveSmallIntegerField(null=True)
    chinese = models.JSONField(default=dict)
    english = models.JSONField(default=dict)
    change = models.CharField(max_length=300, blank=True)  # what is new, in a sentence
    change_en = models.CharField(max_length=600, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Also no two rows without a number: there is one draft.
            models.UniqueConstraint(fields=["number"], nulls_distinct=False, name="privacy_notice_number"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, published_at__isnull=True)
                | models.Q(number__gte=1, published_at__isnull=False),
                name="privacy_notice_published",
            ),
        ]

    def __str__(self) -> str:
        return f"privacy notice {self.number or 'draft'}"


class NoticeReading(models.Model):
    """Somebody said that they have read a version of the notice: when, and in which language it stood there."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_readings")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="notice_reading_once")]

    def __str__(self) -> str:
        return f"account {self.account_id} read notice {self.number}"


class Consent(models.Model):
    """A person allows one use of one optional field, until it is withdrawn. Rows stay: they are the proof."""

    class Purpose(models.TextChoices):
        MOBILE_HELP = "mobile_help", _("Mobile number: help when you cannot sign in")
        MOBILE_NOTICES = "mobile_notices", _("Mobile number: text messages when something waits for you")
        EMAIL_HELP = "email_help", _("E-mail: help when you cannot sign in")
        EMAIL_NOTICES = "email_notices", _("E-mail: letters when something waits for you")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    notice_number = models.PositiveSmallIntegerField()  # the notice in force when it was given
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=models.Q(withdrawn_at__isnull=True), name="consent_once"
            )
        ]
        indexes = [models.Index(fields=["person", "-given_at"], name="consent_by_person")]

    def __str__(self) -> str:
        return f"person {self.person_id} allows {self.purpose}"


class Correction(PeopleTenantModel):
    """A person says what is wrong about them and what would be right; an administrator answers."""

    class Field(models.TextChoices):
        NAME = "name", _("Name")
        STAFF_NUMBER = "staff_number", _("Staff number")
        UNIT = "unit", _("Unit")
        TITLE = "title", _("Post")
        STATUS = "status", _("Employment")
        STARTED_ON = "started_on", _("First day of work")
        ZONE = "zone", _("Time zone")
        MOBILE = "mobile", _("Mobile number")
        EMAIL = "email", _("E-mail")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("correction", "Waiting")
        DONE = "done", _("Corrected")
        DECLINED = "declined", _("Not changed")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=20, choices=Field)
    stood = models.CharField(max_length=300, blank=True)  # what the field said when it was asked
    wanted = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    client_key = models.CharField(max_length=64)  # a repeated send is the same request
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "client_key"], name="correction_sent_once"),
            models.CheckConstraint(condition=~models.Q(wanted=""), name="correction_says_what"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | ~models.Q(state="open") & models.Q(decided_at__isnull=False),
                name="correction_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-asked_at"], name="correction_by_state"),
            models.Index(fields=["person", "-asked_at"], name="correction_by_person"),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk} of person {self.person_id}"


class DataExport(models.Model):
    """What is stored about somebody, packed for them: made by a job, encrypted on disk, gone after a week."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being packed")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        GONE = "gone", _("Deleted")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="data_exports")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    stored_name = models.CharField(max_length=80, blank=True)  # the encrypted file; empty once deleted
    bytes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(state="waiting"), name="data_export_one_waiting"
            )
        ]
        indexes = [models.Index(fields=["account", "-asked_at"], name="data_export_by_account")]

    def __str__(self) -> str:
        return f"export {self.pk} of account {self.account_id}"


class Erasure(models.Model):
    """A person's wish to have something erased: carried out at `due_at`, unless it is taken back before."""

    class Kind(models.TextChoices):
        OPTIONAL = "optional", _("Mobile number and e-mail")
        ACCOUNT = "account", _("The account")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="erasures")
    kind = models.CharField(max_length=10, choices=Kind)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)  # how many rows of each kind went

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(taken_back_at__isnull=True, done_at__isnull=True),
                name="erasure_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at__isnull=True) | models.Q(done_at__isnull=True),
                name="erasure_one_end",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="erasure_by_date")]

    def __str__(self) -> str:
        return f"erasure of {self.kind} of person {self.person_id}"


class RetentionSetting(models.Model):
    """How many days a kind of data stays, where an administrator has said so; else its default holds."""

    kind = models.CharField(max_length=40, primary_key=True)  # a key of people.register
    days = models.PositiveIntegerField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} days"


def section_texts(notice: PrivacyNotice, language: str) -> dict[str, Any]:
    """Return the sections of a notice in a language, the other language where one is missing."""
    first, second = (notice.english, notice.chinese) if language.startswith("en") else (notice.chinese, notice.english)
    return {key: first.get(key) or second.get(key, "") for key in PrivacyNotice.Section.values}
