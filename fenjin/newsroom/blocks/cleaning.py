"""What rich text may hold, decided on the server whatever the browser sent."""

import re
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS: Final = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"}
FEATURES: Final = ["bold", "italic", "link", "ol", "ul"]  # what the editor's bar offers
SCHEMES: Final = {"http", "https", "mailto", "tel"}
_SPACES = re.compile(r"\s+")


def clean_html(html: str) -> SafeString:
    """Return the HTML with nothing but paragraphs, emphasis, lists and links; scripts and styles are gone."""
    kept = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        clean_content_tags={"script", "style", "template", "iframe"},
    )
    return mark_safe(kept)  # noqa: S308 - what nh3's allow-list let through


def plain(html: str) -> str:
    """Return the words of a piece of HTML, on one line."""
    spaced = re.sub(r"<(br|/p|/li)[^>]*>", " ", html)
    text = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style", "template"})
    for sign, word in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(sign, word)
    return _SPACES.sub(" ", text).strip()
