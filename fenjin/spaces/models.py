"""The sub-platform and the roles given in it."""

import uuid
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel

NONE: Final = models.Value([], ArrayField(models.CharField(max_length=30)))


class Space(models.Model):
    """A sub-platform bound to the subtree of one unit; the group is number 1 and has no unit above it.

    `ramp` holds the colours computed from `hue` (spaces.ramp): hex by name, light and dark.
    """

    class Blend(models.TextChoices):
        NEWEST = "newest", _("Newest first")
        BOTH = "both", _("Some of both")
        OWN = "own", _("Own news first")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=80, blank=True)
    seal = models.CharField(max_length=1, default="奋")  # the one character on the red seal
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    root_unit = models.OneToOneField("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    modules = ArrayField(models.CharField(max_length=30), default=list)  # keys of the enabled modules
    created_at = models.DateTimeField(auto_now_add=True)
    hue = models.PositiveSmallIntegerField(null=True)  # 0 to 359; none: the vermilion of the house
    ramp = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    sections = ArrayField(models.CharField(max_length=30), default=list, db_default=NONE)  # of home, in order
    hidden_sections = ArrayField(models.CharField(max_length=30), default=list, db_default=NONE)
    # Of the group's news and the own ones.
    blend = models.CharField(max_length=10, choices=Blend, default=Blend.BOTH, db_default="both")
    watermark = models.BooleanField(default=False, db_default=False)
    contact_name = models.CharField(max_length=40, blank=True, db_default="")
    contact_phone = models.CharField(max_length=30, blank=True, db_default="")
    contact_hours = models.CharField(max_length=60, blank=True, db_default="")
    contact_name_en = models.CharField(max_length=80, blank=True, db_default="")
    contact_hours_en = models.CharField(max_length=80, blank=True, db_default="")
    # Of the settings, so that two who change them notice.
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hue__isnull=True, ramp={}) | models.Q(hue__lt=360) & ~models.Q(ramp={}),
                name="space_hue_with_its_ramp",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Return the name in the reader's language."""
        return (self.name_en if (get_language() or "").startswith("en") else "") or self.name


class RoleGrant(TenantModel):
    """A role that a person holds in a space, or only in one branch of it, for some time."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        PUBLISHER = "publisher", _("Publisher")
        CAMPAIGN_MANAGER = "campaign_manager", _("Campaign manager")
        MODERATOR = "moderator", _("Moderator")
        UNIT_ADMINISTRATOR = "unit_administrator", _("Unit administrator")
        DUTY_OFFICER = "duty_officer", _("Duty officer")
        AUDITOR = "auditor", _("Auditor")

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    given_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # when it ended, or is going to end by itself

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("given_at")),
                name="role_grant_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["space", "person", "role", "unit"],
                condition=models.Q(ends_at__isnull=True),
                nulls_distinct=False,
                name="role_grant_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "ends_at"], name="role_grant_by_person")]

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it holds, in the space's zone; `space` should be at hand."""
        return (
            (self.ends_at - timedelta(seconds=1)).astimezone(ZoneInfo(self.space.zone)).date() if self.ends_at else None
        )

    @classmethod
    def in_force(cls, at: datetime) -> models.Q:
        """Return the condition for roles that hold at an instant after they were given."""
        return models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at)

    def __str__(self) -> str:
        return f"{self.role} in space {self.space_id}: person {self.person_id}"
