"""On the home page: articles that wait for the reader's word, assistants who ask for the reader's name, what
became of an article that the reader sent on its way, and own articles that want another look.

Hardly anybody is asked at any time, so who is asked is kept for all readers together, as long as the editions
of all spaces and the day stay the same: the home page of everybody else costs no query more.
"""

from datetime import date
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.components import TodoRow
from fenjin.kit.memory import forgets
from fenjin.newsroom.home.news import known_editions
from fenjin.newsroom.models import Article
from fenjin.newsroom.selectors.names import asked_leaders
from fenjin.newsroom.selectors.plans import accounts_to_remind, list_own_looks
from fenjin.newsroom.selectors.releases import Outcome, links_of, list_outcomes, told_persons, waiting_persons
from fenjin.spaces.access import membership_of

MOST: Final = 3
type Kept = tuple[dict[int, int], frozenset[int], frozenset[int], frozenset[int]]
_kept: list[tuple[tuple[dict[int, int], date], Kept]] = []


def asked_rows(request: HttpRequest) -> list[TodoRow]:
    """Return what the reader is asked for, the oldest first."""
    person = membership_of(request).person_id
    today = timezone.localtime(clock.now()).date()
    judged, named, told, reminded = _asked(today)
    rows = []
    if person is not None and person in judged:
        rows = [
            TodoRow(
                title=_("Your word on “%(title)s”") % {"title": step.release.article.title},
                href=reverse("newsroom:review", args=[step.uid]),
                action=_("Judge"),
                meta=(step.release.space.name,),
                icon="edit",
            )
            for step in links_of(person)[:MOST]
        ]
    if person is not None and person in named:
        row = TodoRow(
            title=_("An assistant asks for your name"),
            href=reverse("newsroom:reviews"),
            action=_("Look"),
            icon="people",
        )
        rows.append(row)
    if membership_of(request).account_id in told:
        rows += [_outcome(outcome) for outcome in list_outcomes(membership_of(request))[:MOST]]
    if membership_of(request).account_id in reminded:
        rows += [_look(article) for article in list_own_looks(membership_of(request), today)[:MOST]]
    return rows


def _look(article: Article) -> TodoRow:
    return TodoRow(
        title=_("Is “%(title)s” still right?") % {"title": article.title},
        href=f"{reverse('newsroom_desk:release', args=[article.pk])}#look",
        action=_("Look"),
        icon="clock",
    )


def _outcome(outcome: Outcome) -> TodoRow:
    words = {"title": outcome.article.title}
    title = _("“%(title)s” came back") if outcome.returned else _("“%(title)s” was approved")
    return TodoRow(
        title=title % words,
        href=reverse("newsroom_desk:release", args=[outcome.article.pk]),
        action=_("Look"),
        meta=(outcome.step.words[:30],) if outcome.step.words else (),
        icon="edit",
        done=not outcome.returned,
    )


def _asked(today: date) -> Kept:
    state = (known_editions(), today)
    if not _kept or _kept[0][0] != state:
        _kept[:] = [(state, (waiting_persons(), asked_leaders(), told_persons(), accounts_to_remind(today)))]
    return _kept[0][1]


@forgets
def forget_asked() -> None:
    """Drop what is kept."""
    _kept.clear()
