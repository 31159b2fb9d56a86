"""Rows set aside in a file without a name: read the workbook once, go over its rows as often as needed."""

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings

from fenjin.people.roster.lines import Line

BATCH = 500


class Spool:
    """The needed columns of a table, row by row, on disk under no name: it is gone with the process."""

    def __init__(self) -> None:
        folder = settings.FENJIN_DATA / "rosters"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file: Any = TemporaryFile(dir=folder)  # noqa: SIM115 - closed with this object
        self.waiting: list[Line] = []

    def add(self, line: Line) -> None:
        """Set one row aside."""
        self.waiting.append(line)
        if len(self.waiting) == BATCH:
            self._write()

    def rows(self) -> Iterator[Line]:
        """Yield all rows from the first; only one at a time may read."""
        self._write()
        self.file.seek(0)
        while True:
            try:
                batch: list[Line] = pickle.load(self.file)  # noqa: S301 - nobody else could write here
            except EOFError:
                return
            yield from batch

    def _write(self) -> None:
        if self.waiting:
            self.file.seek(0, 2)
            pickle.dump(self.waiting, self.file, protocol=5)
            self.waiting = []
