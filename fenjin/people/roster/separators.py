"""Where one column holds all levels of units: what stands between them."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

STRONG = (">", "＞", "→", "»", "\\", "＼", "|", "｜", "/", "／")
WEAK = (" - ", "--", "-", "－", "—", "_", ".", "·")  # these also stand inside names
_ENOUGH, _NEARLY_ALL = 0.5, 0.98


def find_separator(values: Sequence[str]) -> str:
    """Return what separates the levels in most of the values, or nothing.

    Safe means: what stands before it first is the same group nearly everywhere, and no level is
    empty. A mark that also stands inside names must separate nearly all values into three levels
    or more.
    """
    filled = [value for value in values if value]
    for mark in (*STRONG, *WEAK) if filled else ():
        split = [parts for value in filled if len(parts := split_path(value, mark)) > 1]
        if not split or not all(all(parts) for parts in split):
            continue
        [(_top, same)] = Counter(parts[0] for parts in split).most_common(1)
        strong = mark in STRONG
        deep = split if strong else [parts for parts in split if len(parts) > 2]
        share = len(deep) / len(filled)
        if same >= _NEARLY_ALL * len(split) and share >= (_ENOUGH if strong else 0.8):
            return mark
    return ""


def split_path(value: str, mark: str) -> list[str]:
    """Return the levels of a path from the top; marks at the ends separate nothing."""
    parts = [part.strip() for part in _cutter(mark).split(value)]
    while parts and not parts[0]:
        del parts[0]
    while parts and not parts[-1]:
        parts.pop()
    return parts


@lru_cache(maxsize=32)
def _cutter(mark: str) -> re.Pattern[str]:
    """Return what cuts at a mark; narrow and full-width ones of a kind are one."""
    for narrow, wide in ((">", "＞"), ("\\", "＼"), ("|", "｜"), ("/", "／"), ("-", "－")):
        if mark in (narrow, wide):
            return re.compile(f"[{re.escape(narrow + wide)}]")
    return re.compile(re.escape(mark) if mark else r"(?!)")
