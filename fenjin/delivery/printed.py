"""A message on paper: a sheet for the notice board with a code that leads to it, from the words of its version."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.naming import reason_words, who_sees
from fenjin.kit.covers import cover_svg
from fenjin.kit.paper import SEAL
from fenjin.kit.paper.poster import SIZES, Say, draw_poster
from fenjin.kit.paper.story import Colour, Paragraphs, Shot, Story
from fenjin.kit.wording import exact_time

__all__ = ["SIZES", "poster_of"]

_HEX: Final = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def poster_of(version: MessageVersion, *, size: str = "a4", whole: bool = False) -> bytes:
    """Return the poster of a version of a message as a PDF, `whole` on as many sheets as it needs.

    It says which version it is, so that an old sheet on a board can be told from a new one. Raises KeyError for a
    size that there is not.
    """
    message = version.message
    with translation.override("zh-hans"):
        story = Story(
            title=version.title,
            lead=" ".join(part for part in (version.lead, _named(message)) if part),
            language="zh-CN",
            pieces=tuple(Paragraphs.of(version.html)),
            cover=Shot(f"m{message.pk}", 0.5, lambda: cover_svg(f"m{message.pk}").encode()),
            space=message.space.name,
            seal=message.space.seal,
            colour=_colour(message.space.ramp),
            source=_("Version %(number)s") % {"number": version.number},
            date=exact_time(message.sent_at),
            url=settings.PUBLIC_URL.rstrip("/") + reverse("delivery:message", kwargs={"message_id": message.pk}),
        )
        return draw_poster(story, _say(asks=message.asks_confirmation), size=size, whole=whole)


def _named(message: Message) -> str:
    """Return why and to whom those are named who do not confirm: a sheet says so as the page does; mostly nobody is."""
    until = message.names_until
    if until is None:
        return ""
    return f"{reason_words(message.get_reason_kind_display(), message.reason_words)} {who_sees(until)}"


def _say(*, asks: bool) -> Say:
    return Say(
        board=_("Notice board"),
        call=_("Scan: open and confirm it on your phone") if asks else _("Scan: open it on your phone"),
        hint=_("Reading here is not counted; open it on a phone, or have it read aloud"),
        more=_("… about %(count)s characters in all: scan to read on"),
        posted=_("Posted on"),
        until=_("Take down on"),
        page=_("Sheet %(page)s of %(pages)s"),
    )


def _colour(ramp: Mapping[str, Any]) -> Colour:
    """Return the colour of the sub-platform on white paper; the house's vermilion without one."""
    found = _HEX.fullmatch(str(ramp.get("light", {}).get("zhu-600", "")))
    if found is None:
        return SEAL
    red, green, blue = (int(part, 16) for part in found.groups())
    return red, green, blue
