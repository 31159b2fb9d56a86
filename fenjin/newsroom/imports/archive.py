"""The zip and the XML below a Word document, opened with suspicion."""

import io
import posixpath
import zipfile
import zlib
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fenjin.newsroom.imports.pieces import NotReadable

LARGEST_PART: Final = 30 * 1024 * 1024
LARGEST_WHOLE: Final = 120 * 1024 * 1024
MAIN: Final = "word/document.xml"


def local(name: str) -> str:
    """Return a tag or an attribute without its namespace: strict and older files differ in nothing else."""
    return name.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, or nothing."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that local name."""
    return next((one for one in element if local(one.tag) == name), None) if element is not None else None


class Archive:
    """A .docx: its parts, read with limits that are counted while unpacking. Raises NotReadable."""

    def __init__(self, content: bytes) -> None:
        self.unpacked = 0
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
            self.names = set(self.zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise NotReadable from error
        if MAIN not in self.names:
            raise NotReadable
        self.links = self._links()

    def read(self, name: str) -> bytes:
        """Return one part unpacked, or nothing where there is none."""
        if name not in self.names:
            return b""
        most = min(LARGEST_PART, LARGEST_WHOLE - self.unpacked)
        try:
            with self.zip.open(name) as part:
                content: bytes = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise NotReadable from error
        self.unpacked += len(content)
        if len(content) > most:
            raise NotReadable
        return content

    def xml(self, name: str) -> Element | None:
        """Return a part as XML, without entities or document types; None where there is none."""
        content = self.read(name)
        try:
            return fromstring(content, forbid_dtd=True) if content else None  # type: ignore[no-any-return]
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise NotReadable from error

    def _links(self) -> dict[str, str]:
        """Return what the names of relations lead to: parts of the archive, or addresses outside."""
        root: Any = self.xml("word/_rels/document.xml.rels")
        found = {}
        for relation in root if root is not None else ():
            target = attribute(relation, "Target")
            if attribute(relation, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("word", target)) if target[:1] != "/" else target[1:]
            found[attribute(relation, "Id")] = target
        return found
