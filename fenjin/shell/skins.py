"""One style sheet for each space: the built phone.css, and behind it the space's own colours.

It is one file, so a space with colours costs no request more; its address changes with its content, so
phones keep it for good.
"""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from fenjin.kit.templatetags.skin import asset
from fenjin.spaces.selectors.looks import SpaceLook, colours_css


def stylesheet_of(look: SpaceLook) -> str:
    """Return the address of a space's style sheet; empty where the house's own colours hold."""
    if not look.ramp:
        return ""
    return reverse("shell:skin", kwargs={"space_id": look.space_id, "digest": digest_of(look)})


def digest_of(look: SpaceLook) -> str:
    """Return what changes with the content of the sheet."""
    return hashlib.sha256(f"{asset('phone.css')} {look.digest}".encode()).hexdigest()[:12]


def sheet_of(look: SpaceLook) -> tuple[bytes, bytes]:
    """Return the style sheet of a space as it is, and packed with gzip."""
    return _made(asset("phone.css"), colours_css(look))


@lru_cache(maxsize=256)
def _made(address: str, colours: str) -> tuple[bytes, bytes]:
    folder = Path(settings.BASE_DIR) / "frontend" / "dist"
    built = (folder / address.removeprefix(settings.STATIC_URL)).read_bytes()
    sheet = built + colours.encode()
    return sheet, gzip.compress(sheet, 9, mtime=0)
