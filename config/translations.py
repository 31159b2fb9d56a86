"""Compiles every translation file (.po) to what gettext reads (.mo)."""

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parent.parent


def sources() -> Iterator[Path]:
    """Yield every translation file of the project."""
    yield from sorted(PROJECT.glob("locale/*/LC_MESSAGES/*.po"))
    yield from sorted(PROJECT.glob("fenjin/*/locale/*/LC_MESSAGES/*.po"))


def stale() -> list[Path]:
    """Return the translation files whose compiled twin is missing or older."""
    return [
        source
        for source in sources()
        if not source.with_suffix(".mo").exists() or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]


def compile_all() -> None:
    """Compile every file; a broken one ends the program with its name."""
    for source in sources():
        try:
            polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(source.with_suffix(".mo")))
        except (OSError, ValueError) as error:
            sys.exit(f"{source.relative_to(PROJECT)}: {error}")


if __name__ == "__main__":
    compile_all()
