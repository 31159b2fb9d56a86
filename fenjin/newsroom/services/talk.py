"""Writes of readers: a comment, a like, and taking either back; and what moderation decided about a comment."""

from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal, TooMany
from fenjin.kit.ids import ordered_id
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation import services as moderation
from fenjin.moderation.services.bringing import Text
from fenjin.newsroom.models import Article, Comment, Like
from fenjin.newsroom.selectors.talk import COMMENT, comment_url
from fenjin.people.selectors.own import own_main_unit

LONGEST: Final = 500
AN_HOUR: Final = 30  # comments of one person
_TALLY: Final = """
INSERT INTO newsroom_tally (space_id, article_id, likes, comments)
VALUES (%(space)s, %(article)s, greatest(%(likes)s, 0), greatest(%(comments)s, 0))
ON CONFLICT (space_id, article_id) DO UPDATE
SET likes = newsroom_tally.likes + %(likes)s, comments = newsroom_tally.comments + %(comments)s
"""


class NoWords(Refusal):
    """An empty comment, or one that is too long."""

    code = "no_words"
    status = 422
    sentence = _("Write between 1 and 500 characters.")


class OwnComment(Refusal):
    """Who does not want the own comment any more takes it back."""

    code = "own_comment"
    sentence = _("This is your own comment. You can take it back.")


@transaction.atomic
def write_comment(*, person_id: int, article: Article, text: str, client_key: str) -> Comment:
    """Keep a comment of somebody who may read the article, once however often it is sent.

    Where a word of the list or the rule of the space says so, it waits. Raises NoWords, TooMany, and
    moderation's Closed.
    """
    text = "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())
    if not 0 < len(text) <= LONGEST:
        raise NoWords
    now, mine = clock.now(), Comment._base_manager.filter(person_id=person_id)
    row = Comment(
        space_id=article.space_id,
        article_id=article.pk,
        comment_id=ordered_id(),
        person_id=person_id,
        unit_id=own_main_unit(person_id),
        text=text,
        state=Comment.State.HELD,
        written_at=now,
        client_key=client_key,
    )
    Comment._base_manager.bulk_create([row], ignore_conflicts=True)
    kept: Comment = mine.get(space_id=article.space_id, client_key=client_key)
    if kept.comment_id != row.comment_id:
        return kept
    if mine.filter(written_at__gt=now - timedelta(hours=1)).count() > AN_HOUR:
        raise TooMany
    earlier = mine.filter(space_id=article.space_id, state=Comment.State.SHOWN).count()
    if moderation.bring(_text_of(kept, article), earlier=earlier).shown:
        kept.state = Comment.State.SHOWN
        _find(kept.space_id, kept.comment_id).update(state=kept.state)
        _count(kept.space_id, kept.article_id, comments=1)
    return kept


@transaction.atomic
def take_comment_back(*, person_id: int, article: Article, comment_id: int) -> None:
    """Forget the words of an own comment; nobody sees it any more. Raises NotFound; twice does no harm."""
    found = _lock(article, comment_id)
    if found.person_id != person_id:
        raise NotFound
    if found.state == Comment.State.TAKEN_BACK:
        return
    if found.state == Comment.State.SHOWN:
        _count(found.space_id, found.article_id, comments=-1)
    _find(found.space_id, comment_id).update(state=Comment.State.TAKEN_BACK, text="", answer="")
    moderation.take_back(kind=COMMENT, space_id=found.space_id, object_id=comment_id)


@transaction.atomic
def report_comment(*, person_id: int, article: Article, comment_id: int, lane: str, note: str = "") -> None:
    """Ask that somebody looks at a comment; it stays until then. Raises NotFound, OwnComment."""
    found = _lock(article, comment_id)
    if found.state != Comment.State.SHOWN:
        raise NotFound
    if found.person_id == person_id:
        raise OwnComment
    moderation.report(_text_of(found, article), by=person_id, lane=lane, note=note)


@transaction.atomic
def like_article(*, person_id: int, article: Article, liked: bool) -> None:
    """Like an article, or take it back; the same wish twice counts once."""
    key = {"space_id": article.space_id, "article_id": article.pk, "person_id": person_id}
    if liked:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO newsroom_like (space_id, article_id, person_id, liked_at)"
                " VALUES (%(space_id)s, %(article_id)s, %(person_id)s, %(now)s) ON CONFLICT DO NOTHING",
                {**key, "now": clock.now()},
            )
            changed = cursor.rowcount
    else:
        changed = -Like._base_manager.filter(**key).delete()[0]
    if changed:
        _count(article.space_id, article.pk, likes=changed)


def show_comment(*, space_id: int, object_id: int, shown: bool | None) -> None:
    """Show or hide a comment, as moderation decided, or have it wait again (None); safe to repeat.

    What was taken back stays away.
    """
    found = _find(space_id, object_id).select_for_update().first()
    if found is None or found.state == Comment.State.TAKEN_BACK:
        return
    before = found.state == Comment.State.SHOWN
    states = {True: Comment.State.SHOWN, False: Comment.State.REMOVED, None: Comment.State.HELD}
    _find(space_id, object_id).update(state=states[shown])
    if before != bool(shown):
        _count(space_id, found.article_id, comments=1 if shown else -1)


def answer_comment(*, space_id: int, object_id: int, text: str) -> None:
    """Put the answer of those in charge under a comment, or take it away; safe to repeat."""
    at = clock.now() if text else None
    rows = _find(space_id, object_id).exclude(state=Comment.State.TAKEN_BACK)
    rows.update(answer=text, answered_at=at)


def forget_likes(person_id: int) -> int:
    """Take back every like of a person and return how many there were."""
    rows = list(Like._base_manager.filter(person_id=person_id).values_list("space_id", "article_id"))
    Like._base_manager.filter(person_id=person_id).delete()
    for space_id, article_id in rows:
        _count(space_id, article_id, likes=-1)
    return len(rows)


def forget_comments(person_id: int) -> int:
    """Delete the words of every comment of a person and return how many there were."""
    rows = Comment._base_manager.filter(person_id=person_id).exclude(state=Comment.State.TAKEN_BACK)
    found = list(rows.select_for_update().order_by("space_id", "comment_id"))
    with every_space(Reason.OWN_ROWS):
        for row in found:
            if row.state == Comment.State.SHOWN:
                _count(row.space_id, row.article_id, comments=-1)
            _find(row.space_id, row.comment_id).update(state=Comment.State.TAKEN_BACK, text="", answer="")
            moderation.take_back(kind=COMMENT, space_id=row.space_id, object_id=row.comment_id)
    return len(found)


def _text_of(comment: Comment, article: Article) -> Text:
    return Text(
        kind=COMMENT,
        space_id=comment.space_id,
        object_id=comment.comment_id,
        person_id=comment.person_id,
        text=comment.text,
        title=article.title,
        url=comment_url(article.pk, comment.comment_id),
    )


def _find(space_id: int, comment_id: int) -> Any:
    return Comment._base_manager.filter(space_id=space_id, comment_id=comment_id)


def _lock(article: Article, comment_id: int) -> Comment:
    rows = _find(article.space_id, comment_id).filter(article_id=article.pk)
    found: Comment | None = rows.select_for_update().first()
    if found is None:
        raise NotFound
    return found


def _count(space_id: int, article_id: int, *, likes: int = 0, comments: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, {"space": space_id, "article": article_id, "likes": likes, "comments": comments})
