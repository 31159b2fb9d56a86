"""The card: one picture for a chat, with the way back to the article as a code."""

from typing import Final

from fenjin.kit.paper import INK, INK_2, PAPER, Face, Sheet, picture_of
from fenjin.kit.paper.story import Story
from fenjin.kit.phrases import phrases_of

WIDTH, HEIGHT, MARGIN = 90.0, 124.0, 6.5
PIXELS: Final = 1080
_PICTURE: Final = WIDTH / 2
_FOOT: Final = 24.0


def draw_card(story: Story, *, call: str, hint: str) -> bytes:
    """Return the card as a PNG. `call` and `hint` are the two lines beside the code."""
    sheet = Sheet(WIDTH, HEIGHT, title=story.title, language=story.language)
    sheet.box(0, 0, WIDTH, HEIGHT, PAPER)
    sheet.picture(story.cover.load(), 0, 0, WIDTH, _PICTURE)
    sheet.box(0, _PICTURE, WIDTH, 0.9, story.colour)
    _sign(sheet, story)
    top = _title(sheet, story, _PICTURE + 17)
    _lead(sheet, story, top + 2.5)
    _foot(sheet, story, call, hint)
    return picture_of(sheet.bytes(), width=PIXELS)


def _sign(sheet: Sheet, story: Story) -> None:
    top = _PICTURE + 4.5
    sheet.box(MARGIN, top, 6.5, 6.5, story.colour, round_=1.5)
    sheet.words(story.seal, MARGIN + 1.15, top + 4.75, face=Face.SONG, size=12, colour=(255, 255, 255), bold=True)
    sheet.words(story.space, MARGIN + 8.5, top + 4.5, size=10, colour=INK_2)


def _title(sheet: Sheet, story: Story, top: float) -> float:
    """Write the title as large as three lines let it be; return where it ends."""
    room = WIDTH - 2 * MARGIN
    lines: list[str] = []
    size = 21.0
    while size >= 13:
        lines = sheet.headline(story.title, room, Face.SONG, size, phrases_of(story.title))
        if len(lines) <= (2 if size > 16 else 3):
            break
        size -= 1
    step = size * 0.49
    for number, line in enumerate(lines[:4]):
        sheet.words(line, MARGIN, top + size * 0.27 + number * step, face=Face.SONG, size=size, colour=INK, bold=True)
    return top + len(lines[:4]) * step


def _lead(sheet: Sheet, story: Story, top: float) -> None:
    size, step = 10.0, 5.6
    bottom = HEIGHT - _FOOT - 3
    fits = max(0, int((bottom - top) / step))
    lines = sheet.broken(story.lead, WIDTH - 2 * MARGIN, Face.HEI, size)
    if len(lines) > fits:
        lines = [*lines[: fits - 1], lines[fits - 1][:-1] + "…"] if fits else []
    for number, line in enumerate(lines):
        sheet.words(line, MARGIN, top + 3.2 + number * step, size=size, colour=INK_2)


def _foot(sheet: Sheet, story: Story, call: str, hint: str) -> None:
    top = HEIGHT - _FOOT
    sheet.box(0, top, WIDTH, _FOOT, (255, 255, 255))
    sheet.code(story.url, WIDTH - MARGIN - 19, top + 2.5, 19)
    sheet.words(call, MARGIN, top + 8.2, size=11, colour=INK, bold=True)
    for number, line in enumerate(sheet.broken(hint, WIDTH - 2 * MARGIN - 22, Face.HEI, 8)[:1]):
        sheet.words(line, MARGIN, top + 13.4 + number * 4, size=8, colour=INK_2)
    told = "  ".join(part for part in (story.source, story.date) if part)
    for line in sheet.broken(told, WIDTH - 2 * MARGIN - 22, Face.HEI, 8)[:1]:
        sheet.words(line, MARGIN, top + 18.6, size=8, colour=INK_2)
