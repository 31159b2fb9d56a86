"""A sheet of paper, drawn from the top left corner in millimetres.

Two faces, Song for titles and Hei for text, come as font files in a wheel, since a server has no
Chinese font of its own; only the glyphs that are used go into the file, as text that can be searched.
"""

import enum
import io
import logging
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import segno

from fenjin.kit import clock
from fenjin.kit.paper.breaking import balanced, lines_of

Colour = tuple[int, int, int]
INK: Final[Colour] = (28, 26, 24)
INK_2: Final[Colour] = (87, 81, 75)
PAPER: Final[Colour] = (246, 243, 238)
SEAL: Final[Colour] = (194, 54, 27)
WHITE: Final[Colour] = (255, 255, 255)
POINT: Final = 25.4 / 72  # millimetres

# It tells every table that it drops.
logging.getLogger("fontTools").setLevel(logging.WARNING)
# Neither library says that it may be used by several threads at once.
_one_at_a_time = threading.RLock()


class Face(enum.StrEnum):
    """The two faces: Song has serifs, Hei has none."""

    SONG = "NotoSerifSC-Regular.otf"
    HEI = "NotoSansSC-Regular.otf"


@lru_cache(maxsize=2)
def _file_of(face: Face) -> str:
    return str(resources.files("pylopdf_fonts_zh_cn") / face.value)


class Sheet:
    """One document of equal pages. Colours are triples of 0 to 255; `size` is in points, all else in millimetres."""

    def __init__(self, width: float, height: float, *, title: str = "", language: str = "zh-CN") -> None:
        from fpdf import FPDF  # noqa: PLC0415 - takes a second to load, and only sheets need it

        self.width, self.height = width, height
        self._pdf = FPDF(unit="mm", format=(width, height))
        self._pdf.set_auto_page_break(False)
        self._pdf.set_margin(0)
        self._pdf.set_title(title)
        self._pdf.set_lang(language)
        # By the day: who prints twice gets the same file, byte for byte.
        self._pdf.set_creation_date(clock.now().replace(hour=0, minute=0, second=0, microsecond=0))
        for face in Face:
            self._pdf.add_font(face.name, "", _file_of(face))
        self._widths: dict[tuple[Face, str], float] = {}
        self.dry = False  # measure, and draw nothing
        self.add_page()

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return len(self._pdf.pages)

    def add_page(self) -> None:
        """Go on to a new, empty page."""
        self._pdf.add_page()

    def turn_to(self, page: int) -> None:
        """Draw on a page that is there already, counted from 1."""
        self._pdf.page = page
        self._pdf.current_font_is_set_on_page = False

    # ---- words ---------------------------------------------------------------------------------------

    def wide(self, text: str, face: Face, size: float) -> float:
        """Return how wide a text is."""
        return sum(self._wide(letter, face) for letter in text) * size

    def _wide(self, letter: str, face: Face) -> float:
        known = self._widths.get((face, letter))
        if known is None:
            self._pdf.set_font(face.name, size=100)
            known = self._widths[face, letter] = self._pdf.get_string_width(letter) / 100
        return known

    def broken(self, text: str, room: float, face: Face, size: float) -> list[str]:
        """Return the lines of a text in a column `room` wide."""
        return lines_of(text, room, lambda words: self.wide(words, face, size))

    def headline(self, text: str, room: float, face: Face, size: float, pieces: Iterable[str]) -> list[str]:
        """Return the lines of a title, broken between its pieces into lines of about one length."""
        return balanced(text, room, lambda words: self.wide(words, face, size), pieces)

    def words(
        self, text: str, x: float, baseline: float, *, face: Face = Face.HEI, size: float, colour: Colour = INK,
        bold: bool = False,
    ) -> None:  # fmt: skip
        """Write one line; bold is the same face with a thin outline, since there is no second weight."""
        if self.dry:
            return
        pdf = self._pdf
        pdf.set_font(face.name, size=size)
        pdf.set_text_color(*colour)
        pdf.set_draw_color(*colour)
        with pdf.local_context(
            text_mode="FILL_STROKE" if bold else "FILL", line_width=size * 0.022 * POINT if bold else 0.2
        ):
            pdf.text(x, baseline, self._known(text, face))

    def _known(self, text: str, face: Face) -> str:
        """Return the text with a lozenge for each character that the face has not got."""
        font: Any = self._pdf.fonts[face.name.lower()]
        glyphs = font.cmap
        return "".join(letter if ord(letter) in glyphs else "◇" for letter in text)

    # ---- shapes and pictures --------------------------------------------------------------------------

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, *, round_: float = 0) -> None:
        """Fill a rectangle."""
        if self.dry:
            return
        self._pdf.set_fill_color(*colour)
        self._pdf.rect(x, y, width, height, style="F", round_corners=bool(round_), corner_radius=round_)

    def rule(self, x: float, y: float, to: float, colour: Colour, thick: float = 0.2) -> None:
        """Draw a line across."""
        if self.dry:
            return
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(thick)
        self._pdf.line(x, y, to, y)

    def picture(
        self, content: bytes, x: float, y: float, width: float, height: float, *, drop: float = 0, full: float = 0
    ) -> None:
        """Draw a picture (WebP, PNG, JPEG or our own SVG) into a frame.

        A picture `full` high is cut to the frame, `drop` below its upper edge; without it fills the frame.
        """
        if self.dry:
            return
        with self._pdf.rect_clip(x, y, width, height):
            if content.lstrip().startswith(b"<svg"):
                # The drawings leave out what SVG takes for granted and this library does not.
                content = content.replace(b"<stop stop-color", b'<stop offset="0" stop-color')
                self._pdf.image(io.BytesIO(content), x=x, y=y - drop, w=width)
            else:
                self._pdf.image(io.BytesIO(content), x=x, y=y - drop, w=width, h=full or height)

    def code(self, text: str, x: float, y: float, size: float) -> None:
        """Draw a QR code (ISO/IEC 18004, level M) with its quiet zone inside the square."""
        if self.dry:
            return
        drawn = segno.make(text, error="m", micro=False)
        rows = list(drawn.matrix_iter(border=4))
        step = size / len(rows)
        self.box(x, y, size, size, WHITE)
        self._pdf.set_fill_color(*INK)
        for down, row in enumerate(rows):
            for start, run in _runs(row):
                # A hair wider, so that no white line stands between two dark cells on a screen.
                self._pdf.rect(x + start * step, y + down * step, run * step + 0.02, step + 0.02, style="F")

    def bytes(self) -> bytes:
        """Return the finished file."""
        with _one_at_a_time:
            return bytes(self._pdf.output())


def _runs(row: Any) -> list[tuple[int, int]]:
    """Return (start, length) of the dark runs of a row."""
    return [
        (run.start(), run.end() - run.start()) for run in re.finditer("1+", "".join("1" if c else "0" for c in row))
    ]


def picture_of(content: bytes, *, width: int, page: int = 0) -> bytes:
    """Return one page of a PDF as a PNG, `width` pixels wide."""
    import pypdfium2  # noqa: PLC0415 - loads a large library, and only sheets need it

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(content)
        try:
            sheet = document[page]
            drawn = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
        finally:
            document.close()
    out = io.BytesIO()
    # A palette holds a flat drawing in a third of the bytes.
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
