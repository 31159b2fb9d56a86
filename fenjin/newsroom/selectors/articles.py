"""Reads of articles: one for a person, lists, what the studio may send, and what pictures they show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.register import Frozen
from fenjin.delivery.selectors import is_recipient, received_content_ids
from fenjin.kit.db import ask, listing
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.media import selectors as media
from fenjin.newsroom.access import KIND, WRITERS, can_read, readable, readable_by_all
from fenjin.newsroom.blocks import picture_ids
from fenjin.newsroom.models import Article, Column, FileUse, PictureUse, ReleaseEntry
from fenjin.newsroom.page.article import draw_cover, seconds_to_read, text_of
from fenjin.newsroom.page.drawing import draw_body
from fenjin.people.register import LeftBehind
from fenjin.spaces.access import Membership, branches_allowing, spaces_allowing
from fenjin.spaces.selectors.holders import places_held

PAGE: Final = 12
LIST_FIELDS: Final = ("body", "body_en")  # long, and no list draws them
PUBLISH: Final = "newsroom.publish_article"


class NotPublished(Refusal):
    """A draft cannot go out as a message."""

    code = "not_published"
    sentence = _("This article is a draft or was withdrawn. Publish it first, then send it.")


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles, and the cursor of the next ones (None at the end)."""

    articles: list[Article]
    next: int | None


def get_article(membership: Membership, pk: int) -> Article:
    """Return an article that this person may read; raises NotFound, the same for absent and forbidden."""
    article = Article.objects.select_related("cover", "space").filter(pk=pk).first()
    if article is None or not can_read(membership, article):
        raise NotFound
    found: Article = article
    return found


def list_articles(membership: Membership, start: int = 0, column: Column | None = None) -> Page:
    """Return what the person may read, newest first, of one column or all."""
    meant = readable(membership) & Q(column=column) if column else readable(membership)
    rows = list(_listed().filter(meant)[start : start + PAGE + 1])
    return Page(rows[:PAGE], start + PAGE if len(rows) > PAGE else None)


def list_shared(spaces: frozenset[int], count: int) -> list[Article]:
    """Return the newest articles for everybody of these spaces: the same for all who have the same spaces."""
    return list(_listed().filter(readable_by_all(spaces))[:count])


def editions() -> dict[int, int]:
    """Return how often the published news of each space has changed: space → number; none for an untouched one."""
    return dict(ask("SELECT space_id, number FROM newsroom_edition"))  # of all spaces: numbers tell nothing


def _listed() -> QuerySet[Article]:
    rows: QuerySet[Article] = Article.objects.select_related("cover").defer(*LIST_FIELDS)
    return listing(rows.order_by("-first_published_at", "-pk"))


def list_sendable(account: Any) -> list[tuple[int, str]]:
    """Return (id, title) of the published articles that the account may send, newest first."""
    rows = Article.objects.filter(_sendable(account.membership)).order_by("-last_published_at", "-pk")
    return list(rows.values_list("pk", "title")[:200])


UNFINISHED: Final = Q(live=False) | Q(has_unpublished_changes=True)  # drafts, what is planned, what was withdrawn


def list_drafts(account: Any, count: int = 5) -> list[Article]:
    """Return what the account wrote and has not published as it stands, last touched first.

    What was withdrawn or has come to its end is done with, until somebody writes on.
    """
    ended = ReleaseEntry.objects.filter(
        article=OuterRef("pk"),
        act__in=(ReleaseEntry.Act.WITHDRAWN, ReleaseEntry.Act.EXPIRED),
        at__gte=OuterRef("latest_revision__created_at"),
    )
    rows = Article.objects.filter(UNFINISHED, author_id=account.pk).exclude(Q(live=False) & Exists(ended))
    touched = rows.select_related("latest_revision").defer(*LIST_FIELDS, "latest_revision__content")
    return list(listing(touched.order_by("-latest_revision__created_at", "-pk"))[:count])


def list_left_behind(spaces: frozenset[int] | None) -> list[LeftBehind]:
    """Return the unfinished articles of people who write there no more, by person and space.

    They have left, or their role has ended. None: everywhere, without titles.
    """
    there = places_held(*WRITERS)
    with every_space(Reason.OFFICE):
        rows = Article.objects.filter(UNFINISHED, author__person__isnull=False)
        if spaces is not None:
            rows = rows.filter(space__in=spaces)
        found: dict[tuple[int, int], list[str]] = {}
        for person, space, title in rows.order_by("pk").values_list("author__person", "space", "title"):
            if (space, person) not in there:
                found.setdefault((person, space), []).append(title)
    return [
        LeftBehind(person, space, len(titles), tuple(titles[:5]) if spaces is not None else ())
        for (person, space), titles in found.items()
    ]


def may_send(membership: Membership, article_id: int) -> bool:
    """Tell whether an account may send this article: it is published, of a space where it may publish."""
    return bool(Article.objects.filter(_sendable(membership), pk=article_id).exists())


def _sendable(membership: Membership) -> Q:
    """Return the condition for what somebody may send; with a role for a branch only what everybody reads."""
    whole = spaces_allowing(membership, PUBLISH)
    partly = frozenset(branches_allowing(membership, PUBLISH))
    return Q(live=True) & (Q(space__in=whole) | Q(space__in=partly, readers=Article.Readers.EVERYBODY))


def freeze(article_id: int) -> Frozen:
    """Return a published article as it stands now, for a message; raises NotFound or NotPublished.

    Pictures are named by their permanent addresses from the root of the site.
    """
    article = Article.objects.select_related("cover").filter(pk=article_id).first()
    if article is None:
        raise NotFound
    if not article.live:
        raise NotPublished
    text = text_of(article)
    shown = media.pictures_by_id(picture_ids(article.body) | ({article.cover_id} if article.cover_id else set()))
    return Frozen(
        title=article.title,
        lead=article.lead,
        html=str(draw_cover(article)) + str(draw_body(article.body)),
        text=text,
        assets=tuple(sorted(picture.key.hex for picture in shown.values())),
        reading_seconds=seconds_to_read(text),
    )


def shows_picture(membership: Membership, picture_id: int) -> bool:
    """Tell whether an article that the person may read, or was sent, shows the picture."""
    return _reads_one_of(membership, lambda: PictureUse.objects.filter(picture_id=picture_id))


def offers_file(membership: Membership, file_id: int) -> bool:
    """Tell whether an article that the person may read, or was sent, offers the document or the recording."""
    return _reads_one_of(membership, lambda: FileUse.objects.filter(file_id=file_id))


def _reads_one_of(membership: Membership, uses: Callable[[], QuerySet[Any]]) -> bool:
    if membership.person_id is None:
        return False
    with every_space(Reason.OWN_ROWS):  # can_read looks at the spaces; a message once received stays readable
        rows = uses().select_related("article").defer("article__body", "article__body_en")
        articles = [use.article for use in rows[:50]]
        return any(can_read(membership, article) for article in articles) or any(
            is_recipient(person_id=membership.person_id, kind=KIND, content_id=article.pk) for article in articles
        )


def readable_entries(person_id: int, article_ids: frozenset[int]) -> frozenset[int]:
    """Return those of the articles for recipients only that were sent to the person, for the search."""
    return article_ids & received_content_ids(person_id=person_id, kind=KIND)
