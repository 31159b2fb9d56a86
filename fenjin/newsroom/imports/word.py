"""A Word document as a manuscript: headings, texts, lists, tables, quotes and pictures in their order.

Parts and names: ECMA-376, 5th edition, part 1 (WordprocessingML). Comments, headers, deleted words and
directories are not taken in.
"""

from pathlib import PurePath
from typing import IO, Any, Final
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from fenjin.newsroom.imports.archive import MAIN, Archive, attribute, child, local
from fenjin.newsroom.imports.pieces import Image, Manuscript, NotReadable, Piece, Run, TooLarge

_GONE: Final = {"del", "moveFrom", "Fallback", "instrText", "commentReference", "rPr", "pPr", "delText"}
_OFF: Final = {"0", "false", "off", "none"}
MOST_PICTURES: Final = 60
LARGEST: Final = 30 * 1024 * 1024


def read_word(upload: IO[bytes] | Any) -> Manuscript:
    """Return the text of a .docx. Raises NotReadable for anything else, TooLarge."""
    content = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLarge
    name = PurePath(str(getattr(upload, "name", ""))).stem
    return _Reader(Archive(content)).read(name)


class _Styles:
    """What the styles of the document say: heading, title, caption, quote or directory."""

    def __init__(self, archive: Archive) -> None:
        self.roles: dict[str, str] = {}
        root = archive.xml("word/styles.xml")
        for style in root if root is not None else ():
            if local(style.tag) == "style":
                self.roles[attribute(style, "styleId")] = self._role(style)

    @staticmethod
    def _role(style: Element) -> str:
        named = child(style, "name")
        name = attribute(named, "val").lower() if named is not None else ""
        if name in ("title", "标题"):
            return "title"
        if name.startswith(("caption", "题注")):
            return "caption"
        if name.startswith(("toc ", "table of")):
            return "toc"
        if "quote" in name or name.startswith("引用"):
            return "quote"
        level = child(child(style, "pPr"), "outlineLvl")
        outlined = level is not None and attribute(level, "val").isdigit() and int(attribute(level, "val")) < 9
        return "heading" if name.startswith(("heading", "标题 ")) or outlined else ""


