"""The news on the home page: one large story, then rows."""

import time
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from fenjin.kit.memory import forgets, once
from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom import selectors
from fenjin.newsroom.access import spaces_of
from fenjin.newsroom.home.blending import blended
from fenjin.newsroom.home.strip import strip
from fenjin.newsroom.page.article import lead_story, story_row
from fenjin.spaces.access import membership_of, spaces_without
from fenjin.spaces.selectors.looks import look_of, shown_space

COUNT: Final = 5  # with the frame around them ten requests, on a phone that comes for the first time
# "12 minutes ago" may be a minute late. A change of the news is not: it makes another edition.
SECONDS: Final = 60
EDITION_SECONDS: Final = 2.0

_editions: list[tuple[float, dict[int, int]]] = []


def news_section(request: HttpRequest) -> dict[str, Any] | None:
    """Return the section for the one who asks, or None when the group and the shown space have no news.

    Only what everybody of these spaces reads is in it, so that its HTML can be shared by all who
    have the same spaces and language; articles for recipients only come to people as messages.
    """
    look = look_of(once(request, shown_space, request))
    spaces = spaces_of(membership_of(request)) & {GROUP_SPACE, look.space_id}
    language = getattr(request, "LANGUAGE_CODE", "zh-hans")
    zone = timezone.get_current_timezone_name()  # "yesterday 17:05" differs with it
    known = known_editions()
    editions = ",".join(f"{space}.{known.get(space, 0)}" for space in sorted(spaces))
    with_series = spaces - spaces_without("series") if "series" in look.enabled else frozenset()
    series = ",".join(str(space) for space in sorted(with_series))
    key = f"newsroom.home:{language}:{zone}:{look.blend}:{editions}:{series}"
    stories: str | None = cache.get(key)
    if stories is None:
        stories = _draw(spaces, language, look.blend, with_series)
        cache.set(key, stories, SECONDS)
    return {"stories": stories} if stories else None


def known_editions() -> dict[int, int]:
    """Return the edition of each space, at most two seconds old: one question for everybody who comes meanwhile."""
    if not _editions or time.monotonic() - _editions[0][0] > EDITION_SECONDS:
        _editions[:] = [(time.monotonic(), selectors.editions())]
    return _editions[0][1]


@forgets
def forget_editions() -> None:
    """Drop the editions that are kept."""
    _editions.clear()


def _draw(spaces: frozenset[int], language: str, blend: str, with_series: frozenset[int]) -> str:
    articles = blended(spaces, COUNT, blend, selectors.list_shared)
    if not articles:
        return ""
    first, *others = articles
    context = {
        "lead": lead_story(first, language),
        "rows": [story_row(article, language) for article in others],
        "series": strip(with_series, language) if with_series else [],
    }
    return render_to_string("newsroom/stories.html", context)
