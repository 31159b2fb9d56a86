"""What of a body's HTML may reach a phone: the words, their structure and our own pictures."""

import re
from typing import Final

import nh3
from django.utils.safestring import SafeString

_TAGS: Final = (
    "p h2 h3 h4 ul ol li strong b em i u s sub sup br hr a blockquote cite q figure figcaption picture source img"
    " table caption thead tbody tr th td div span time audio details summary"
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
    "source": {"srcset", "sizes", "type", "media"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "time": {"datetime"},
    "div": {"class", "role", "tabindex", "aria-label", "lang"},
    "audio": {"src", "controls", "preload", "aria-label"},
    "details": {"class"},
    "p": {"class"},
    "figure": {"class"},
    "span": {"class", "lang"},
}
_OUR_PICTURES: Final = re.compile(r"/(m|covers)/[\w./-]+")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """Drop addresses of pictures that are not ours: a body must not call another server."""
    if attribute == "src" and not _OUR_PICTURES.fullmatch(value):
        return None
    if attribute == "srcset" and not all(
        _OUR_PICTURES.fullmatch(part.split()[0]) for part in value.split(",") if part.strip()
    ):
        return None
    return value


def clean_html(html: str) -> str:
    """Return `html` without anything that runs, styles, or loads from elsewhere."""
    return nh3.clean(
        html,
        tags=set(_TAGS.split()),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def as_frozen(html: str) -> SafeString:
    """Return `html` as a version of a message would hold it, to be shown."""
    return SafeString(clean_html(html))
