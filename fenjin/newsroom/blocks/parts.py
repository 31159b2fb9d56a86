"""The parts a body is made of. Their definition stays out of migrations: changing it needs none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from fenjin.media.selectors.choosing import DocumentChooserBlock, PictureChooserBlock, RecordingChooserBlock
from fenjin.newsroom.blocks.cleaning import FEATURES, clean_html
from fenjin.newsroom.blocks.reading import cells_of


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links; cleaned when they come in."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{"features": [*FEATURES, "named"], **keywords})

    def clean(self, value: Any) -> Any:
        """Return the text with everything unknown taken out."""
        cleaned = super().clean(value)
        return RichText(clean_html(cleaned.source))


class HeadingBlock(blocks.CharBlock):
    """A line above a part of the text; as a part of its own it has no label, so its field names itself."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.field.widget.attrs["aria-label"] = _("Heading")


class PictureBlock(blocks.StructBlock):
    """A picture with a line under it and words for those who cannot see it."""

    picture = PictureChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Line under the picture"), required=False, max_length=120)
    alt = blocks.CharBlock(
        label=_("What it shows"),
        required=False,
        max_length=200,
        help_text=_("Read aloud to people who cannot see the picture. Empty: the words kept with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("What was said"), rows=3, max_length=400)
    source = blocks.CharBlock(label=_("Who said it"), required=False, max_length=60)

    class Meta:
        icon = "openquote"
        label = _("Quote")


class TableBlock(blocks.StructBlock):
    """A small table, typed as lines: cells are parted by a bar or a tab, the first line is the head."""

    caption = blocks.CharBlock(label=_("Name of the table"), required=False, max_length=80)
    rows = blocks.TextBlock(
        label=_("Lines"),
        rows=5,
        max_length=4000,
        help_text=_("One line a row, cells parted by | or pasted from a spreadsheet. The first line is the head."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse a table that no phone can show."""
        cleaned = super().clean(value)
        if max((len(row) for row in cells_of(cleaned["rows"])), default=0) > 6:
            problem = ValidationError(_("At most six columns: more cannot be read on a phone."))
            raise blocks.StructBlockValidationError(block_errors={"rows": problem})
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")


class GalleryBlock(blocks.StructBlock):
    """Several pictures that belong together, one beside the other."""

    name = blocks.CharBlock(label=_("Name of the gallery"), required=False, max_length=60)
    pictures = blocks.ListBlock(
        PictureBlock(),
        label=_("Pictures"),
        min_num=2,
        max_num=12,
        default=[{}, {}],  # as many as it needs at least
        help_text=_("Two to twelve."),
    )

    class Meta:
        icon = "image"
        label = _("Gallery")


class AttachmentBlock(blocks.StructBlock):
    """A document that readers take along."""

    document = DocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(
        label=_("What it is for"), required=False, max_length=120, help_text=_("Such as: fill in and hand to the team.")
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Attachment")


class AudioBlock(blocks.StructBlock):
    """A recording to listen to; the words kept with it are shown below."""

    recording = RecordingChooserBlock(label=_("Recording"))
    caption = blocks.CharBlock(label=_("Who speaks, and about what"), required=False, max_length=120)
    whole = blocks.BooleanBlock(
        label=_("This is the article, read aloud"),
        required=False,
        help_text=_("It then stands under the title, in place of the phone's own voice."),
    )

    class Meta:
        icon = "media"
        label = _("Recording")


class VideoBlock(blocks.StructBlock):
    """The way to a video elsewhere. It opens there: nothing of other sites is loaded into our pages."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    url = blocks.URLBlock(label=_("Address"), help_text=_("It begins with https://."))
    length = blocks.CharBlock(label=_("Length"), required=False, max_length=12, help_text=_("Such as 3:05."))
    picture = PictureChooserBlock(label=_("Picture"), required=False)

    def clean(self, value: Any) -> Any:
        """Refuse an address that is not encrypted."""
        cleaned = super().clean(value)
        if not str(cleaned["url"]).lower().startswith("https://"):
            problem = ValidationError(_("Take an address that begins with https://."))
            raise blocks.StructBlockValidationError(block_errors={"url": problem})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Link to a video")


class QuestionBlock(blocks.StructBlock):
    """A question that people ask, and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=80)
    answer = TextBlock(label=_("Answer"))
    folded = blocks.BooleanBlock(
        label=_("Fold the answer"), required=False, help_text=_("Readers think first, then open it with one tap.")
    )

    class Meta:
        icon = "help"
        label = _("Question")


class Body(blocks.StreamBlock):
    """All parts, in the order of the menu."""

    text = TextBlock(label=_("Text"), icon="pilcrow")
    heading = HeadingBlock(label=_("Heading"), icon="title", max_length=40, form_classname="title")
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    question = QuestionBlock()
    attachment = AttachmentBlock()
    audio = AudioBlock()
    video = VideoBlock()

    class Meta:
        required = False


class BodyField(StreamField):
    """A StreamField whose migration says only that it is one."""

    def __init__(self, block_types: Any = None, **keywords: Any) -> None:
        super().__init__(block_types or Body(), **keywords)

    def deconstruct(self) -> tuple[Any, Any, Any, Any]:
        """Return the plain StreamField without blocks: the column is JSON whatever they are."""
        name, _path, _blocks, keywords = super().deconstruct()
        keywords["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], keywords
