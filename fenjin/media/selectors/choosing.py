"""Choosing a picture or a file in a form or a body: the widgets and blocks that features use."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.admin.widgets import BaseChooser, BaseChooserAdapter
from wagtail.blocks import ChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.widgets import AdminImageChooser, ImageChooserAdapter

from fenjin.media.models import MediaFile


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


class DocumentChooser(BaseChooser):
    """A field for a document of the own spaces."""

    model = MediaFile
    icon = "doc-full-inverse"
    choose_one_text = _("Choose a document")
    choose_another_text = _("Another document")
    link_to_chosen_text = _("Edit this document")
    chooser_modal_url_name = "document_chooser:choose"


class RecordingChooser(DocumentChooser):
    """A field for a recording of the own spaces."""

    icon = "media"
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Another recording")
    link_to_chosen_text = _("Edit this recording")
    chooser_modal_url_name = "recording_chooser:choose"


register(BaseChooserAdapter(), DocumentChooser)
register(BaseChooserAdapter(), RecordingChooser)


class DocumentChooserBlock(ChooserBlock):
    """A document inside a body."""

    target_model = MediaFile

    @property
    def widget(self) -> DocumentChooser:
        """Return the scoped chooser."""
        return DocumentChooser()


class RecordingChooserBlock(ChooserBlock):
    """A recording inside a body."""

    target_model = MediaFile

    @property
    def widget(self) -> RecordingChooser:
        """Return the scoped chooser."""
        return RecordingChooser()
