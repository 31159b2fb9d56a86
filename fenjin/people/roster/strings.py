"""The shared texts of a workbook: three million of them in the memory of their bytes."""

from array import array
from collections.abc import Iterator

from fenjin.people.roster.archive import parse_xml
from fenjin.people.roster.refusals import TooMuchInside

LARGEST = 192 * 1024**2  # bytes of all texts together
REMEMBERED = 65_536  # texts kept ready; those of units come early and come often


class Strings:
    """Texts by their number, kept as one run of bytes instead of millions of objects."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.bytes, self.ends, self.ready = bytearray(), array("L", [0]), dict[int, str]()
        for _piece in parse_xml(pieces, self._start, self._end, self._text):
            if len(self.bytes) > LARGEST:
                raise TooMuchInside
        self.parts.clear()

    def __getitem__(self, number: int) -> str:
        text = self.ready.get(number)
        if text is None:
            if not 0 <= number < len(self.ends) - 1:
                raise IndexError(number)
            text = self.bytes[self.ends[number] : self.ends[number + 1]].decode()
            if len(self.ready) < REMEMBERED:
                self.ready[number] = text
        return text

    # While parsing: texts of one item, in runs of different type; readings above characters do not count.
    parts: list[str]
    inside = False
    reading = False

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        elif name == "t":
            self.inside = not self.reading
        elif name == "rPh":
            self.reading = True
        elif name == "sst":
            self.parts = []

    def _text(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)

    def _end(self, name: str) -> None:
        if name == "t":
            self.inside = False
        elif name == "rPh":
            self.reading = False
        elif name == "si":
            self.bytes += "".join(self.parts).encode("utf-8", "replace")
            self.ends.append(len(self.bytes))
