"""Writes: an article is published, withdrawn or removed; what follows from it is done here, in one transaction."""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.media.selectors import pictures_by_id
from fenjin.media.selectors.files import files_by_id
from fenjin.newsroom.access import KIND
from fenjin.newsroom.blocks import file_ids, picture_ids
from fenjin.newsroom.models import Article, Correction, FileUse, PictureUse, Release
from fenjin.newsroom.page.article import text_of
from fenjin.newsroom.selectors.articles import UNFINISHED
from fenjin.newsroom.services.conditions import require_name, require_release
from fenjin.newsroom.services.record import Act, enter
from fenjin.search.services import index_entry, remove_entry

# In the order of their ids, so that two who raise several never wait for each other.
_RAISE: Final = """
INSERT INTO newsroom_edition (uid, created_at, space_id, number)
SELECT gen_random_uuid(), now(), space_id, 1 FROM unnest(%s::bigint[]) AS space_id ORDER BY space_id
ON CONFLICT (space_id) DO UPDATE SET number = newsroom_edition.number + 1
"""


class ForeignPicture(Refusal):
    """The body or the cover names a picture that is not of this space or of the group."""

    code = "foreign_picture"
    status = 422
    sentence = _("A picture in this article is not there, was withdrawn, or belongs to another sub-platform.")


class ForeignFile(Refusal):
    """The body names a document or a recording that is not of this space or of the group."""

    code = "foreign_file"
    status = 422
    sentence = _("A file in this article is not there, was withdrawn, or belongs to another sub-platform.")


class WasPublished(Refusal):
    """What people have read stays on record."""

    code = "was_published"
    sentence = _("This article was published, so it cannot be deleted. Withdraw it instead: then nobody can open it.")


@transaction.atomic
def publish_article(*, actor: Any, article: Article, readers: str = "", secrecy_checked: bool = False) -> Article:
    """Publish the article as it stands in `article` and return it; with a time to come it is planned.

    Raises ForeignPicture, ReleaseNeeded, SecrecyNeeded, NameNotYours.
    """
    if readers:
        article.readers = readers
    article.full_clean()
    revision = article.save_revision(user=actor, log_action=False)
    return publish_revision(actor=actor, article=article, revision=revision, secrecy_checked=secrecy_checked)


@transaction.atomic
def publish_revision(*, actor: Any, article: Article, revision: Any, secrecy_checked: bool = False) -> Article:
    """Publish (or plan) one version of an article and return it as it stands then; raises as publish_article."""
    before = shown_version(article.pk)
    revision.publish(user=actor, log_action=bool(actor), skip_permission_checks=True)
    settle_publication(
        actor=actor, article=article, revision_id=revision.pk, before=before, secrecy_checked=secrecy_checked
    )
    article.refresh_from_db()
    return article


def shown_version(article_id: int) -> int | None:
    """Return the version that readers see now; None for a draft or something withdrawn."""
    found: int | None = (
        Article.objects.filter(pk=article_id, live=True).values_list("live_revision_id", flat=True).first()
    )
    return found


@transaction.atomic
def settle_publication(
    *, actor: Any, article: Article, revision_id: int, before: int | None = None, secrecy_checked: bool = False
) -> None:
    """Do what belongs to a press of "publish": the rule of the space, then plan or publication. Raises as those do."""
    fresh = Article.objects.select_related("cover", "space", "in_name_of").get(pk=article.pk)
    require_release(actor=actor, article=fresh, revision_id=revision_id, secrecy_checked=secrecy_checked)
    require_name(actor=actor, article=fresh, revision_id=revision_id)
    planned = fresh.revisions.filter(pk=revision_id, approved_go_live_at__isnull=False).first()
    if secrecy_checked:
        enter(actor=actor, article=fresh, act=Act.SECRECY, revision=revision_id)
    if planned is None:
        after_publishing(actor=actor, article=fresh, before=before)
        return
    words = f"{timezone.localtime(planned.approved_go_live_at):%Y-%m-%d %H:%M}"
    enter(actor=actor, article=fresh, act=Act.SCHEDULED, words=words, revision=revision_id, before=before)
    details = {"revision": revision_id, "at": planned.approved_go_live_at.isoformat()}
    record(actor=actor, act="newsroom.schedule", target=(KIND, fresh.pk), space_id=fresh.space_id, details=details)


@transaction.atomic
def after_publishing(*, actor: Any, article: Article, before: int | None = None) -> None:
    """Do what belongs to a publication: pictures of the own space, search, record, audit. Raises ForeignPicture."""
    _keep_picture_uses(article)
    _keep_file_uses(article)
    _tell_correction(article)
    index_article(article)
    raise_editions({article.space_id})
    Release.objects.filter(article=article, revision=article.live_revision_id, state=Release.State.APPROVED).update(
        state=Release.State.PUBLISHED, closed_at=clock.now()
    )
    leader = article.in_name_of
    words = str(_("In the name of %(name)s") % {"name": leader.name}) if leader is not None else ""
    enter(
        actor=actor, article=article, act=Act.PUBLISHED, words=words, revision=article.live_revision_id, before=before
    )
    details: dict[str, Any] = {"readers": article.readers, "revision": article.live_revision_id}
    if leader is not None:
        details["in_name_of"] = article.in_name_of_id
    record(actor=actor, act="newsroom.publish", target=(KIND, article.pk), space_id=article.space_id, details=details)


