"""What the newsroom brings to the calendar of the studio."""

from datetime import date, datetime, time

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom.models import Article
from fenjin.newsroom.selectors.plans import list_ending, list_looks, list_planned, list_published, times_of_group
from fenjin.spaces.access import membership_of
from fenjin.spaces.register import Planned


def planned(request: HttpRequest, start: datetime, end: datetime) -> list[Planned]:
    """Return articles that come out, end, are due for another look, or came out, between two instants."""
    membership = membership_of(request)
    first, last = timezone.localtime(start).date(), timezone.localtime(end).date()
    return [
        *(_entry(plan.article, plan.at, _("comes out"), "zhu") for plan in list_planned(membership, start, end)),
        *(
            _entry(plan.article, plan.at, _("ends"), "plain", reaches=False)
            for plan in list_ending(membership, start, end)
        ),
        *(_look(article) for article in list_looks(membership, first, last)),
        *(
            Planned(at, GROUP_SPACE, _("comes out"), _("something of the group"), "", "plain")
            for at in times_of_group(membership, start, end)
        ),
        *(
            _entry(article, article.last_published_at, _("came out"), "qing", past=True)
            for article in list_published(membership, start, end)
        ),
    ]


def _entry(
    article: Article, at: datetime, kind: str, tone: str, *, reaches: bool = True, past: bool = False
) -> Planned:
    href = reverse("newsroom_desk:release", args=[article.pk])
    return Planned(at, article.space_id, kind, article.title, href, tone, reaches=reaches, past=past)


def _look(article: Article) -> Planned:
    day: date = article.review_on or timezone.localtime(clock.now()).date()  # list_looks returns only those with a day
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    href = f"{reverse('newsroom_desk:release', args=[article.pk])}#look"
    return Planned(noon, article.space_id, _("still right?"), article.title, href, "jin", reaches=False, whole_day=True)
