"""Large uploads on their way in: held in files without a name, so that a killed process leaves none behind."""

from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessUploadHandler(FileUploadHandler):
    """Write what comes to a file that stands in no folder; it is gone when it is closed, or when we are.

    Django's own handler writes to a named file in the system's folder for temporary files. After a kill it stays
    there, in plain: a whole roster, say.
    """

    def new_file(self, *arguments: Any, **keywords: Any) -> None:
        """Begin a file."""
        super().new_file(*arguments, **keywords)
        self.file = UploadedFile(
            TemporaryFile(dir=settings.FENJIN_DATA),  # noqa: SIM115  # closed with the request
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add a piece."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Give the whole file, ready to be read from its beginning."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Let go of what came of a file whose sender has gone away."""
        self.file.close()
