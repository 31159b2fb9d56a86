"""The parts a body is made of. Their definition stays out of migrations: changing it needs none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from fenjin.media.selectors.choosing import PictureChooserBlock
from fenjin.newsroom.cleaning import FEATURES, clean_html, plain


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links; cleaned when they come in."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{"features": FEATURES, **keywords})

    def clean(self, value: Any) -> Any:
        """Return the text with everything unknown taken out."""
        cleaned = super().clean(value)
        return RichText(clean_html(cleaned.source))


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

    text = blocks.TextBlock(label=_("Words"), rows=3, max_length=400)
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


def cells_of(lines: str) -> list[list[str]]:
    """Return the cells of a typed table, row by row; empty lines are left out."""
    rows = []
    for line in lines.splitlines():
        if line.strip():
            parts = line.split("\t") if "\t" in line else line.strip().strip("|").split("|")
            rows.append([part.strip() for part in parts])
    return rows


class Body(blocks.StreamBlock):
    """All parts, in the order of the menu."""

    text = TextBlock(label=_("Text"), icon="pilcrow")
    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=40, form_classname="title")
    picture = PictureBlock()
    quote = QuoteBlock()
    table = TableBlock()

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


def picture_ids(body: Any) -> set[int]:
    """Return the ids of the pictures that a body names, without loading them."""
    ids = set()
    for part in body.raw_data:
        if part["type"] == "picture" and part["value"].get("picture"):
            ids.add(int(part["value"]["picture"]))
    return ids


def words_of(body: Any) -> str:
    """Return the plain text of a body, part by part on lines of their own."""
    lines = []
    for part in body.raw_data:
        value = part["value"]
        if part["type"] == "text":
            lines.append(plain(value))
        elif part["type"] == "heading":
            lines.append(value)
        elif part["type"] == "picture":
            lines.append(value.get("caption", ""))
        elif part["type"] == "quote":
            lines.append(f"{value['text']} {value.get('source', '')}".strip())
        elif part["type"] == "table":
            lines += [" ".join(row) for row in cells_of(value["rows"])]
    return "\n".join(line for line in lines if line)
