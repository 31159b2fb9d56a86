"""Persons: everybody on a roster, whether or not they have claimed an account."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Numbering(models.Model):
    """A set of staff numbers in which each number names one person (one set by default)."""

    name = models.CharField(max_length=80, unique=True)
    width = models.PositiveSmallIntegerField(null=True)  # digits; null: not known yet

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    """What a roster says of somebody's employment."""

    ON_DUTY = "on_duty", _("On duty")
    SECONDED = "seconded", _("Seconded")
    EARLY_RETIRED = "early_retired", _("Early retired")
    SICK_LEAVE = "sick_leave", _("Long sick leave")
    POSTED_ABROAD = "posted", _("Posted elsewhere")
    LEFT = "left", _("Left")


class Person(models.Model):
    """An employee under the real name.

    Not a tenant row: a person may hold posts in several spaces, and is reached only through posts.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    numbering = models.ForeignKey(Numbering, on_delete=models.PROTECT, db_index=False)  # person_staff_number serves
    staff_number = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    # Embedded PostgreSQL has no Chinese collation: pinyin and initials serve sorting and search.
    name_key = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status, default=Status.ON_DUTY)
    zone = models.CharField(max_length=40, blank=True)  # IANA name; empty: the zone of the place, else of the space
    started_on = models.DateField(null=True)  # first day of work anywhere
    left_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["numbering", "staff_number"], name="person_staff_number"),
            models.CheckConstraint(condition=~models.Q(staff_number=""), name="person_has_number"),
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),
        ]
        indexes = [
            models.Index(fields=["staff_number"], name="person_by_number"),
            models.Index(fields=["name"], name="person_by_name"),
            models.Index(fields=["name_key", "id"], name="person_by_sound"),
            # Almost everybody lives by the clock of the place: the others are read from here alone.
            models.Index(fields=["zone", "id"], condition=~models.Q(zone=""), name="person_by_own_zone"),
            models.Index(fields=["started_on", "id"], name="person_by_first_day"),
            # Almost everybody is on duty: only the others are worth a list of their own.
            models.Index(
                fields=["status", "name_key", "id"], condition=~models.Q(status="on_duty"), name="person_by_rare_status"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.staff_number}"


class PersonPrivate(models.Model):
    """Fields that only the person and the platform's own channels use; erased some time after leaving."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="private")
    mobile = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    # Erased by the person's own wish: rosters bring nothing here any more.
    withheld = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return f"private fields of person {self.person_id}"
