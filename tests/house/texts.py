"""What a template, a message file or a page of our own sources must not hold: plain text checks.

Each function takes text and returns the faults in it, so that a test can show it a bad example.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_TAGS = {
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off"),
    "a colour outside the tokens": re.compile(r"(?<![&\w/])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE),
}
_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
# `#abc` in href, hx-target, aria-… or <use href> is a place in the page, not a colour.
_PLACE = re.compile(
    r"""\b(?:href|hx-target|hx-select(?:-oob)?|hx-indicator|hx-swap(?:-oob)?|hx-include|data-[\w-]+)=["'][^"']*["']"""
)


def templates() -> list[Path]:
    """Return every template of ours."""
    shared = list((ROOT / "templates").rglob("*.html"))
    return sorted(shared + list((ROOT / "fenjin").glob("*/templates/**/*.html")))


def template_faults(text: str) -> list[str]:
    """Return what a template holds that the strict content policy or escaping forbids."""
    plain = _COMMENT.sub("", text)
    faults = []
    for what, pattern in _TAGS.items():
        looked_at = _PLACE.sub("", plain) if what == "a colour outside the tokens" else plain
        faults += [f"{what}: {found.group(0)[:80]!r}" for found in pattern.finditer(looked_at)]
    return faults


# A shadow or a veil of black or white has no hue and may stand anywhere.
_COLOUR_IN_CSS = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\((?!0 0 0 /|255 255 255 /)", re.IGNORECASE)


def css_faults(text: str) -> list[str]:
    """Return the colours that a style sheet names itself, instead of using a token."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    plain = re.sub(r"url\([^)]*\)", "", plain)
    return [found.group(0) for found in _COLOUR_IN_CSS.finditer(plain)]


_UNESCAPED_IN_PYTHON = re.compile(r"\b(?:mark_safe|SafeString|SafeText)\(|\bcsrf_exempt\b")


def python_faults(text: str) -> list[str]:
    """Return the names in a module by which text goes out unescaped, or a form unguarded."""
    return sorted(set(_UNESCAPED_IN_PYTHON.findall(re.sub(r"#.*", "", text))))


def machine_faults(text: str, places: tuple[Path, ...] = (ROOT.parent, Path.home())) -> list[str]:
    """Return the folders of the machine it was written on that a file names."""
    return [f"{place}/" for place in places if len(place.parts) > 1 and f"{place}/" in text]
