"""Saved audiences, and saved lists of staff numbers that they may name."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel


class Audience(TenantModel):
    """A rule under a name. `before` is what name and rule were until the last change, so that it can be taken back."""

    class Keeping(models.TextChoices):
        FROZEN = "frozen", _("As of sending")
        LIVING = "living", _("Living")

    name = models.CharField(max_length=60)
    rule = models.JSONField()
    keeping = models.CharField(max_length=6, choices=Keeping, default=Keeping.FROZEN)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    shared = models.BooleanField(default=True)  # with everybody who sends in the space; else the owner's alone
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    put_away_at = models.DateTimeField(null=True)
    before = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="audience_has_name"),
            models.UniqueConstraint(
                fields=["space", "name"],
                condition=models.Q(shared=True, put_away_at__isnull=True),
                name="audience_shared_name",
            ),
            models.UniqueConstraint(
                fields=["space", "owner", "name"],
                condition=models.Q(shared=False, put_away_at__isnull=True),
                name="audience_own_name",
            ),
        ]
        indexes = [models.Index(fields=["space", "-changed_at"], name="audience_by_change")]

    def __str__(self) -> str:
        return self.name


class PersonList(TenantModel):
    """People named by staff number, pasted or uploaded, and what of the paste was not found.

    `people` holds the ids of persons. `unmatched`: {"missing": […], "twice": […], "outside": […]}, the numbers as
    they were written, shortened when there are very many; `counts` has the whole figures.
    """

    name = models.CharField(max_length=60)
    people = ArrayField(models.BigIntegerField(), default=list)
    unmatched = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    made_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="person_list_has_name"),
            models.UniqueConstraint(
                fields=["space", "name"], condition=models.Q(put_away_at__isnull=True), name="person_list_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
