"""Pictures of a space, and the sizes made of them."""

import uuid
from typing import ClassVar

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
