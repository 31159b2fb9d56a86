"""HTML of other systems as plain text with pictures; nothing of it survives as HTML."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import unquote

from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import etree, html

from fenjin.quiz.formats.incoming import Embedded, piece
from fenjin.quiz.kinds import Piece

LONGEST: Final = 400_000  # characters of HTML in one text, without the pictures written into it
_BLOCKS: Final = {
    "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "tr",
    "figure", "figcaption", "hr", "pre", "dl", "dt", "dd", "center", "header", "footer", "main", "caption",
}  # fmt: skip
_GONE: Final = {"script", "style", "noscript", "template", "head", "title", "link", "meta", "base"}
_NAMED: Final = {
    "audio", "video", "iframe", "object", "embed", "svg", "math", "canvas", "form", "input", "select", "textarea",
    "button", "applet", "map",
}  # fmt: skip
_EMPHASIS: Final = {"b", "strong", "i", "em", "u", "s", "del", "strike", "mark", "ins"}
_UP: Final = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_DOWN: Final = dict(zip("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ", strict=True))
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_HAN: Final = "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BETWEEN_HAN: Final = re.compile(rf"(?<={_HAN})[ \t]*[\r\n][ \t\r\n]*(?={_HAN})")
_DATA: Final = re.compile(r"data:image/([\w.+-]{1,20});base64,(.*)", re.DOTALL)
_DATA_ADDRESS: Final = re.compile(r"data:image/[\w.+-]{1,20};base64,[A-Za-z0-9+/=\s]+")
_FORMULA: Final = re.compile(r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_LOOKS_LIKE_HTML: Final = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|sub|sup|img|ul|ol|li|table|tr|td|a|h\d|script|style|font)\b[^>]*>|"
    r"&(?:nbsp|lt|gt|amp|quot|#\d{2,7}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)

Tell = Callable[[str, str], None]  # the name of what has no place here, and what becomes of it


class Pictures:
    """The pictures of one question: those that are used, in order."""

    def __init__(self, tell: Tell) -> None:
        self.kept: list[Embedded] = []
        self.tell = tell

    def add(self, name: str, data: bytes) -> int:
        """Keep a picture and return the number by which a piece names it."""
        found = next((place for place, one in enumerate(self.kept) if one.data == data), None)
        if found is None:
            self.kept.append(Embedded(name[:120], data))
            found = len(self.kept) - 1
        return -1 - found


def looks_like_html(text: str) -> bool:
    """Say whether a text was written as HTML."""
    return bool(_LOOKS_LIKE_HTML.search(text))


def raised(text: str) -> str:
    """Return text as raised signs (m³): a figure set lower would say something else. Others stand after ^."""
    return _small(text, _UP, "^")


def lowered(text: str) -> str:
    """Return text as lowered signs (CO₂); others stand after _."""
    return _small(text, _DOWN, "_")


def _small(text: str, signs: Mapping[str, str], mark: str) -> str:
    if not text.strip():
        return text
    return "".join(signs[sign] for sign in text) if all(sign in signs for sign in text) else f"{mark}({text})"


def read_html(source: str, pictures: Pictures, files: Mapping[str, bytes] | None = None) -> Piece:
    """Return the words of HTML and its first picture; whatever else it holds is told by name."""
    reader = _Reader(pictures, files or {})
    text = reader.read(source)
    if _FORMULA.search(text):
        pictures.tell(_("formula"), _("It stands as it was typed; no formula is drawn. Make it a picture."))
    return piece(text, reader.picture)


def as_html(text: str, image: str = "") -> str:
    """Return plain text as HTML that `read_html` reads again; `image` is the address of its picture."""
    words = str(escape(text)).replace("  ", " &nbsp;").replace("\n", "<br>")
    return words + (f'<img src="{escape(image)}" alt="">' if image else "")


class _Reader:
    def __init__(self, pictures: Pictures, files: Mapping[str, bytes]) -> None:
        self.pictures, self.files = pictures, files
        self.picture: int | None = None
        self.said: list[str] = []

    def read(self, source: str) -> str:
        if len(_DATA_ADDRESS.sub("", source)) > LONGEST:
            self.pictures.tell(_("text"), _("It is too long: left out."))
            return ""
        if "<" not in source and "&" not in source:
            return source
        parser = html.HTMLParser(
            no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True
        )
        try:
            root = html.document_fromstring(f"<div>{source}</div>".encode("utf-8", "ignore"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
            return ""
        self._walk(root)
        lines = "".join(self.said).split("\n")
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()

    def _walk(self, root: Any) -> None:
        """Go through the tree in the order of reading, without recursion: depth is the sender's choice."""
        inside_pre, skipped = 0, 0
        for event, one in etree.iterwalk(root, events=("start", "end")):
            tag = one.tag.lower() if isinstance(one.tag, str) else ""
            hides = tag in _GONE or tag in _NAMED or tag in ("sub", "sup", "img") or not tag
            inside_pre += (1 if event == "start" else -1) * (tag == "pre")
            if event == "start":
                if not skipped:
                    self._enter(one, tag, inside_pre > 0)
                skipped += hides
                continue
            skipped -= hides
            if not skipped:
                self._leave(one, tag, inside_pre > 0)

    def _enter(self, one: Any, tag: str, pre: bool) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag in _NAMED:
            self.pictures.tell(f"<{tag}>", _("Only text and pictures come in: left out."))
        elif tag in _EMPHASIS:
            self.pictures.tell(_("emphasis"), _("Bold, italic and underlined words come in as plain words."))
        elif tag == "a" and one.get("href"):
            self.pictures.tell(_("link in a text"), _("Its words come in, its address does not."))
        elif tag == "table":
            self.pictures.tell(
                _("table"), _("Its cells come in as lines of text. Make it a picture if that is not enough.")
            )
        elif tag == "img":
            self._image(one.get("src") or "", one.get("alt") or "")
        if tag in ("sub", "sup"):
            inner = _SPACES.sub(" ", "".join(one.itertext()))
            self.said.append(raised(inner) if tag == "sup" else lowered(inner))
        elif tag not in _GONE and tag not in _NAMED and tag not in ("img", "br"):
            if tag == "li" and one.getparent() is not None and one.getparent().tag == "ol":
                self.said.append(f"{sum(1 for _one in one.itersiblings('li', preceding=True)) + 1}. ")
            self._say(one.text, pre)

    def _leave(self, one: Any, tag: str, pre: bool) -> None:
        if tag == "br":
            self.said.append("\n")
        elif tag in _BLOCKS:
            self._break()
        elif tag in ("td", "th") and one.getnext() is not None:
            self.said.append(" | ")
        self._say(one.tail, pre)

    def _say(self, text: str | None, pre: bool) -> None:
        if not text:
            return
        if not pre:
            text = _SPACES.sub(" ", _BETWEEN_HAN.sub("", text))
            if text.startswith(" ") and (not self.said or self.said[-1].endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self.said.append(text.replace("\u00a0", " "))

    def _break(self) -> None:
        """End a line, once: blocks in blocks make no empty lines."""
        while self.said and not self.said[-1].strip(" "):
            self.said.pop()
        if self.said and not self.said[-1].endswith("\n"):
            self.said.append("\n")

    def _image(self, source: str, alt: str) -> None:
        name, data = self._bytes_of(source)
        if data is None:
            shown = alt or (source if len(source) < 100 else source[:60] + "…")
            self.pictures.tell(_("picture %(name)s") % {"name": shown}, _("It is not in the file: add it by hand."))
            return
        number = self.pictures.add(name, data) if self.picture is None else None
        if number is None:
            self.pictures.tell(
                _("picture %(name)s") % {"name": name}, _("A text has one picture: this one is left out.")
            )
        else:
            self.picture = number

    def _bytes_of(self, source: str) -> tuple[str, bytes | None]:
        if found := _DATA.fullmatch(source.strip()):
            try:
                return f"picture.{found[1]}", base64.b64decode(re.sub(r"\s", "", found[2]), validate=True)
            except (binascii.Error, ValueError):
                return "picture", None
        name = unquote(source.rpartition("@@PLUGINFILE@@/")[2]).partition("?")[0] if "@@PLUGINFILE@@" in source else ""
        return name, self.files.get(name)
