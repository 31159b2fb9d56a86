"""Drawn covers for articles without a photograph: flat landscapes at dusk, the same for the same seed."""

from base64 import b64encode

from fenjin.kit.covers.landscape import cover_svg


def cover_data_uri(seed: str) -> str:
    """Return the cover as an address that carries its own bytes (for pages that nobody caches)."""
    return "data:image/svg+xml;base64," + b64encode(cover_svg(seed).encode()).decode()


__all__ = ["cover_data_uri", "cover_svg"]
