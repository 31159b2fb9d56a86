"""Pictures of a space and the sizes made of them; documents and recordings."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from fenjin.kit.models import TenantModel


class Picture(TenantModel, AbstractImage):  # type: ignore[django-manager-missing]  # Wagtail names the manager
    """An uploaded picture, cleaned. The file itself is never served, only sizes made of it.

    `key` is the public part of its addresses and never changes; a withdrawn picture is 404 for all.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    tags = None  # free tags would leak words from one space to another

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "description")
    search_fields: ClassVar[list[object]] = [index.FilterField("space"), index.SearchField("title")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [models.UniqueConstraint(fields=["space", "id"], name="picture_space_id")]

    @property
    def default_alt_text(self) -> str:
        """Return what the picture shows, in words; never the file's name."""
        return str(self.description)


class Rendition(AbstractRendition):
    """One size of a picture; reached only through its picture."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]

    @property
    def url(self) -> str:
        """Return the guarded address of the small size: what the studio's own templates show."""
        return reverse("media:picture", kwargs={"key": self.image.key.hex, "width": 360})


class MediaFile(TenantModel):
    """A document to take along, or a recording to listen to; checked when it came in, served by our own view.

    `key` is the public part of its address and never changes; a withdrawn file is 404 for all.
    """

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document")
        RECORDING = "recording", _("Recording")

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, editable=False)
    title = models.CharField(_("title"), max_length=80)
    form = models.CharField(max_length=8, editable=False)  # "pdf", "mp3": told by the content, not by the name
    file = models.FileField(upload_to="files", editable=False)
    size = models.PositiveBigIntegerField(editable=False)  # bytes
    seconds = models.PositiveIntegerField(null=True, editable=False)  # how long a recording plays
    transcript = models.TextField(_("what is said"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="media_file_space_id"),
            models.CheckConstraint(
                condition=models.Q(kind="document", seconds__isnull=True)
                | models.Q(kind="recording", seconds__isnull=False),
                name="media_file_recordings_have_a_length",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
