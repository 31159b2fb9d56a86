"""What is planned: versions that come out, articles that end, articles that want another look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Revision

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.newsroom.access import WRITERS
from fenjin.newsroom.models import Article
from fenjin.spaces.access import Membership

SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing that is going to happen to an article."""

    article: Article
    at: datetime
    revision: int | None = None


def list_planned(membership: Membership, start: datetime | None = None, end: datetime | None = None) -> list[Plan]:
    """Return the versions that come out by themselves in the spaces of a writer, the next one first.

    Authors are told of their own only.
    """
    kind = ContentType.objects.get_for_model(Article)
    rows = Revision.objects.filter(content_type=kind, approved_go_live_at__isnull=False)
    if start is not None and end is not None:
        rows = rows.filter(approved_go_live_at__gte=start, approved_go_live_at__lt=end)
    due = [(int(pk), at, number) for pk, at, number in rows.values_list("object_id", "approved_go_live_at", "pk")]
    articles = _articles(membership).in_bulk({pk for pk, _at, _number in due})
    plans = [Plan(articles[pk], at, number) for pk, at, number in due if pk in articles]
    return sorted(plans, key=lambda plan: (plan.at, plan.article.pk))


def times_of_group(membership: Membership, start: datetime, end: datetime) -> list[datetime]:
    """Return when something of the group comes out for everybody, to a writer of a space who may not see what.

    Its readers are among those: two things at once reach them. Nothing but the times leaves the group.
    """
    if GROUP_SPACE in membership.spaces_with(*WRITERS) or not membership.spaces_with(*WRITERS):
        return []
    kind = ContentType.objects.get_for_model(Article)
    rows = Revision.objects.filter(
        content_type=kind, approved_go_live_at__gte=start, approved_go_live_at__lt=end
    ).values_list("object_id", "approved_go_live_at")
    due = [(int(pk), at) for pk, at in rows]
    with every_space(Reason.OFFICE):
        meant = Article.objects.filter(
            pk__in={pk for pk, _at in due}, space=GROUP_SPACE, readers=Article.Readers.EVERYBODY
        )
        ids = set(meant.values_list("pk", flat=True))
    return sorted(at for pk, at in due if pk in ids)


def list_ending(membership: Membership, start: datetime, end: datetime) -> list[Plan]:
    """Return the articles that end between two instants."""
    rows = _articles(membership).filter(live=True, expire_at__gte=start, expire_at__lt=end)
    return [Plan(article, article.expire_at) for article in rows.order_by("expire_at", "pk")]


def list_looks(membership: Membership, start: Any, end: Any) -> list[Article]:
    """Return the published articles that somebody wanted to look at again between two days."""
    rows = _articles(membership).filter(live=True, review_on__gte=start, review_on__lt=end)
    return list(rows.order_by("review_on", "pk"))


def list_published(membership: Membership, start: datetime, end: datetime) -> list[Article]:
    """Return what came out between two instants, for a calendar that also shows the days before today."""
    rows = _articles(membership).filter(live=True, last_published_at__gte=start, last_published_at__lt=end)
    return list(rows.order_by("last_published_at", "pk")[:400])


def list_due_for_a_look(membership: Membership, soon: timedelta = SOON) -> list[Article]:
    """Return the published articles whose day has come or comes within two weeks (or `soon`), the oldest day first."""
    until = timezone.localtime(clock.now() + soon).date()
    rows = _articles(membership).filter(live=True, review_on__lte=until)
    return list(rows.order_by("review_on", "pk")[:50])


def accounts_to_remind(today: date) -> frozenset[int]:
    """Return who wrote something that wants another look by now; few at any time."""
    with every_space(Reason.OWN_ROWS):
        rows = Article.objects.filter(live=True, review_on__lte=today, author__isnull=False)
        return frozenset(rows.values_list("author", flat=True))


def list_own_looks(membership: Membership, today: date) -> list[Article]:
    """Return what the account wrote and has to look at again by now, where it still writes; the oldest day first."""
    with every_space(Reason.OWN_ROWS):
        rows = Article.objects.filter(live=True, review_on__lte=today, author=membership.account_id)
        rows = rows.filter(space__in=membership.spaces_with(*WRITERS)).defer("body", "body_en")
        return list(listing(rows.order_by("review_on", "pk"))[:10])


def _articles(membership: Membership) -> Any:
    whole = membership.spaces_with("editor", "publisher")
    own = Q(space__in=membership.spaces_with(*WRITERS), author=membership.account_id)
    rows = Article.objects.filter(Q(space__in=whole) | own).select_related("space", "author__person")
    return listing(rows.defer("body", "body_en"))
