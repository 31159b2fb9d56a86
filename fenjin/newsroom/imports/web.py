"""An article copied from WeChat (or another page) as a manuscript: cleaned of everything but its words and pictures."""

import base64
import binascii
import re
from typing import Final
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import etree, html

from fenjin.newsroom.imports.pieces import Image, Manuscript, NotReadable, Piece, Run

MOST_PICTURES: Final = 60
LONGEST_PAGE: Final = 4_000_000  # characters
_BLOCKS: Final = {
    "p", "div", "section", "article", "main", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "blockquote", "table", "figure", "figcaption", "hr", "pre", "dl", "dt", "dd", "tr", "center",
}  # fmt: skip
_GONE: Final = {"script", "style", "svg", "noscript", "template", "button", "input", "select", "form", "head", "title"}
_HEADINGS: Final = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.I)
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_NOT_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
# What belongs to the other platform, not to the article.
_CHATTER: Final = re.compile(
    r"(?:点击|戳).{0,6}(?:蓝字|上方|下方|名片|卡片).{0,8}(?:关注|我们)?|阅读原文|长按.{0,8}二维码|扫.{0,4}码.{0,4}关注|"
    r"(?:点赞|在看|分享|转发).{0,6}(?:点赞|在看|分享|转发)|^(?:THE )?END$|^微信号[:：]|^▼+$|^[-—=_*·.\s]+$",
    re.I,
)


def read_page(source: str) -> Manuscript:
    """Return the article of a copied page or of its source. Raises NotReadable."""
    if len(source) > LONGEST_PAGE or not source.strip():
        raise NotReadable
    if "<" not in source:
        source = "".join(f"<p>{escape(line)}</p>" for line in source.splitlines())
    try:
        root = html.document_fromstring(source, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable from error
    return _Reader(root).read()


class _Reader:
    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.made = Manuscript(title=_title_of(root))
        self.runs: list[Run] = []
        self.pictures = 0
        self.heading = self.listed = ""

    def read(self) -> Manuscript:
        found = self.root.xpath("//*[@id='js_content']") or self.root.xpath(
            "//*[contains(@class,'rich_media_content')]"
        )
        self._walk(found[0] if found else self.root, bold=False, italic=False, href="")
        self._end_line()
        return self.made.finish()

    def _walk(self, element: html.HtmlElement, *, bold: bool, italic: bool, href: str) -> None:
        """Go through an element in the order of reading."""
        self._say(element.text, bold, italic, href)
        for one in element:
            if isinstance(one.tag, str):
                self._enter(one, bold=bold, italic=italic, href=href)
            self._say(one.tail, bold, italic, href)

    def _enter(self, one: html.HtmlElement, *, bold: bool, italic: bool, href: str) -> None:
        tag, style = one.tag.lower(), one.get("style", "")
        if tag in _GONE or _HIDDEN.search(style):
            return
        if tag in ("img", "iframe", "video", "mpvoice", "mp-common-mpaudio", "audio"):
            self._media(one, tag)
            return
        if tag == "br":
            self._end_line()
            return
        if tag == "table" and len(_rows(one)) > 1 and max(len(row) for row in _rows(one)) > 1:
            self._end_line()
            self.made.add_table(_rows(one))
            return
        if tag == "blockquote" and 0 < len(_words(one)) <= 400 and not one.xpath(".//img"):
            self._end_line()
            self.made.add(Piece("quote", {"text": _words(one), "source": ""}))
            return
        bold = (bold or tag in ("b", "strong") or bool(_BOLD.search(style))) and not _NOT_BOLD.search(style)
        link = one.get("href", "") if tag == "a" else ""
        href = link if link.startswith(("http://", "https://", "mailto:", "tel:")) else href
        if tag not in _BLOCKS:
            self._walk(one, bold=bold, italic=italic or tag in ("i", "em"), href=href)
            return
        self._end_line()
        before = self.heading, self.listed
        self.heading = tag if tag in _HEADINGS else self.heading
        self.listed = one.getparent().tag if tag == "li" and one.getparent().tag in ("ul", "ol") else self.listed
        self._walk(one, bold=bold, italic=italic, href=href)
        self._end_line(caption=tag == "figcaption")
        self.heading, self.listed = before

    def _say(self, words: str | None, bold: bool, italic: bool, href: str) -> None:
        if words:
            self.runs.append(Run(words.replace("\u200b", ""), bold, italic, href))

    def _end_line(self, *, caption: bool = False) -> None:
        runs, self.runs = self.runs, []
        words = "".join(run.text for run in runs).strip()
        if not words or words == self.made.title or (caption and self.made.caption(words)):
            return
        if len(words) <= 40 and _CHATTER.search(words):
            self.made.left_out[_("Lines that only belong to the other platform are left out.")] += 1
            return
        self.made.add_runs(runs, listed=self.listed, heading=bool(self.heading))

    def _media(self, one: html.HtmlElement, tag: str) -> None:
        self._end_line()
        address = (one.get("data-src") or one.get("src") or "").strip()
        address = f"https:{address}" if address.startswith("//") else address
        if tag == "img":
            self._image(one, address)
        elif tag in ("iframe", "video") and address.startswith("https://"):
            host = urlsplit(address).hostname or ""
            value = {"title": _("Video on %(host)s") % {"host": host}, "url": address, "length": "", "picture": None}
            self.made.add(Piece("video", value))
        else:
            self.made.left_out[_("Sound of the other platform cannot be taken along: upload it as a recording.")] += 1

    def _image(self, one: html.HtmlElement, address: str) -> None:
        width = one.get("data-w") or one.get("width") or ""
        if width.isdigit() and int(width) < 60:  # a line or a dot between paragraphs
            return
        self.pictures += 1
        if self.pictures > MOST_PICTURES:
            self.made.left_out[_("There were more than 60 pictures: the others are left out.")] += 1
            return
        alt = one.get("alt", "").strip()[:200]
        alt = "" if alt in ("图片", "Image", "image") else alt
        if address.startswith("data:image/"):
            self.made.add(Image(content=_decoded(address), alt=alt))
        elif address.startswith(("http://", "https://")):
            self.made.add(Image(address=f"https://{address.partition('://')[2]}", alt=alt))


def _title_of(root: html.HtmlElement) -> str:
    """Return the title where WeChat writes it, or nothing."""
    for path in ("//*[@id='activity-name']", "//*[contains(@class,'rich_media_title')]"):
        for one in root.xpath(path):
            return _words(one)
    for one in root.xpath("//meta[@property='og:title']/@content"):
        return " ".join(str(one).split())
    return ""


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _rows(table: html.HtmlElement) -> list[list[str]]:
    return [[_words(cell) for cell in row.xpath("./td|./th")] for row in table.xpath(".//tr")]


def _decoded(address: str) -> bytes:
    try:
        return base64.b64decode(address.partition(",")[2], validate=False)
    except (binascii.Error, ValueError):
        return b""
