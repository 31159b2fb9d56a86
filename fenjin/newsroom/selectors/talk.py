"""What readers said under an article, for one of them: comments, likes, and what became of the own ones."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse

from fenjin.kit.db import ask
from fenjin.kit.errors import NotFound
from fenjin.moderation.register import Sample
from fenjin.moderation.selectors.own import own_cases
from fenjin.newsroom.models import Article, Comment, Like
from fenjin.people.selectors.persons import persons_by_id, unit_paths

COMMENT: Final = "comment"  # the kind, as moderation knows it
SIZE: Final = 20
_MINE: Final = """
SELECT coalesce(max(tally.likes), 0), coalesce(max(tally.comments), 0), EXISTS (
    SELECT FROM newsroom_like own
    WHERE own.space_id = %(space)s AND own.article_id = %(article)s AND own.person_id = %(person)s)
FROM newsroom_tally tally WHERE tally.space_id = %(space)s AND tally.article_id = %(article)s
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """How an article was received, and whether the reader likes it."""

    likes: int
    comments: int
    liked: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as readers see it. `case_id`: the author's way to state, reason and appeal, where somebody looked."""

    comment: Comment
    name: str
    where: str
    own: bool
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Comments:
    """Some comments, the newest first, and the cursor of older ones (None at the end)."""

    rows: tuple[Said, ...]
    next: int | None


def counted(article: Article, person_id: int) -> Counted:
    """Return likes and shown comments of an article in one question."""
    values = {"space": article.space_id, "article": article.pk, "person": person_id}
    ((likes, comments, liked),) = ask(_MINE, values)
    return Counted(likes, comments, liked)


def list_comments(article: Article, person_id: int, *, before: int | None = None, size: int = SIZE) -> Comments:
    """Return shown comments and the reader's own that wait or were not shown; who calls it may read the article."""
    rows = Comment._base_manager.filter(space_id=article.space_id, article_id=article.pk)
    own = Q(person_id=person_id, state__in=(Comment.State.HELD, Comment.State.REMOVED))
    rows = rows.filter(Q(state=Comment.State.SHOWN) | own)
    if before is not None:
        rows = rows.filter(comment_id__lt=before)
    found = list(rows.order_by("-comment_id")[: size + 1])
    shown = found[:size]
    return Comments(_said(article, shown, person_id), shown[-1].comment_id if len(found) > size else None)


def get_comment(article: Article, comment_id: int) -> Said:
    """Return one shown comment of an article, for somebody who reports it; raises NotFound."""
    rows = Comment._base_manager.filter(space_id=article.space_id, article_id=article.pk, comment_id=comment_id)
    found = rows.filter(state=Comment.State.SHOWN).first()
    if found is None:
        raise NotFound
    (said,) = _said(article, [found], 0)
    return said


def _said(article: Article, comments: list[Comment], person_id: int) -> tuple[Said, ...]:
    people = persons_by_id({comment.person_id for comment in comments})
    where = unit_paths({comment.unit_id for comment in comments if comment.unit_id})
    mine = [comment.comment_id for comment in comments if comment.person_id == person_id]
    cases = own_cases(person_id, space_id=article.space_id, kind=COMMENT, ids=mine) if mine else {}
    return tuple(
        Said(
            comment=comment,
            name=people[comment.person_id].name if comment.person_id in people else "",
            where=where.get(comment.unit_id or 0, "").split(" / ")[0],
            own=comment.person_id == person_id,
            case_id=cases[comment.comment_id].pk if comment.comment_id in cases else None,
        )
        for comment in comments
    )


def recent_comments(space_id: int, count: int) -> list[Sample]:
    """Return the last comments of a space for moderation, which tries words on them."""
    rows = Comment._base_manager.filter(space_id=space_id).exclude(state=Comment.State.TAKEN_BACK)
    pairs = rows.order_by("-comment_id").values_list("text", "state")[:count]
    return [Sample(text, state == Comment.State.SHOWN) for text, state in pairs]


def own_words(person_id: int) -> list[Any]:
    """Return (article, text, state, written at) of a person's comments, the newest first."""
    rows = Comment._base_manager.filter(person_id=person_id).order_by("-comment_id")
    return list(rows.values_list("article_id", "text", "state", "written_at"))


def own_likes(person_id: int) -> list[Any]:
    """Return (article, liked at) of a person's likes, the newest first."""
    rows = Like._base_manager.filter(person_id=person_id).order_by("-liked_at", "article_id")
    return list(rows.values_list("article_id", "liked_at"))


def comment_url(article_id: int, comment_id: int) -> str:
    """Return where a comment stands."""
    return f"{reverse('newsroom:comments', args=[article_id])}#c{comment_id}"
