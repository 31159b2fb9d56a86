"""What readers are told about an article itself: in whose name it speaks, what was corrected, whether it may be old."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.wording import exact_time, friendly_date
from fenjin.newsroom.page.article import is_english
from fenjin.newsroom.selectors.corrections import corrections_of


@dataclass(frozen=True, slots=True)
class Said:
    """One correction in the reader's language."""

    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it; empty parts are not drawn."""

    name: str
    corrections: tuple[Said, ...]
    old: str


def standing_of(article: Any, language: str) -> Standing:
    """Return what stands under the title of an article beside its source and time."""
    english = is_english(language)
    corrections = tuple(
        Said(exact_time(row.at), (row.words_en if english else "") or row.words) for row in corrections_of(article)
    )
    name = ""
    if article.in_name_of_id:
        own = article.author is not None and article.author.person_id == article.in_name_of_id
        person = article.in_name_of.name
        name = person if own else _("%(name)s, written by an assistant") % {"name": person}
    return Standing(name, corrections, _old(article.review_on))


def _old(review_on: date | None) -> str:
    today = timezone.localtime(clock.now()).date()
    if review_on is None or review_on >= today:
        return ""
    day = friendly_date(review_on, same_year=review_on.year == today.year)  # type: ignore[arg-type]
    return _("This was to be checked by %(day)s and has not been yet. It may be out of date.") % {"day": day}
