"""Pictures of a space, and the sizes made of them."""

import uuid
from typing import ClassVar

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition

from fenjin.kit.models import TenantModel


class Picture(TenantModel, AbstractImage):
    """An uploaded picture. The original is never served; `key` is the public part of its addresses."""

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    tags = None  # free tags would leak words from one space to another

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        constraints = [models.UniqueConstraint(fields=["space", "id"], name="picture_space_id")]


class Rendition(AbstractRendition):
    """One size of a picture; reached only through its picture."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
