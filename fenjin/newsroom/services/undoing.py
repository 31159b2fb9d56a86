"""Ten minutes in which a publication or a withdrawal can be taken back."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.newsroom.access import KIND
from fenjin.newsroom.models import Article, Correction, ReleaseEntry
from fenjin.newsroom.services.publishing import index_article, raise_editions
from fenjin.newsroom.services.record import Act, enter
from fenjin.search.services import remove_entry
from fenjin.spaces.access import spaces_with_permission

UNDO_MINUTES: Final = 10
CHANGES: Final = (Act.PUBLISHED, Act.WITHDRAWN, Act.EXPIRED, Act.UNDONE)


class TooLate(Refusal):
    """The ten minutes are over, or something has happened since."""

    code = "too_late"
    sentence = _("This can no longer be undone: ten minutes have passed, or something has happened since.")


def undoable(article: Article) -> ReleaseEntry | None:
    """Return the publication or withdrawal of an article that can still be taken back, or None."""
    last: ReleaseEntry | None = (
        ReleaseEntry.objects.filter(article=article, act__in=CHANGES).order_by("-at", "-pk").first()
    )
    if last is None or last.act not in (Act.PUBLISHED, Act.WITHDRAWN):
        return None
    return last if clock.now() - last.at <= timedelta(minutes=UNDO_MINUTES) else None


@transaction.atomic
def undo(*, actor: Any, article: Article, entry_id: int) -> Article:
    """Take the last publication or withdrawal back: readers see again what they saw before it.

    What readers were told about a correction goes with it. Raises NotFound, TooLate.
    """
    locked: Article | None = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if locked is None or locked.space_id not in spaces_with_permission(actor, "newsroom.publish_article"):
        raise NotFound
    last = undoable(locked)
    if last is None or last.pk != entry_id:
        raise TooLate
    if last.act == Act.PUBLISHED:
        Correction.objects.filter(
            article=locked, revision=last.revision, at__gte=last.at - timedelta(seconds=5)
        ).delete()
    if last.before is None:
        locked.unpublish(user=actor, log_action=False)
        remove_entry(kind=KIND, object_id=locked.pk)
    else:
        version = locked.revisions.get(pk=last.before)
        version.content["go_live_at"] = None
        version.publish(user=actor, log_action=False, skip_permission_checks=True)
        locked = Article.objects.select_related("cover", "space").get(pk=locked.pk)
        index_article(locked)
    raise_editions({locked.space_id})
    enter(actor=actor, article=locked, act=Act.UNDONE, words=last.act, revision=last.before, before=last.revision)
    details = {"undone": last.act, "revision": last.before}
    record(actor=actor, act="newsroom.undo", target=(KIND, locked.pk), space_id=locked.space_id, details=details)
    return locked
