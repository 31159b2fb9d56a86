"""Text that runs down a sheet, part by part, and on to the next one where it may."""

from typing import Final

from fenjin.kit.paper.sheet import INK, INK_2, Face, Sheet
from fenjin.kit.paper.story import Piece, Story

Colour = tuple[int, int, int]
TEXT: Final = 14.0  # points on A4: read from a step away
STEP: Final = 1.75
_POINT: Final = 25.4 / 72


class Full(Exception):
    """The one sheet is full."""


class Flow:
    """A column on a sheet. `y` is where the next thing begins, in millimetres; sizes are those of A4."""

    def __init__(self, sheet: Sheet, *, scale: float, margin: float, foot: float, colour: Colour) -> None:
        self.sheet, self.scale, self.margin, self.foot, self.colour = sheet, scale, margin, foot, colour
        self.y = margin
        self.whole = False
        self.text = TEXT
        self.reserve = 0.0  # kept free above the foot
        self.cut_short = False

    @property
    def tight(self) -> float:
        """Return how much smaller everything is, where the text had to be made smaller to fit."""
        return self.text / TEXT

    @property
    def room(self) -> float:
        """Return the width of the column."""
        return self.sheet.width - 2 * self.margin

    @property
    def bottom(self) -> float:
        """Return where the column ends."""
        return self.sheet.height - self.foot

    def body(self, story: Story, *, whole: bool, fits: bool, more: str) -> None:
        """Write the body; on one sheet as much as fits, and unless all of it `fits`, how much there is."""
        self.whole = whole
        letters = sum(len(piece.text) for piece in story.pieces)
        self.reserve = 0.0 if whole or fits else 8 * self.scale
        try:
            for piece in story.pieces:
                self._piece(piece)
        except Full:
            self.cut_short = True
            told = more % {"count": letters}
            self.sheet.words(
                told, self.margin, self.bottom - 1.5 * self.scale, size=11 * self.scale, colour=self.colour
            )

    def _piece(self, piece: Piece) -> None:
        draw = {
            "heading": self._heading,
            "item": self._item,
            "quote": self._quote,
            "table": self._table,
            "picture": self._picture,
        }.get(piece.kind)
        if draw is None:
            self.paragraph(piece.text)
        else:
            draw(piece)

    def need(self, height: float) -> None:
        """Make sure that `height` is left, on a new sheet if need be; raises Full when there is only one."""
        if self.y + height <= self.bottom - self.reserve:
            return
        if not self.whole:
            raise Full
        self.sheet.add_page()
        self.sheet.box(0, 0, self.sheet.width, 3 * self.scale, self.colour)
        self.y = 16 * self.scale

    def paragraph(
        self,
        text: str,
        *,
        size: float = 0.0,
        step: float = STEP,
        colour: Colour = INK,
        face: Face = Face.HEI,
        inset: float = 0.0,
        after: float = 3.2,
        bold: bool = False,
    ) -> None:
        """Write a paragraph, in the size of the body unless another is said, and leave `after` below it."""
        size = size or self.text
        points, high = size * self.scale, size * _POINT * step * self.scale
        for line in self.sheet.broken(text, self.room - inset, face, points):
            self.need(high)
            self.y += high
            at = self.y - high * 0.5 + points * _POINT * 0.36
            self.sheet.words(line, self.margin + inset, at, face=face, size=points, colour=colour, bold=bold)
        self.y += after * self.scale * self.tight

    def _heading(self, piece: Piece) -> None:
        k, size = self.scale, 17 * self.tight
        self.need(22 * k * self.tight)  # never alone at the foot of a sheet
        self.y += 2.2 * k * self.tight
        high = size * _POINT * 1.5 * k
        self.sheet.box(self.margin, self.y + 0.22 * high, 1.3 * k, 0.58 * high, self.colour, round_=0.6 * k)
        self.paragraph(piece.text, size=size, step=1.5, face=Face.SONG, inset=5 * k, after=2.2, bold=True)

    def _item(self, piece: Piece) -> None:
        k = self.scale
        high = self.text * _POINT * STEP * k
        self.need(high)
        at = self.y + high * 0.5 + self.text * k * _POINT * 0.36
        self.sheet.words(piece.mark, self.margin, at, size=self.text * k, colour=self.colour, bold=True)
        inset = max(7 * k, self.sheet.wide(piece.mark, Face.HEI, self.text * k) + 2.5 * k)
        self.paragraph(piece.text, inset=inset, after=1.6)

    def _quote(self, piece: Piece) -> None:
        k = self.scale
        top, page = self.y, self.sheet.pages
        self.y += 1 * k
        self.paragraph(piece.text, face=Face.SONG, size=15 * self.tight, inset=7 * k, after=0.5)
        if piece.mark:
            self.paragraph(f"—— {piece.mark}", size=11, colour=INK_2, inset=7 * k, after=0.5)
        if self.sheet.pages == page:
            self.sheet.box(self.margin + 1.5 * k, top + 1 * k, 0.7 * k, self.y - top - 1 * k, self.colour)
        self.y += 3.2 * k

    def _table(self, piece: Piece) -> None:
        columns = max((len(row) for row in piece.rows), default=0)
        if not columns:
            return
        k, size = self.scale, 12 * self.tight * self.scale
        line = size * _POINT * 1.45
        if piece.text:
            self.need(30 * k)  # the name of a table stays with it
            self.paragraph(piece.text, size=11 * self.tight, colour=INK_2, after=0.8)
        wide = self._widths(piece, columns, size)
        for number, row in enumerate(piece.rows):
            cells = [
                self.sheet.broken(cell, room - 4 * k, Face.HEI, size) for cell, room in zip(row, wide, strict=False)
            ]
            high = max((len(cell) for cell in cells), default=1) * line + 2.2 * k
            self.need(high)
            if number == 0:
                self.sheet.box(self.margin, self.y, self.room, high, (250, 248, 244))
            x = self.margin + 2 * k
            for lines, room in zip(cells, wide, strict=False):
                for down, words in enumerate(lines):
                    at = self.y + 1.1 * k + line * (down + 0.5) + size * _POINT * 0.36
                    self.sheet.words(words, x, at, size=size, bold=number == 0)
                x += room
            self.y += high
            self.sheet.rule(self.margin, self.y, self.margin + self.room, (232, 227, 219), 0.25 * k)
        self.y += 3.5 * k * self.tight

    def _widths(self, piece: Piece, columns: int, size: float) -> list[float]:
        """Return the widths of columns: as their longest cells ask for, but none starved by another."""
        most = self.room / columns * 2
        asked = [
            max(min(self.sheet.wide(row[number], Face.HEI, size), most) for row in piece.rows if number < len(row))
            + 5 * self.scale
            for number in range(columns)
        ]
        return [self.room * part / sum(asked) for part in asked]

    def _picture(self, piece: Piece) -> None:
        """Draw a picture where the whole text is printed; on one sheet the cover is picture enough."""
        if not self.whole or piece.picture is None:
            return
        k = self.scale
        width = self.room
        height = width * piece.picture.share
        most = 110 * k
        if height > most:
            width, height = width * most / height, most
        self.need(height + 10 * k)
        self.sheet.picture(piece.picture.load(), self.margin, self.y, width, height)
        self.y += height + 1 * k
        if piece.text:
            self.paragraph(piece.text, size=10.5, colour=INK_2, step=1.5, after=3)
        else:
            self.y += 3 * k
