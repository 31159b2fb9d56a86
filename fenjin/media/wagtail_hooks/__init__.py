"""Editors' screens of pictures and files."""

from typing import Any

from wagtail import hooks

from fenjin.media.wagtail_hooks.chooser import PictureChooserViewSet
from fenjin.media.wagtail_hooks.file_choosers import DocumentChooserViewSet, RecordingChooserViewSet
from fenjin.media.wagtail_hooks.files import FileViewSet
from fenjin.media.wagtail_hooks.pictures import PictureViewSet

chooser_views = PictureChooserViewSet()
picture_views = PictureViewSet()
file_views = [FileViewSet(), DocumentChooserViewSet(), RecordingChooserViewSet()]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Bring the lists of pictures and files and their choosers into the studio."""
    return [picture_views, chooser_views, *file_views]
