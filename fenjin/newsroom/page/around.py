"""What stands around an article on its page: its series, the words it uses, the questions it answers."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.kit.components import Row
from fenjin.kit.memory import forgets
from fenjin.newsroom.access import spaces_of
from fenjin.newsroom.home.news import known_editions
from fenjin.newsroom.home.strip import series_title
from fenjin.newsroom.page.article import ArticlePage, is_english, list_words, story_row
from fenjin.newsroom.page.glossary import Explained, Glossary, explain
from fenjin.newsroom.selectors.answers import answers_in
from fenjin.newsroom.selectors.columns import list_most_opened
from fenjin.newsroom.selectors.series import Part, SeriesView, series_of
from fenjin.newsroom.selectors.words import list_terms
from fenjin.spaces.access import Membership, spaces_without

# spaces and language → the editions for which it holds, and the glossary
_kept: dict[tuple[frozenset[int], str], tuple[str, Glossary]] = {}
_MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in its series, with the ways to the part before and the part after."""

    view: SeriesView
    title: str
    href: str
    number: int
    before: Row | None
    after: Row | None

    @property
    def of(self) -> int:
        """Return how many parts there will be, as far as anybody knows."""
        return max(len(self.view.parts) + self.view.to_come, self.number)


@dataclass(frozen=True, slots=True)
class Around:
    """All of it; empty parts are not drawn."""

    place: Place | None
    words: tuple[Explained, ...]
    answers: tuple[Row, ...]


def around(
    membership: Membership, article: Any, page: ArticlePage, language: str, off: frozenset[str] = frozenset()
) -> tuple[ArticlePage, Around]:
    """Return the page with its words marked, and what stands around it, without the features that are `off`."""
    body = page.body
    words: tuple[Explained, ...] = ()
    if "glossary" not in off:
        body, words = explain(page.body, glossary_of(membership, page.language))
    view = series_of(membership, article) if "series" not in off else None
    found = answers_in([article.pk]) if "answers" not in off else []
    answers = tuple(answer_row(answer, language) for answer in found)
    return replace(page, body=body), Around(_place(view, article.pk, language) if view else None, words, answers)


def around_list(membership: Membership, columns: list[Any], column: Any, language: str) -> dict[str, Any]:
    """Return what stands around the list of news: its columns, what is opened most, the ways to series and answers."""
    here, english = reverse("newsroom:list"), is_english(language)
    chips = [(_("All"), here, column is None)] + [
        (one.name_en if english and one.name_en else one.name, f"{here}?column={one.pk}", one == column)
        for one in columns
    ]
    most = [] if column else list_most_opened(membership)
    return {
        "chips": chips if columns else [],
        "most": [story_row(article, language) for article in most],
    }


def answer_row(answer: Any, language: str) -> Row:
    """Return a question as a way to its answer."""
    question = answer.question_en if is_english(language) and answer.question_en else answer.question
    return Row(title=question, href=reverse("newsroom:answer", kwargs={"pk": answer.pk}), icon="help", tone="zi")


def glossary_of(membership: Membership, language: str) -> Glossary:
    """Return the words that a reader's spaces explain; asked for anew only when one of them changed something."""
    spaces = spaces_of(membership) - spaces_without("glossary")
    editions = known_editions()
    edition = ",".join(f"{space}.{editions.get(space, 0)}" for space in sorted(spaces))
    kept = _kept.get((spaces, language))
    if kept is None or kept[0] != edition:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        kept = (edition, Glossary.of(list_terms(spaces), language))
        _kept[(spaces, language)] = kept
    return kept[1]


@forgets
def forget_glossaries() -> None:
    """Drop the glossaries that are kept."""
    _kept.clear()


def _place(view: SeriesView, article_id: int, language: str) -> Place:
    before, here, after = view.around(article_id)
    return Place(
        view=view,
        title=series_title(view.series, language),
        href=reverse("newsroom:series", kwargs={"pk": view.series.pk}),
        number=here.number,
        before=_way(before, _("Part %(number)d, before this one"), language),
        after=_way(after, _("Part %(number)d, next"), language),
    )


def _way(part: Part | None, label: str, language: str) -> Row | None:
    if part is None:
        return None
    return Row(
        title=list_words(part.article, language).title,
        href=reverse("newsroom:article", kwargs={"pk": part.article.pk}),
        note=label % {"number": part.number},
    )
