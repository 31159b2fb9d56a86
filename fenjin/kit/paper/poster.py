"""The poster: a sheet for the notice board, where phones are banned or nobody has one at hand.

One sheet holds as much of the text as fits at a size that is read from a step away; "whole" goes on
over as many sheets as the text needs, for places where nobody can scan the code.
"""

from dataclasses import dataclass
from typing import Final

from fenjin.kit.paper.flow import Flow
from fenjin.kit.paper.sheet import INK, INK_2, Face, Sheet
from fenjin.kit.paper.story import Story
from fenjin.kit.phrases import phrases_of

# Name → width and height in millimetres (ISO 216).
SIZES: Final = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
_A4_WIDTH: Final = 210.0
# How high the cover is by its width, and the size of the text in points: the first with which all fits.
TRIES: Final = ((0.5, 14.0), (0.36, 14.0), (0.25, 14.0), (0.25, 13.0), (0.22, 12.0), (0.2, 11.0))
LONG: Final = (0.25, 14.0)  # for a text of which one sheet holds only the beginning, or that goes on over several


@dataclass(frozen=True, slots=True)
class Say:
    """The words that stand on every poster, in its language. `more` holds %(count)s, `page` %(page)s and %(pages)s."""

    board: str
    call: str
    hint: str
    more: str
    posted: str
    until: str
    page: str


def draw_poster(story: Story, say: Say, *, size: str = "a4", whole: bool = False) -> bytes:
    """Return the poster as a PDF; raises KeyError for a size that there is not."""
    width, height = SIZES[size]
    sheet = Sheet(width, height, title=story.title, language=story.language)
    sheet.dry = True
    fitting = (look for look in TRIES if not _laid_out(sheet, story, say, look).cut_short)
    look = LONG if whole else next(fitting, None)
    sheet.dry = False
    flow = _laid_out(sheet, story, say, look or LONG, whole=whole, fits=look is not None)
    for page in range(1, sheet.pages + 1):
        sheet.turn_to(page)
        _foot(flow, story, say, page)
    return sheet.bytes()


def _laid_out(
    sheet: Sheet, story: Story, say: Say, look: tuple[float, float], *, whole: bool = False, fits: bool = True
) -> Flow:
    """Put everything but the foot on the sheet, with `look` as in TRIES; return the column."""
    share, text = look
    k = sheet.width / _A4_WIDTH
    flow = Flow(sheet, scale=k, margin=15 * k, foot=43 * k, colour=story.colour)
    flow.text = text
    _head(flow, story, say)
    drop = flow.room * (0.5 - share) / 2
    cover = b"" if sheet.dry else story.cover.load()
    sheet.picture(cover, flow.margin, flow.y, flow.room, flow.room * share, drop=drop, full=flow.room / 2)
    flow.y += flow.room * share
    _title(flow, story)
    flow.body(story, whole=whole, fits=fits, more=say.more)
    return flow


def _head(flow: Flow, story: Story, say: Say) -> None:
    sheet, k, left = flow.sheet, flow.scale, flow.margin
    sheet.box(0, 0, sheet.width, 3 * k, story.colour)
    sheet.box(left, 11 * k, 12 * k, 12 * k, story.colour, round_=2.6 * k)
    sheet.words(story.seal, left + 2.0 * k, 19.9 * k, face=Face.SONG, size=23 * k, colour=(255, 255, 255), bold=True)
    sheet.words(story.space, left + 15.5 * k, 16.6 * k, face=Face.SONG, size=16 * k, bold=True)
    sheet.words(say.board, left + 15.5 * k, 22.4 * k, size=10 * k, colour=INK_2)
    room = sheet.wide(story.date, Face.HEI, 11 * k)
    sheet.words(story.date, sheet.width - left - room, 19 * k, size=11 * k, colour=INK_2)
    flow.y = 30 * k


def _title(flow: Flow, story: Story) -> None:
    sheet, k = flow.sheet, flow.scale
    lines: list[str] = []
    size = 40.0 if flow.tight == 1 else 34.0
    while size >= 24:
        lines = sheet.headline(story.title, flow.room, Face.SONG, size * k, phrases_of(story.title))
        if len(lines) <= (1 if size > (34 if flow.tight == 1 else 28) else 2):
            break
        size -= 2
    flow.y += 6 * k
    for line in lines:
        flow.y += size * 0.47 * k
        sheet.words(line, flow.margin, flow.y - size * 0.10 * k, face=Face.SONG, size=size * k, colour=INK, bold=True)
    if story.lead:
        flow.y += 2.5 * k
        flow.paragraph(story.lead, size=15 * flow.tight, step=1.6, colour=INK_2, after=3)
    flow.y += 1 * k
    sheet.rule(flow.margin, flow.y, flow.margin + 22 * k, story.colour, 0.9 * k)
    flow.y += 5.5 * k


def _foot(flow: Flow, story: Story, say: Say, page: int) -> None:
    sheet, k, left = flow.sheet, flow.scale, flow.margin
    top = sheet.height - flow.foot + 6 * k
    sheet.rule(left, top, sheet.width - left, (232, 227, 219), 0.3 * k)
    side = 30 * k
    sheet.code(story.url, sheet.width - left - side + 3 * k, top + 3 * k, side)
    sheet.words(say.call, left, top + 10.5 * k, face=Face.SONG, size=16 * k, bold=True)
    sheet.words(say.hint, left, top + 16.8 * k, size=10 * k, colour=INK_2)
    number = say.page % {"page": page, "pages": sheet.pages} if sheet.pages > 1 else ""
    told = "   ".join(part for part in (story.source, number) if part)
    sheet.words(told, left, top + 22.6 * k, size=10 * k, colour=INK_2)
    # Filled in by hand: a board is only trusted while old sheets come down.
    at = left
    for label, line in ((say.posted, 26.0), (say.until, 26.0)):
        sheet.words(label, at, top + 29.5 * k, size=10 * k, colour=INK_2)
        at += sheet.wide(label, Face.HEI, 10 * k) + 1.5 * k
        sheet.rule(at, top + 30.1 * k, at + line * k, (141, 133, 125), 0.25 * k)
        at += (line + 6) * k
