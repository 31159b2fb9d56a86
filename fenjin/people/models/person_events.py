"""The dated history of a person's own facts; posts have theirs."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.people.models.persons import Person


class PersonEvent(models.Model):
    """A dated change of a person: came, status, name or number corrected, left, came back.

    Not a tenant row, as the person is none. `old` and `new` hold the changed facts, names included:
    it is personal data, shown with the person and erased with the person.
    """

    class Kind(models.TextChoices):
        JOINED = "joined", _("Joined")
        STATUS = "status", _("Given another status")
        NAME = "name", _("Name corrected")
        NUMBER = "number", _("Staff number corrected")
        LEFT = "left", _("Left")
        RETURNED = "returned", _("Came back")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "on", "id"], name="person_event_by_date"),
            BrinIndex(fields=["created_at"], pages_per_range=32, autosummarize=True, name="person_event_by_writing"),
        ]

    def __str__(self) -> str:
        return f"{self.on} person {self.person_id} {self.kind}"
