"""What a text taken in consists of, before it becomes an article."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal

LONGEST_TITLE: Final = 60
LONGEST_HEADING: Final = 40
_LIKE_A_HEADING: Final = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；！？]{2,28}$")
_SPACES: Final = re.compile(r"[ \t\r\n\u00a0\u3000]+")


class NotReadable(Refusal):
    """Nothing could be taken in."""

    code = "not_readable"
    status = 422
    sentence = _("There is no text in it that we can read. Save it as .docx, or copy the article again.")


class TooLarge(Refusal):
    """More bytes than a text with its pictures needs."""

    code = "text_too_large"
    status = 422
    sentence = _(
        "This document is larger than 30 MB. Make its pictures smaller (File, Compress pictures) and try again."
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that needs nothing else: the kind and the value as a body stores them."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its bytes, or the address from which it may be fetched."""

    content: bytes = b""
    address: str = ""
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(slots=True)
class Manuscript:
    """A text as it was read; `left_out` counts what was not taken in, under the sentence that says so."""

    title: str = ""
    pieces: list[Piece | Image] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    _open: list[tuple[str, str]] = field(default_factory=list)  # (tag of the list or "", HTML) not yet a piece

    def add_runs(self, runs: list[Run], *, listed: str = "", heading: bool = False) -> None:
        """Take a paragraph in: as a heading where it is or looks like one, else as text."""
        words = _SPACES.sub(" ", "".join(run.text for run in runs)).strip()
        if not words:
            return
        spoken = [run for run in runs if run.text.strip()]
        alone = (
            all(run.bold for run in spoken) and len(words) <= 30 and not words.endswith(("。", "：", ":", ".", "，"))
        )
        looks = not listed and (alone or bool(_LIKE_A_HEADING.match(words)))
        if (heading or looks) and len(words) <= LONGEST_HEADING:
            self.add(Piece("heading", words))
            return
        self._open.append((listed, html_of(runs)))

    def add(self, piece: Piece | Image) -> None:
        """Take in something that is no paragraph."""
        self.close()
        self.pieces.append(piece)

    def caption(self, words: str) -> bool:
        """Put a line under the picture just taken in; tell whether there was one."""
        last = self.pieces[-1] if self.pieces and not self._open else None
        if not isinstance(last, Image) or last.caption:
            return False
        self.pieces[-1] = Image(last.content, last.address, last.alt, words[:120])
        return True

    def close(self) -> None:
        """Make one text of the paragraphs so far; entries of a list go into one list."""
        html, inside = "", ""
        for listed, words in self._open:
            if listed != inside:
                html += (f"</{inside}>" if inside else "") + (f"<{listed}>" if listed else "")
                inside = listed
            html += f"<li>{words}</li>" if listed else f"<p>{words}</p>"
        self._open.clear()
        if html:
            self.pieces.append(Piece("text", html + (f"</{inside}>" if inside else "")))

    def add_table(self, rows: list[list[str]]) -> None:
        """Take a table in as its lines; what a phone cannot show is said."""
        lines = ["|".join(cell.replace("|", "/") for cell in row) for row in rows if any(row)]
        if not lines:
            return
        if max(len(row) for row in rows) > 6:
            self.left_out[
                str(_("A table has more than six columns: no phone can show it. Offer it as an attachment."))
            ] += 1
        text = "\n".join(lines)
        if len(text) > 4000:
            text = text[:4000].rpartition("\n")[0]
            self.left_out[str(_("A table was too long: its end is missing."))] += 1
        self.add(Piece("table", {"caption": "", "rows": text}))

    def finish(self, fallback_title: str = "") -> "Manuscript":
        """Close the last text, find a title, and return the whole; raises NotReadable when nothing is there."""
        self.close()
        if not self.title and self.pieces and isinstance(self.pieces[0], Piece) and self.pieces[0].kind == "heading":
            self.title = self.pieces.pop(0).value  # type: ignore[union-attr]  # it was just looked at
        self.title = self.title or fallback_title
        if not self.pieces:
            raise NotReadable
        if len(self.title) > LONGEST_TITLE:
            self.left_out[str(_("The title was longer than 60 characters: it is cut."))] += 1
            self.title = self.title[:LONGEST_TITLE]
        return self


def html_of(runs: list[Run]) -> str:
    """Return the runs as the little HTML that texts hold, with the spaces of a line."""
    parts: list[str] = []
    for run in _joined(runs):
        words: str = escape(_SPACES.sub(" ", run.text))
        if run.italic:
            words = f"<i>{words}</i>"
        if run.bold:
            words = f"<b>{words}</b>"
        if run.href:
            words = f'<a href="{escape(run.href)}">{words}</a>'
        parts.append(words)
    return "".join(parts).strip()


def _joined(runs: list[Run]) -> list[Run]:
    """Word cuts sentences into many runs of the same look: put them together again."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic, last.href) == (run.bold, run.italic, run.href):
            joined[-1] = Run(last.text + run.text, run.bold, run.italic, run.href)
        elif run.text:
            joined.append(run)
    return joined