class _Lists:
    """Which lists have dots and which have numbers."""

    def __init__(self, archive: Archive) -> None:
        self.dotted: set[tuple[str, str]] = set()  # (abstract list, level)
        self.abstract: dict[str, str] = {}
        root = archive.xml("word/numbering.xml")
        for one in root if root is not None else ():
            if local(one.tag) == "abstractNum":
                for level in one:
                    form = child(level, "numFmt")
                    if form is not None and attribute(form, "val") == "bullet":
                        self.dotted.add((attribute(one, "abstractNumId"), attribute(level, "ilvl")))
            elif local(one.tag) == "num":
                named = child(one, "abstractNumId")
                self.abstract[attribute(one, "numId")] = attribute(named, "val") if named is not None else ""

    def tag_of(self, properties: Element | None) -> str:
        """Return ul or ol for a paragraph of a list, nothing for another."""
        numbered = child(properties, "numPr")
        number = child(numbered, "numId")
        key = attribute(number, "val") if number is not None else ""
        if not key or key == "0":
            return ""
        level = child(numbered, "ilvl")
        depth = attribute(level, "val") if level is not None else "0"
        return "ul" if (self.abstract.get(key, ""), depth) in self.dotted else "ol"


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.styles, self.lists = _Styles(archive), _Lists(archive)
        self.made = Manuscript()
        self.pictures = 0

    def read(self, name: str) -> Manuscript:
        root = self.archive.xml(MAIN)
        body = child(root, "body")
        if body is None:
            raise NotReadable
        self._blocks(body)
        return self.made.finish(name)

    def _blocks(self, element: Element) -> None:
        for one in element:
            match local(one.tag):
                case "p":
                    self._paragraph(one)
                case "tbl":
                    self._table(one)
                case "sdt" | "sdtContent" | "ins" | "customXml":
                    self._blocks(one)

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        styled = child(properties, "pStyle")
        role = self.styles.roles.get(attribute(styled, "val"), "") if styled is not None else ""
        if role == "toc":
            return
        runs: list[Run] = []
        images: list[Image] = []
        boxes: list[Element] = []
        self._runs(paragraph, runs, images, boxes, "")
        words = "".join(run.text for run in runs).strip()
        if role == "title" and words and not self.made.title:
            self.made.title = words
        elif role == "quote" and words:
            self.made.add(Piece("quote", {"text": words[:400], "source": ""}))
        elif not (role == "caption" and self.made.caption(words)):
            level = child(properties, "outlineLvl")
            heading = role == "heading" or (level is not None and attribute(level, "val") in "012345678")
            self.made.add_runs(runs, listed=self.lists.tag_of(properties), heading=heading)
        for image in images:
            self.made.add(image)
        for box in boxes:
            self._blocks(box)

    def _runs(self, element: Element, runs: list[Run], images: list[Image], boxes: list[Element], href: str) -> None:
        """Collect words, pictures and text boxes of a paragraph, whatever they are wrapped in."""
        for one in element:
            name = local(one.tag)
            if name in _GONE:
                continue
            if name == "r":
                self._run(one, runs, images, boxes, href)
            elif name == "hyperlink":
                target = self.archive.links.get(attribute(one, "id"), "")
                outside = target if target.startswith(("http://", "https://", "mailto:")) else ""
                self._runs(one, runs, images, boxes, outside)
            else:
                self._runs(one, runs, images, boxes, href)

    def _run(self, run: Element, runs: list[Run], images: list[Image], boxes: list[Element], href: str) -> None:
        look = child(run, "rPr")
        if _on(look, "vanish"):
            return
        bold, italic = _on(look, "b"), _on(look, "i")
        for one in run.iter():
            match local(one.tag):
                case "t":
                    runs.append(Run(one.text or "", bold, italic, href))
                case "tab" | "br" | "cr":
                    runs.append(Run(" ", bold, italic, href))
                case "noBreakHyphen":
                    runs.append(Run("-", bold, italic, href))
                case "drawing" | "pict" | "object" | "AlternateContent" | "txbxContent":
                    self._drawn(one, images, boxes)
                    return

    def _drawn(self, drawing: Element, images: list[Image], boxes: list[Element]) -> None:
        """Take in the pictures and text boxes of a drawing; of two ways to say it, the newer one."""
        alt = ""
        found = False
        for one in _without_fallback(drawing):
            match local(one.tag):
                case "docPr":
                    alt = attribute(one, "descr").strip()
                case "txbxContent":
                    boxes.append(one)
                    found = True
                case "blip" | "imagedata":
                    found = self._image(attribute(one, "embed") or attribute(one, "id"), alt, images) or found
        if not found:
            self.made.left_out[_("A drawing or diagram is no picture: save it as one and add it by hand.")] += 1

    def _image(self, relation: str, alt: str, images: list[Image]) -> bool:
        content = self.archive.read(self.archive.links.get(relation, ""))
        if not content:
            return False
        self.pictures += 1
        if self.pictures > MOST_PICTURES:
            self.made.left_out[_("There were more than 60 pictures: the others are left out.")] += 1
        else:
            images.append(Image(content=content, alt=alt[:200]))
        return True

    def _table(self, table: Element) -> None:
        rows = [[one for one in row if local(one.tag) == "tc"] for row in table if local(row.tag) == "tr"]
        if max((len(row) for row in rows), default=0) == 1:  # a frame around text, not a table
            for (cell,) in (row for row in rows if row):
                self._blocks(cell)
            return
        self.made.add_table([[_words(cell) for cell in row] for row in rows])


def _on(look: Element | None, name: str) -> bool:
    said = child(look, name)
    return said is not None and attribute(said, "val").lower() not in _OFF


def _words(cell: Element) -> str:
    """Return the words of a cell on one line."""
    paragraphs = [one for one in cell.iter() if local(one.tag) == "p"]
    lines = ["".join(word.text or "" for word in one.iter() if local(word.tag) == "t") for one in paragraphs]
    return " ".join(" ".join(lines).split())


def _without_fallback(element: Element) -> list[Element]:
    """Return an element and all below it, without the second version for old programs and without text of boxes."""
    found = [element]
    if local(element.tag) == "txbxContent":
        return found
    for one in element:
        if local(one.tag) != "Fallback":
            found += _without_fallback(one)
    return found
