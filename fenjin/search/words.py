"""From text to what the index holds and what a question asks for.

PostgreSQL has no word list for Chinese, so words are cut here (rjieba, search mode) and handed over
as finished lexemes; its own parser never sees the text. Pairs of neighbouring characters go in too,
with the lowest weight, so that a word that was cut otherwise is still found.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import rjieba

from fenjin.kit.pinyin import sounds

CHINESE: Final = re.compile(r"[\u3400-\u9fff]+")
_TOKEN: Final = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
MOST_POSITIONS: Final = 16_383  # PostgreSQL's limit within a vector
LONGEST_QUESTION: Final = 64


def normal(text: str) -> str:
    """Return the text in lower case with full-width letters and digits made plain."""
    return text.translate(_WIDE).lower()


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def words(text: str) -> Iterator[str]:
    """Yield the words of a text for the index, long ones and the short ones inside them."""
    for token in _TOKEN.findall(normal(text)):
        if CHINESE.match(token):
            yield from rjieba.cut_for_search(token)
        else:
            yield token


def pairs(text: str) -> Iterator[str]:
    """Yield all pairs of neighbouring Chinese characters."""
    for run in CHINESE.findall(normal(text)):
        for start in range(len(run) - 1):
            yield run[start : start + 2]


def asked(question: str) -> list[str]:
    """Return the words of a question; all must be found."""
    found: list[str] = []
    for token in _TOKEN.findall(normal(question)[:LONGEST_QUESTION]):
        found += rjieba.cut(token) if CHINESE.match(token) else [token]
    return list(dict.fromkeys(found))[:12]


def pinyin_of(title: str) -> str:
    """Return full pinyin and initials of a title: "gonghuisongqingliang ghsql"."""
    syllables = [part for part in sounds(normal(title)) if part]
    return f"{''.join(syllables)} {''.join(part[0] for part in syllables)}"[:400]


def vector_text(weighted: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return lexemes with weights in PostgreSQL's own notation, ready to be cast to tsvector."""
    places: dict[str, dict[int, str]] = {}
    position = 0
    for weight, lexemes in weighted:
        for lexeme in lexemes:
            position = min(position + 1, MOST_POSITIONS)
            at = places.setdefault(lexeme, {})
            if len(at) < 4:
                at.setdefault(position, weight)
    return " ".join(f"{quoted(word)}:{','.join(f'{n}{w}' for n, w in at.items())}" for word, at in places.items())


def quoted(lexeme: str) -> str:
    """Return a lexeme quoted for tsvector and tsquery."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def query_text(terms: list[str]) -> str:
    """Return a tsquery in which every term must be found, as a word, as the beginning of one, or in pairs."""
    return " & ".join(_term(term) for term in terms)


def _term(term: str) -> str:
    ways = [f"{quoted(term)}:*"]
    if len(term) > 2 and CHINESE.fullmatch(term):
        ways.append("(" + " & ".join(quoted(pair) for pair in pairs(term)) + ")")
    return f"({' | '.join(ways)})"


# ---- how words sound ------------------------------------------------------------------------------------

# What people from many places hear as one: zh and z, ng and n, l and n, and ü typed as v or u.
_FOLDS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))
SOUNDED: Final = 600  # characters of the body whose sound is kept


def folded(syllables: str) -> str:
    """Return pinyin with the sounds that are easily confused made one."""
    for many, one in _FOLDS:
        syllables = syllables.replace(many, one)
    return re.sub(r"(?<![a-z])n(?=[a-z])", "l", syllables)


def sounds_of(text: str) -> list[tuple[str, int]]:
    """Return (folded syllable, place in the text) of every Chinese character, runs parted by ("|", -1)."""
    found: list[tuple[str, int]] = []
    for run in CHINESE.finditer(text):
        said = sounds(run[0])
        if len(said) != len(run[0]):  # a character that nobody can say: each by itself, to keep their places
            said = [(sounds(letter) or ["?"])[0] for letter in run[0]]
        found += [(folded(part), run.start() + number) for number, part in enumerate(said)]
        found.append(("|", -1))
    return found


def sound_text(title: str, lead: str, text: str) -> str:
    """Return what the index keeps of how title, lead and the beginning of the text sound: " wan hai lin | "."""
    return f" {' '.join(sound for sound, _at in sounds_of(sounded(title, lead, text)))} "


def sounded(title: str, lead: str, text: str) -> str:
    """Return the words whose sound is kept."""
    return f"{title}\n{lead}\n{text[:SOUNDED]}"


def said_as(text: str, pinyin: str) -> str:
    """Return the piece of a text that is said (or whose initials are) like letters that were typed, or nothing."""
    for run in CHINESE.finditer(text):
        full = sounds(run[0])
        if len(full) != len(run[0]):
            continue
        for ways in (full, [part[:1] for part in full]):
            for start in range(len(ways)):
                end, said = start, ""
                while end < len(ways) and len(said) < len(pinyin):
                    said, end = said + ways[end], end + 1
                if said == pinyin or (len(said) > len(pinyin) > 2 and said.startswith(pinyin)):
                    return run[0][start:end]
    return ""
