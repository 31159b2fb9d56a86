"""What is written right in the desk: a short text, or a card with a picture."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel

LONGEST_TITLE, LONGEST_WORDS = 60, 2_000


class Note(TenantModel):
    """Words for a message, without an article. What was sent of it is in the message's versions, for good.

    `frozen_pictures`: ids of all pictures that went out with it, so that readers of an older version see theirs.
    """

    class Form(models.TextChoices):
        TEXT = "text", _("Short text")
        CARD = "card", _("Card with a picture")

    form = models.CharField(max_length=10, choices=Form)
    title = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=120, blank=True)
    words = models.TextField(max_length=LONGEST_WORDS)
    words_en = models.TextField(max_length=2 * LONGEST_WORDS, blank=True)
    picture = models.ForeignKey("media.Picture", on_delete=models.PROTECT, null=True, related_name="+")
    picture_space = models.BigIntegerField(null=True)
    frozen_pictures = ArrayField(models.BigIntegerField(), default=list)
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="note_space_id"),
            models.CheckConstraint(
                condition=models.Q(form="card", picture__isnull=False, picture_space__isnull=False)
                | models.Q(form="text", picture__isnull=True, picture_space__isnull=True),
                name="note_cards_have_a_picture",
            ),
            models.CheckConstraint(
                condition=models.Q(picture_space__isnull=True)
                | models.Q(picture_space=models.F("space_id"))
                | models.Q(picture_space=1),
                name="note_picture_space",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-changed_at", "-id"], name="note_newest"),
            GinIndex(fields=["frozen_pictures"], name="note_by_picture"),
        ]

    def __str__(self) -> str:
        return str(self.title)
