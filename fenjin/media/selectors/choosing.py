"""Choosing a picture in a form or a body: the one widget and block that features use."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.widgets import AdminImageChooser, ImageChooserAdapter


class PictureChooser(AdminImageChooser):
    """Wagtail's picture field on our own, scoped chooser."""

    choose_one_text = _("Choose a picture")
    choose_another_text = _("Another picture")
    link_to_chosen_text = _("Edit this picture")
    chooser_modal_url_name = "picture_chooser:choose"


register(ImageChooserAdapter(), PictureChooser)


class PictureChooserBlock(ImageChooserBlock):
    """The same inside a body."""

    @property
    def widget(self) -> PictureChooser:
        """Return the scoped chooser."""
        return PictureChooser()
