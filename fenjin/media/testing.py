"""Pictures and files for everybody's tests."""

import io
from collections.abc import Callable
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.media.models import MediaFile, Picture
from fenjin.media.services import add_file, add_picture

_numbers = count(1)


def picture_bytes(*, size: tuple[int, int] = (640, 360), form: str = "PNG", **options: Any) -> bytes:
    """Return the bytes of a small drawn picture in any format that Pillow writes."""
    image = Image.new("RGB", size, (178, 90, 69))
    draw = ImageDraw.Draw(image)
    draw.ellipse((size[0] // 2, size[1] // 4, size[0] // 2 + 90, size[1] // 4 + 90), fill=(246, 178, 79))
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def upload(content: bytes | None = None, name: str = "picture.png") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content or picture_bytes())


def make_picture(*, space_id: int = GROUP_SPACE, title: str = "", actor: Any = None, **fields: Any) -> Picture:
    """Return a new picture of a space."""
    with every_space(Reason.TEST):
        return add_picture(
            actor=actor, space_id=space_id, upload=upload(), title=title or f"图片{next(_numbers)}", **fields
        )


def pdf_bytes(words: str = "report") -> bytes:
    """Return the smallest thing that calls itself a PDF."""
    return f"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj % {words}\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()


def mp3_bytes(seconds: float = 3.0, *, note: bytes = b"") -> bytes:
    """Return silence as MP3 (128 kbit/s, 44.1 kHz), with an ID3 note in front if one is given."""
    frame = b"\xff\xfb\x90\x44" + bytes(413)
    size = bytes(len(note) >> shift & 0x7F for shift in (21, 14, 7, 0))
    head = b"ID3\x04\x00\x00" + size + note if note else b""
    return head + frame * round(seconds * 44100 / 1152)


def m4a_bytes(seconds: int = 3, *, note: bytes = b"", handler: bytes = b"soun") -> bytes:
    """Return the boxes of an M4A that tells its length, with a note of the phone that recorded it."""

    def box(name: bytes, *inside: bytes) -> bytes:
        content = b"".join(inside)
        return (len(content) + 8).to_bytes(4) + name + content

    header = box(b"mvhd", bytes(12), (1000).to_bytes(4), (seconds * 1000).to_bytes(4), bytes(80))
    media = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", b"mp4a"))
    notes = box(b"udta", note) if note else b""
    movie = box(b"moov", header, box(b"trak", media, notes), notes)
    return box(b"ftyp", b"M4A \x00\x00\x00\x00") + movie + box(b"mdat", bytes(400))


def make_file(*, space_id: int = GROUP_SPACE, kind: str = "document", actor: Any = None, **fields: Any) -> MediaFile:
    """Return a new document, or a recording, of a space."""
    content = SimpleUploadedFile("a.mp3", mp3_bytes()) if kind == "recording" else SimpleUploadedFile("a", pdf_bytes())
    fields = {"title": f"文件{next(_numbers)}", "upload": content} | fields
    with every_space(Reason.TEST):
        return add_file(actor=actor, space_id=space_id, kind=kind, **fields)


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "media:picture": lambda world: {"key": world.picture.key.hex, "width": 360},
    "media:cut": lambda world: {"key": world.picture.key.hex, "cut": "thumb", "width": 192},
    "media:file": lambda world: {"key": world.file.key.hex, "form": world.file.form},
}
