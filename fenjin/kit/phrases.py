"""Where a Chinese title may break: between words, never inside one."""

import re
from collections.abc import Iterable
from functools import lru_cache

import rjieba
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A line never begins with these …
_CLOSING = frozenset("，。、；：？！）】》」』”’…%％·,.;:?!)]}的了吗呢吧着过们")
# … and never ends with these.
_OPENING = frozenset("（【《「『“‘([{")


def _is_word(piece: str) -> bool:
    return piece[-1].isascii() and piece[-1].isalnum()


def _belongs(before: str, piece: str) -> bool:
    """Say whether `piece` stays on the line of `before`."""
    if piece[0] in _CLOSING or before[-1] in _OPENING:
        return True
    if before[-1].isdigit() or before[-1] in "第约近超":
        return not piece[0].isspace() and piece[0] not in _OPENING
    return _is_word(before) and _is_word(piece)


@lru_cache(maxsize=4096)
def phrases_of(text: str) -> tuple[str, ...]:
    """Return the pieces between which a line may break; joined they are the text."""
    pieces: list[str] = []
    for word in rjieba.cut(text):
        if pieces and _belongs(pieces[-1], word):
            pieces[-1] += word
        else:
            pieces.append(word)
    return tuple(pieces)


# Latin letters and figures in one run, with what belongs to them: 27, 3.5%, PM2.5, C-4.
_LATIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.%+-]*[A-Za-z0-9%+])?")
_HAN = re.compile(r"[\u3400-\u9fff]")


def _spaced(piece: str, after: str) -> SafeString:
    """Escape a piece and set a little air where Latin meets Chinese; browsers' own stops at a <wbr>.

    Between two pieces the air belongs to the first: a line that begins with the second begins at the edge.
    """
    drawn, end = [], 0
    for run in _LATIN.finditer(piece):
        left = piece[run.start() - 1] if run.start() else ""
        right = piece[run.end()] if run.end() < len(piece) else after
        css = " ".join(name for name, near in (("air-l", left), ("air-r", right)) if _HAN.match(near))
        drawn.append(conditional_escape(piece[end : run.start()]))
        drawn.append(format_html('<span class="{}">{}</span>', css, run[0]) if css else conditional_escape(run[0]))
        end = run.end()
    rest = piece[end:]
    if rest and _HAN.match(rest[-1]) and _LATIN.match(after):
        drawn += [conditional_escape(rest[:-1]), format_html('<span class="air-r">{}</span>', rest[-1])]
    else:
        drawn.append(conditional_escape(rest))
    return mark_safe("".join(drawn))  # noqa: S308


def with_breaks(text: object) -> SafeString:
    """Return the escaped text with <wbr> between its phrases."""
    pieces = phrases_of(str(text))
    drawn = [
        _spaced(piece, pieces[index + 1][:1] if index + 1 < len(pieces) else "") for index, piece in enumerate(pieces)
    ]
    # Each piece is escaped by itself, so nothing of the text can become markup.
    return mark_safe("<wbr>".join(drawn))  # noqa: S308


def with_marks(text: str, words: Iterable[str]) -> SafeString:
    """Return the escaped text with <mark> around each of the words, whatever their case."""
    wanted = [re.escape(word) for word in sorted({w for w in words if w}, key=len, reverse=True)]
    if not wanted:
        return mark_safe(conditional_escape(text))  # noqa: S308
    pieces = re.split(f"({'|'.join(wanted)})", text, flags=re.IGNORECASE)
    # Every piece is escaped by itself; the odd ones are what was looked for.
    drawn = [f"<mark>{escape(piece)}</mark>" if index % 2 else escape(piece) for index, piece in enumerate(pieces)]
    return mark_safe("".join(drawn))  # noqa: S308
