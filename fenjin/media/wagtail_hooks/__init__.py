"""Editors' screens of pictures."""

from typing import Any

from wagtail import hooks

from fenjin.media.wagtail_hooks.chooser import PictureChooserViewSet
from fenjin.media.wagtail_hooks.pictures import PictureViewSet

chooser_views = PictureChooserViewSet()
picture_views = PictureViewSet()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Bring the list of pictures and the chooser into the studio."""
    return [picture_views, chooser_views]