def _tell_correction(article: Article) -> None:
    """Put what is said about this change under the text for good; a first publication has nothing to correct."""
    if not article.correction:
        return
    if article.first_published_at != article.last_published_at:
        Correction._base_manager.create(
            space_id=article.space_id,
            article=article,
            words=article.correction,
            words_en=article.correction_en,
            revision=article.live_revision_id,
            at=clock.now(),
        )
    Article.objects.filter(pk=article.pk).update(correction="", correction_en="")


def raise_editions(spaces: Collection[int]) -> None:
    """Note that what these spaces publish has changed: shared pages are drawn anew, within two seconds."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [sorted(spaces)])


def renew_pages_with(picture_id: int) -> None:
    """Have the shared pages drawn anew that may show a picture; media asks for it by its register."""
    with every_space(Reason.JOB):
        uses = PictureUse.objects.filter(picture=picture_id)
        spaces = set(uses.values_list("space", flat=True))
    raise_editions(spaces)


def _keep_picture_uses(article: Article) -> None:
    wanted = picture_ids(article.body) | picture_ids(article.body_en)
    if article.cover_id:
        wanted.add(article.cover_id)
    found = pictures_by_id(wanted)
    if set(found) != wanted or any(picture.space_id not in (article.space_id, 1) for picture in found.values()):
        raise ForeignPicture
    uses = [
        PictureUse(space_id=article.space_id, article=article, picture=picture, picture_space=picture.space_id)
        for picture in found.values()
    ]
    PictureUse.objects.bulk_create(uses, ignore_conflicts=True)


def _keep_file_uses(article: Article) -> None:
    wanted = file_ids(article.body) | file_ids(article.body_en)
    if not wanted:
        return
    found = files_by_id(wanted)
    if set(found) != wanted or any(file.space_id not in (article.space_id, 1) for file in found.values()):
        raise ForeignFile
    uses = [
        FileUse(space_id=article.space_id, article=article, file=file, file_space=file.space_id)
        for file in found.values()
    ]
    FileUse.objects.bulk_create(uses, ignore_conflicts=True)


def index_article(article: Article) -> None:
    """Put a published article where the search finds it."""
    index_entry(
        space_id=article.space_id,
        kind=KIND,
        object_id=article.pk,
        title=article.title,
        lead=article.lead,
        text=text_of(article),
        more=" ".join([article.title_en, article.lead_en, *article.tags]),
        url=reverse("newsroom:article", kwargs={"pk": article.pk}),
        published_at=article.first_published_at,
        recipients_only=article.readers == Article.Readers.RECIPIENTS,
    )


@transaction.atomic
def withdraw_article(*, actor: Any, article: Article) -> None:
    """Make a published article a draft again: page, lists and search answer as if it were not there."""
    before = shown_version(article.pk)
    article.unpublish(user=actor, log_action=bool(actor))
    after_withdrawing(actor=actor, article=article, before=before)


@transaction.atomic
def after_withdrawing(
    *, actor: Any, article: Article, before: int | None = None, act: str = Act.WITHDRAWN, words: str = ""
) -> None:
    """Do what belongs to a withdrawal (or to the end of an article's time): search, record and audit."""
    remove_entry(kind=KIND, object_id=article.pk)
    raise_editions({article.space_id})
    # What was approved for a time to come does not come out any more.
    Release.objects.filter(article=article, state=Release.State.APPROVED).update(
        state=Release.State.CANCELLED, closed_at=clock.now()
    )
    enter(actor=actor, article=article, act=act, words=words, revision=before, before=before)
    record(actor=actor, act="newsroom.withdraw", target=(KIND, article.pk), space_id=article.space_id)


@transaction.atomic
def delete_article(*, actor: Any, article: Article) -> None:
    """Delete a draft that was never published. Raises WasPublished."""
    if article.first_published_at is not None:
        raise WasPublished
    record(actor=actor, act="newsroom.delete_draft", target=(KIND, article.pk), space_id=article.space_id)
    article.delete()


def pass_on_drafts(*, person_id: int, space_id: int, to: Any, actor: Any) -> int:
    """Make `to` the author of what somebody left unfinished in a space; return how many articles there were.

    The newest version is written anew under the new author: it is what the editor opens next.
    """
    with every_space(Reason.OFFICE), transaction.atomic():
        rows = Article.objects.select_for_update(of=("self",)).filter(author__person=person_id, space=space_id)
        articles = list(rows.filter(UNFINISHED).order_by("pk"))
        for article in articles:
            if article.latest_revision_id:
                newest = article.get_latest_revision_as_object()
                newest.author = to
                newest.save_revision(user=actor, log_action=False, clean=False)
            Article.objects.filter(pk=article.pk).update(author=to)
    return len(articles)


def reindex_articles() -> int:
    """Write the search entries of all published articles anew and return how many there are."""
    count = 0
    for article in Article.objects.filter(live=True).iterator(chunk_size=200):
        index_article(article)
        count += 1
    return count
