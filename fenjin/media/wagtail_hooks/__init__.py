"""Editors' screens of pictures."""

from typing import Any

from wagtail import hooks

from fenjin.media.wagtail_hooks.chooser import PictureChooserViewSet
from fenjin.media.wagtail_hooks.pictures import PictureViewSet

chooser = PictureChooserViewSet()
pictures = PictureViewSet()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Bring the list of pictures and the chooser into the studio."""
    return [pictures, chooser]
