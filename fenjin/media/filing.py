"""What an uploaded document is, told by its content: its name and its ending are only claims."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Any, Final

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal

MAX_BYTES: Final = 30 * 1024 * 1024
DOCUMENTS: Final = ".pdf,.docx,.xlsx,.pptx,.doc,.xls,.ppt"
TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}
_MAIN_PARTS: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_UNPACKED: Final = 300 * 1024 * 1024
# Who wrote it, who changed it last, for which company: nobody asked to publish that.
_PERSONAL: Final = re.compile(
    rb"<((?:\w+:)?(?:creator|lastModifiedBy|Company|Manager))\b[^>]*>[^<]*</\1>", re.IGNORECASE
)
_PROPERTIES: Final = ("docProps/core.xml", "docProps/app.xml")


class NotADocument(Refusal):
    """The file is none of the formats we take."""

    code = "not_a_document"
    status = 422
    sentence = _("This file cannot be read. Take a PDF, or a document of Word, Excel or PowerPoint.")


class HoldsMacros(Refusal):
    """The document carries programs."""

    code = "holds_macros"
    status = 422
    sentence = _("There are macros in this document. Save it without them, or as a PDF, and try again.")


class IsLocked(Refusal):
    """The document opens only with a password."""

    code = "is_locked"
    status = 422
    sentence = _("This document opens only with a password. Save it without one and try again.")


class FileTooLarge(Refusal):
    """More bytes than phones should be asked to load."""

    code = "file_too_large"
    status = 422
    sentence = _("This file is larger than 30 MB. Make it smaller, or offer it in parts.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it is kept: its format, its bytes, and how long it plays (0 for a document)."""

    form: str
    content: bytes
    seconds: int = 0


def read_whole(upload: IO[bytes] | Any) -> bytes:
    """Return all bytes of an upload; raises FileTooLarge before more is read than is allowed."""
    if getattr(upload, "size", 0) > MAX_BYTES:
        raise FileTooLarge
    content: bytes = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    return content


def check_document(upload: IO[bytes] | Any) -> Checked:
    """Return a document ready to be kept, without the names of those who wrote it.

    Raises NotADocument, HoldsMacros, IsLocked, FileTooLarge.
    """
    content = read_whole(upload)
    if content.startswith(b"%PDF-"):
        if b"/Encrypt" in content[-4096:]:
            raise IsLocked
        return Checked("pdf", content)
    if content.startswith(_OLD_OFFICE):
        return _old_office(content, str(getattr(upload, "name", "")))
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise NotADocument


def _old_office(content: bytes, name: str) -> Checked:
    """Tell the three old formats apart by the names of the streams inside."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise IsLocked
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise HoldsMacros
    streams = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
    for stream, form in streams.items():
        if stream.encode("utf-16-le") in content:
            return Checked(form, content)
    raise NotADocument


def _office(content: bytes) -> Checked:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            form = next((form for part, form in _MAIN_PARTS.items() if part in names), "")
            if not form or "[Content_Types].xml" not in names:
                raise NotADocument
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise HoldsMacros
            return Checked(form, _without_names(archive))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise NotADocument from error


def _without_names(archive: zipfile.ZipFile) -> bytes:
    """Write the parts anew; sizes are counted while unpacking, never believed."""
    made, unpacked = io.BytesIO(), 0
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            with archive.open(info) as part:
                content = part.read(_MOST_UNPACKED - unpacked + 1)
            unpacked += len(content)
            if unpacked > _MOST_UNPACKED:
                raise FileTooLarge
            if info.filename in _PROPERTIES:
                content = _PERSONAL.sub(b"", content)
            copy.writestr(info.filename, content)
    return made.getvalue()
