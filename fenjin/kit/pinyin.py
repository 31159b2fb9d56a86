"""How Chinese characters sound, in Latin letters.

The dictionaries take 50 MiB of each process and half a second, so they are loaded when first asked for.
"""

from collections.abc import Callable


def sounds(text: str, errors: str | Callable[[str], list[str]] = "ignore") -> list[str]:
    """Return one sound without tone for each character: 奋进 → ["fen", "jin"].

    What has no sound is left out, or is what `errors` makes of it (as pypinyin defines it).
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - see above

    return lazy_pinyin(text, errors=errors)  # type: ignore[arg-type]  # it takes more than it declares
