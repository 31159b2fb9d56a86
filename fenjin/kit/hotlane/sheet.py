"""A page that is the same for many except for a few personal parts: cut once, filled for each.

Packed with gzip, the common parts are packed once: RFC 1951 lets blocks that end at a byte stand behind
each other, and what is personal goes between them as a stored block. So a packed page costs a checksum,
and nothing personal is ever packed together with anything else.
"""

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952: no name, no time, unknown system
_LAST: Final = b"\x01\x00\x00\xff\xff"  # an empty stored block, marked as the last one


class Sheet:
    """The common bytes of a page, and where which personal part stands."""

    __slots__ = ("_checksum", "_packed", "_parts", "names")

    def __init__(self, page: bytes, marks: Mapping[str, bytes]) -> None:
        """Cut `page` at its marks: name → the bytes that stand in place of the personal part."""
        named = {mark: name for name, mark in marks.items()}
        pieces = re.split(b"(" + b"|".join(map(re.escape, named)) + b")", page) if named else [page]
        self._parts: list[bytes | str] = [named.get(piece, piece) for piece in pieces]
        self._packed = [_pack(part) if isinstance(part, bytes) else part for part in self._parts]
        self._checksum = zlib.crc32(pieces[0])
        self.names = frozenset(part for part in self._parts if isinstance(part, str))

    def plain(self, values: Mapping[str, bytes]) -> bytes:
        """Return the page with its personal parts."""
        return b"".join([part if isinstance(part, bytes) else values[part] for part in self._parts])

    def packed(self, values: Mapping[str, bytes]) -> bytes:
        """Return the same as a gzip file."""
        filled = [part if isinstance(part, bytes) else values[part] for part in self._parts]
        checksum = self._checksum
        for part in filled[1:]:
            checksum = zlib.crc32(part, checksum)
        body = [part if isinstance(part, bytes) else _stored(values[part]) for part in self._packed]
        size = sum(map(len, filled)) & 0xFFFFFFFF
        return b"".join([_HEADER, *body, _LAST, struct.pack("<II", checksum, size)])


def _pack(part: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(part: bytes) -> bytes:
    blocks: Sequence[bytes] = [part[at : at + 65_535] for at in range(0, len(part), 65_535)]
    return b"".join(struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF) + block for block in blocks)
