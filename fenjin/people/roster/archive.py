"""The zip below a workbook, opened with suspicion: sizes are counted while unpacking, never believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from fenjin.people.roster.refusals import Damaged, Protected, TooMuchInside

PIECE = 256 * 1024
LARGEST_INSIDE = 3 * 1024**3  # bytes of one part; a sheet of a million people takes 0.75
FREE_INSIDE = 64 * 1024**2  # up to here any ratio is fine
LARGEST_RATIO = 250  # of unpacked to packed; sheets reach 20, bombs 1,000
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error,
    EOFError, OSError, ValueError, KeyError, IndexError, OverflowError, NotImplementedError,
)  # fmt: skip


class Archive:
    """A zip file whose parts are read piece by piece."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            self.names = {name.lstrip("/").casefold(): name for name in self.zip.namelist()}
        except BROKEN as error:
            raise Damaged from error

    def has(self, name: str) -> bool:
        """Return whether there is such a part; names in workbooks differ in case."""
        return name.lstrip("/").casefold() in self.names

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part unpacked; raises Damaged, Protected or TooMuchInside."""
        read = 0
        try:
            info = self.zip.getinfo(self.names[name.lstrip("/").casefold()])
            if info.flag_bits & 1:
                raise Protected
            most = max(FREE_INSIDE, min(LARGEST_INSIDE, info.compress_size * LARGEST_RATIO))
            with self.zip.open(info) as part:
                while piece := part.read(PIECE):
                    read += len(piece)
                    if read > most:
                        raise TooMuchInside
                    yield piece
        except (*BROKEN, RuntimeError) as error:
            raise Damaged from error


def parse_xml(pieces: Iterator[bytes], start: Any, end: Any, text: Any) -> Iterator[None]:
    """Parse XML piece by piece, pausing after each; names come without their prefix.

    A document type is refused before any entity can be declared: no office program writes one.
    Raises Damaged or TooMuchInside.
    """
    parser = expat.ParserCreate()
    parser.buffer_text, parser.buffer_size = True, 65_536
    parser.StartDoctypeDeclHandler = _refuse_doctype

    def first(name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
            parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        else:
            parser.StartElementHandler, parser.EndElementHandler = start, end
        start(name.rpartition(":")[2], attributes)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = first, end, text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
    except BROKEN as error:
        raise Damaged from error


def _refuse_doctype(*_declared: object) -> None:
    raise TooMuchInside
