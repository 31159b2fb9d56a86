"""On the home page: articles that wait for the reader's word, assistants who ask for the reader's name, and what
became of an article that the reader sent on its way.

Hardly anybody is asked at any time, so who is asked is kept for all readers together, as long as the editions
of all spaces stay the same: the home page of everybody else costs no query more.
"""

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.kit.components import TodoRow
from fenjin.kit.memory import forgets
from fenjin.newsroom.home.news import known_editions
from fenjin.newsroom.selectors.names import asked_leaders
from fenjin.newsroom.selectors.releases import Outcome, links_of, list_outcomes, told_persons, waiting_persons
from fenjin.spaces.access import membership_of

MOST: Final = 3
_kept: list[tuple[dict[int, int], dict[int, int], frozenset[int], frozenset[int]]] = []


def asked_rows(request: HttpRequest) -> list[TodoRow]:
    """Return what the reader is asked for, the oldest first."""
    person = membership_of(request).person_id
    judged, named, told = _asked()
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
    return rows


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


def _asked() -> tuple[dict[int, int], frozenset[int], frozenset[int]]:
    editions = known_editions()
    if not _kept or _kept[0][0] != editions:
        _kept[:] = [(editions, waiting_persons(), asked_leaders(), told_persons())]
    return _kept[0][1:]


@forgets
def forget_asked() -> None:
    """Drop what is kept."""
    _kept.clear()
