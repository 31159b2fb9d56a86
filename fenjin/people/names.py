"""Names as people type them: cleaned for storing, folded for comparing, spelt out for sorting."""

import re
import unicodedata
from functools import lru_cache

from fenjin.kit.pinyin import sounds

# Full-width digits, letters and the full-width space; punctuation stays as the writer chose it.
_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_TO_NARROW = {wide: wide - 0xFEE0 for wide in _WIDE} | {0x3000: 0x20, 0x00A0: 0x20}
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
_INVISIBLE = dict.fromkeys((*_CONTROLS, 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_HAN = r"[\u2e80-\u2fff\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_CLEAN = re.compile("[!-~\u3400-\u9fff\U00020000-\U0003ffff]*")  # most texts: no space, nothing wide, nothing to join
_SPACES = re.compile(r"\s+")
_DOTS = re.compile(r"[\s\u00b7\u2022\u2027\u22c5\u30fb\uff0e.'’\-]+")

# Characters that are read otherwise when they are a family name.
_SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "任": "ren",
    "区": "ou",
    "朴": "piao",
    "尉": "yu",
    "乐": "yue",
    "翟": "zhai",
    "缪": "miao",
    "覃": "qin",
    "盖": "ge",
}


def clean_text(text: str) -> str:
    """Return the text without stray, full-width or invisible spaces; rare characters stay as they are.

    Spaces between two Chinese characters only pad a short name (张 伟) and go; others become one.
    """
    if _CLEAN.fullmatch(text):
        return text
    text = text.translate(_TO_NARROW).translate(_INVISIBLE)
    text = _SPACES.sub(" ", text).strip()
    if " " in text:
        text = _BETWEEN_HAN.sub("", text)
    # Composed form for letters with accents only: it would replace some rare Chinese characters.
    return unicodedata.normalize("NFC", text) if any(map(unicodedata.combining, text)) else text


def same_name(one: str, other: str) -> bool:
    """Return whether two spellings are one name: spaces, dots, width and case do not count."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return _DOTS.sub("", unicodedata.normalize("NFKC", clean_text(name))).casefold()


def name_key(name: str) -> str:
    """Return the pinyin of a name, then its initials: for sorting, and for search as one types it.

    >>> name_key("张伟")
    'zhang wei zw'
    """
    words: list[str] = []
    open_word = False  # letters join the letters before them; a character with a pinyin stands alone
    for index, character in enumerate(name):
        if character.isspace():
            open_word = False
            continue
        spelt, sound = _sound(character)
        if index == 0 and character in _SURNAMES:
            sound = _SURNAMES[character]
        if open_word and not spelt:
            words[-1] += sound
        elif sound:
            words.append(sound)
            open_word = not spelt
    return " ".join([*words, "".join(word[0] for word in words)])[:200]


@lru_cache(maxsize=20_000)
def _sound(character: str) -> tuple[bool, str]:
    """Return whether a character has a pinyin, and the pinyin or the plain letter."""
    sound = sounds(character)
    if sound:
        return True, sound[0]
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isalnum())
    return False, plain.casefold()
