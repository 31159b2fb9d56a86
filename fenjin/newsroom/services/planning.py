"""What the clock does: planned versions come out, articles end, and people say that one is still right."""

import logging
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, Scope, every_space, use_scope
from fenjin.newsroom.access import KIND, may_see_record
from fenjin.newsroom.models import Article
from fenjin.newsroom.services.publishing import after_withdrawing, publish_revision, raise_editions, shown_version
from fenjin.newsroom.services.record import Act, enter

log = logging.getLogger(__name__)


class NotPlanned(Refusal):
    """The plan was carried out or dropped meanwhile."""

    code = "not_planned"
    sentence = _("Nothing is planned here any more.")


class DayHasPassed(Refusal):
    """The next look would lie in the past."""

    code = "day_has_passed"
    status = 422
    sentence = _("Choose a day to come.")


def keep_times() -> int:
    """Bring out what is due and end what is over; return how many articles changed. Safe to run twice.

    Each article is a transaction of its own, in the scope of its own space: one that fails stops no other.
    """
    now = clock.now()
    with every_space(Reason.JOB):
        kind = ContentType.objects.get_for_model(Article)
        due = Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now).order_by("approved_go_live_at")
        planned = [(int(article), pk) for pk, article in due.values_list("pk", "object_id")]
        rows = Article.objects.filter(pk__in={article for article, _revision in planned})
        spaces = dict(rows.values_list("pk", "space"))
        over = list(Article.objects.filter(live=True, expire_at__lte=now).values_list("pk", "space"))
    done = sum(_bring_out(article, spaces[article], revision) for article, revision in planned if article in spaces)
    return done + sum(_end(article, space) for article, space in over)


def _bring_out(article_id: int, space_id: int, revision_id: int) -> bool:
    with use_scope(Scope.of_space(space_id)):
        try:
            return _publish_planned(article_id, revision_id)
        except Refusal as refusal:
            log.warning("planned version %s of article %s stays in: %s", revision_id, article_id, refusal.code)
            _give_up(article_id, revision_id, str(refusal))
            return False


@transaction.atomic
def _publish_planned(article_id: int, revision_id: int) -> bool:
    article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    revision = article.revisions.filter(pk=revision_id, approved_go_live_at__lte=clock.now()).first()
    if revision is None:
        return False
    revision.content["go_live_at"] = None  # its time has come; only in memory, the version stays as it was judged
    publish_revision(actor=None, article=article, revision=revision)
    return True


@transaction.atomic
def _give_up(article_id: int, revision_id: int, why: str) -> None:
    """Take a version off the plan that cannot come out, and say why in the record."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    article.revisions.filter(pk=revision_id).update(approved_go_live_at=None)
    article.releases.filter(state="approved").update(state="cancelled", closed_at=clock.now())
    enter(actor=None, article=article, act=Act.UNSCHEDULED, words=why, revision=revision_id)


def _end(article_id: int, space_id: int) -> bool:
    with use_scope(Scope.of_space(space_id)), transaction.atomic():
        rows = Article.objects.select_for_update(of=("self",))
        article = rows.filter(pk=article_id, live=True, expire_at__lte=clock.now()).first()
        if article is None:
            return False
        before = shown_version(article_id)
        article.unpublish(set_expired=True, log_action=False)
        after_withdrawing(actor=None, article=article, before=before, act=Act.EXPIRED)
    return True


@transaction.atomic
def drop_plan(*, actor: Any, article: Article) -> None:
    """Take the planned version of an article off the plan; it stays as a draft. Raises NotPlanned."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    planned = article.revisions.filter(approved_go_live_at__isnull=False).first()
    if planned is None:
        raise NotPlanned
    article.revisions.update(approved_go_live_at=None)
    article.releases.filter(state="approved").update(state="cancelled", closed_at=clock.now())
    enter(actor=actor, article=article, act=Act.UNSCHEDULED, revision=planned.pk)
    _note(actor, article, "newsroom.plan_drop", {"revision": planned.pk})


@transaction.atomic
def say_still_right(*, actor: Any, article: Article, next_look: date | None) -> None:
    """Keep that somebody has found an article still right, and its next day. Raises NotFound, DayHasPassed."""
    if not may_see_record(actor.membership, article):
        raise NotFound
    if next_look is not None and next_look <= timezone.localtime(clock.now()).date():
        raise DayHasPassed
    Article.objects.filter(pk=article.pk).update(review_on=next_look)
    raise_editions({article.space_id})  # who is reminded has changed
    enter(actor=actor, article=article, act=Act.CHECKED, revision=article.live_revision_id)
    _note(actor, article, "newsroom.check", {"next": next_look.isoformat() if next_look else None})


def _note(actor: Any, article: Article, act: str, details: dict[str, Any]) -> None:
    record(actor=actor, act=act, target=(KIND, article.pk), space_id=article.space_id, details=details)
