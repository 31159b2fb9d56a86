"""Can everybody take it in: words for pictures and recordings, links and headings that lead somewhere."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.newsroom.advice.draft import Draft, Finding, Level
from fenjin.newsroom.advice.reading import length_of, quoted
from fenjin.newsroom.advice.vocabulary import A_FILE_NAME, EMPTY_LINKS, PICTURE_OF
from fenjin.newsroom.blocks import cells_of, pictures_in, words_of
from fenjin.newsroom.blocks.cleaning import plain

LONG_WITHOUT_HEADINGS: Final = {False: 900, True: 450}  # by English
LONGEST_HEADING: Final = 24
MOST_ROWS: Final = 15
_LINK: Final = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
_BOLD_LINE: Final = re.compile(r"<p>\s*<(b|strong)>([^<]{2,40})</\1>\s*</p>")


def find(draft: Draft) -> Iterator[Finding]:
    """Yield what shuts somebody out of the body, or makes it hard to find one's way."""
    for number, part in enumerate(draft.body.raw_data, start=1):
        kind, value = part["type"], part["value"]
        match kind:
            case "picture":
                yield from _picture(value, draft, number)
            case "gallery":
                for one in pictures_in(value):
                    yield from _picture(one, draft, number)
            case "audio":
                yield from _recording(value, draft, number)
            case "table":
                yield from _table(value, number)
            case "text":
                yield from _text(value, number)
            case "question":
                yield from _text(value["answer"], number)
    yield from _headings(draft)


def _picture(value: Any, draft: Draft, number: int) -> Iterator[Finding]:
    if not value.get("picture"):
        return
    words = (value.get("alt") or draft.alts.get(int(value["picture"]), "")).strip()
    if not words:
        sentence = _("This picture has no words for people who cannot see it: say in one sentence what it shows.")
        yield Finding(Level.SHUT_OUT, sentence, value.get("caption", ""), number)
    elif A_FILE_NAME.search(words):
        yield Finding(Level.SHUT_OUT, _("That is the name of a file: say what the picture shows."), words, number)
    elif words.lower().startswith(PICTURE_OF):
        yield Finding(Level.BETTER, _("That it is a picture is said anyway: begin with what it shows."), words, number)
    elif words == value.get("caption", "").strip():
        sentence = _("The line under the picture is read aloud too: say here what it leaves out.")
        yield Finding(Level.BETTER, sentence, words, number)


def _recording(value: Any, draft: Draft, number: int) -> Iterator[Finding]:
    if value.get("recording") and not draft.transcripts.get(int(value["recording"]), "").strip():
        sentence = _("This recording has no words: people who cannot hear, or may play no sound, miss it. Add them.")
        yield Finding(Level.SHUT_OUT, sentence, value.get("caption", ""), number)


def _table(value: Any, number: int) -> Iterator[Finding]:
    if not value.get("caption"):
        yield Finding(
            Level.SHUT_OUT, _("This table has no name: whoever hears it read does not know what it is."), "", number
        )
    if len(cells_of(value["rows"])) > MOST_ROWS:
        yield Finding(
            Level.BETTER, _("A long table: offer it as an attachment, and tell here what matters."), "", number
        )


def _text(html: str, number: int) -> Iterator[Finding]:
    for found in _LINK.finditer(html):
        words = plain(found[1]).strip()
        if words.lower().strip("。.>》→ ") in EMPTY_LINKS:
            yield Finding(
                Level.SHUT_OUT, _("A link has to say where it leads, also without the text around."), words, number
            )
        elif words.startswith(("http://", "https://", "www.")):
            yield Finding(Level.BETTER, _("An address is no words: write where the link leads."), quoted(words), number)
    for found in _BOLD_LINE.finditer(html):
        sentence = _("A bold line that stands alone: make it a heading, so that it can be jumped to.")
        yield Finding(Level.SHUT_OUT, sentence, plain(found[2]), number)


def _headings(draft: Draft) -> Iterator[Finding]:
    parts = [(part["type"], part["value"]) for part in draft.body.raw_data]
    for number, (kind, value) in enumerate(parts, start=1):
        if kind != "heading":
            continue
        if number == len(parts):
            yield Finding(Level.SHUT_OUT, _("Nothing stands below this heading."), value, number)
        elif parts[number][0] == "heading":
            yield Finding(Level.BETTER, _("Two headings in a row: one of them is enough."), value, number)
        if not draft.english and len(value) > LONGEST_HEADING:
            yield Finding(Level.BETTER, _("A long heading: up to 24 characters fit two lines."), quoted(value), number)
        if value.endswith(("。", ".", "；", "：")):
            yield Finding(Level.BETTER, _("A heading has no full stop."), quoted(value), number)
    has_heading = any(kind == "heading" for kind, _value in parts)
    long = length_of(words_of(draft.body), english=draft.english) > LONG_WITHOUT_HEADINGS[draft.english]
    if long and not has_heading:
        yield Finding(Level.BETTER, _("A long text without headings: two or three help to find one's way."))
