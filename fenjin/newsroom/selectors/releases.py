"""Reads of releases: what waits for whom, and the record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.access import TAKERS, WRITERS, may_see_record, may_take
from fenjin.newsroom.blocks import picture_ids
from fenjin.newsroom.models import Article, Release, ReleaseEntry, ReleaseStep
from fenjin.spaces.access import Membership

RUNNING = (Release.State.OPEN, Release.State.APPROVED)
THROUGH = (Release.State.APPROVED, Release.State.PUBLISHED)
RETURNED_FOR, THROUGH_FOR = timedelta(days=14), timedelta(days=1)


def of_article(article: Article) -> Release | None:
    """Return the release under way of an article, or None."""
    found: Release | None = Release.objects.filter(article=article, state=Release.State.OPEN).first()
    return found


def running_of(article: Article) -> Release | None:
    """Return the release of an article that is under way, or approved and waiting for its time."""
    found: Release | None = Release.objects.filter(article=article, state__in=RUNNING).first()
    return found


def is_planned(revision: Any) -> bool:
    """Tell whether a version is going to come out by itself."""
    return revision.approved_go_live_at is not None


def hands_of(release: Release, article: Article) -> frozenset[int]:
    """Return the accounts that wrote, sent or judged: where hands are kept apart they take no further step."""
    judged = release.steps.filter(decided_by__isnull=False).values_list("decided_by", flat=True)
    return frozenset(hand for hand in (*judged, article.author_id, release.started_by_id) if hand is not None)


def get_article_on_record(membership: Membership, article_id: int) -> Article:
    """Return an article whose release somebody in the studio may look at; raises NotFound."""
    rows = Article.objects.select_related("space", "author__person", "latest_revision", "live_revision", "in_name_of")
    article: Article | None = rows.filter(pk=article_id).first()
    if article is None or not may_see_record(membership, article):
        raise NotFound
    return article


def steps_of(release: Release) -> list[ReleaseStep]:
    """Return the steps of a release in their order, with those who took or may take them."""
    rows = ReleaseStep.objects.filter(release=release).select_related("person", "decided_by__person", "release")
    return list(listing(rows.order_by("number")))


def newest_release(article: Article) -> Release | None:
    """Return the release that was sent last, whatever became of it."""
    rows = Release.objects.filter(article=article).select_related("started_by__person", "article")
    found: Release | None = rows.order_by("-pk").first()
    return found


def entries_of(article: Article) -> list[ReleaseEntry]:
    """Return the record of an article, the newest line first."""
    return list(listing(ReleaseEntry.objects.filter(article=article).order_by("-at", "-pk")))


def get_versions(article: Article, before: int, after: int) -> tuple[Any, Any]:
    """Return two versions of an article (Wagtail's revisions); raises NotFound."""
    found = article.revisions.select_related("user__person").in_bulk([before, after])
    if before not in found or after not in found:
        raise NotFound
    return found[before], found[after]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A release in a list: what it is about, where it stands, and whether the one who looks may take the step."""

    release: Release
    step: ReleaseStep | None
    mine: bool


def list_waiting(membership: Membership) -> list[Waiting]:
    """Return every release under way in the spaces of a writer: what waits for them first, the oldest on top."""
    spaces = membership.spaces_with(*WRITERS)
    whole = membership.spaces_with("editor", "publisher")
    rows = Release.objects.filter(space__in=spaces, state=Release.State.OPEN).filter(
        Q(space__in=whole) | Q(article__author=membership.account_id)
    )
    rows = rows.select_related("article", "space", "started_by__person")
    rows = rows.defer("article__body", "article__body_en")
    found = list(listing(rows.order_by("started_at", "pk"))[:200])
    steps: dict[int, list[ReleaseStep]] = {}
    for step in listing(
        ReleaseStep.objects.filter(release__in=found).select_related("person", "decided_by__person", "release")
    ):
        steps.setdefault(step.release_id, []).append(step)
    waiting = [_waiting(membership, release, steps.get(release.pk, [])) for release in found]
    return sorted(waiting, key=lambda one: not one.mine)


def _waiting(membership: Membership, release: Release, steps: Collection[ReleaseStep]) -> Waiting:
    hands = {step.decided_by_id for step in steps} | {release.started_by_id, release.article.author_id}
    current = next((step for step in steps if step.current), None)
    mine = current is not None and may_take(membership, current, frozenset(hand for hand in hands if hand))
    return Waiting(release, current, mine)


def list_returned(membership: Membership) -> list[ReleaseStep]:
    """Return the steps that sent an article of the account back, where nothing was sent again since; newest first.

    Its own: what it sent, and what was handed over to it.
    """
    rows = ReleaseStep.objects.filter(
        Q(release__started_by=membership.account_id) | Q(release__article__author=membership.account_id),
        release__state=Release.State.RETURNED,
        verdict=ReleaseStep.Verdict.RETURNED,
    ).select_related("release__article", "decided_by__person")
    newest: dict[int, ReleaseStep] = {}
    for step in listing(rows.defer("release__article__body", "release__article__body_en").order_by("-decided_at")):
        newest.setdefault(step.release.article_id, step)
    sent = set(
        Release.objects.filter(article__in=newest).exclude(state=Release.State.RETURNED).values_list("article", "pk")
    )
    return [
        step
        for article, step in newest.items()
        if not any(other == article and pk > step.release_id for other, pk in sent)
    ][:20]


def get_step(membership: Membership, step_id: int) -> ReleaseStep:
    """Return a step of a release that somebody in the studio may look at; raises NotFound."""
    step: ReleaseStep | None = (
        ReleaseStep.objects.filter(pk=step_id).select_related("release__article", "person").first()
    )
    if step is None or not may_see_record(membership, step.release.article):
        raise NotFound
    return step


def get_step_by_link(person_id: int | None, uid: Any) -> ReleaseStep:
    """Return the step that a person was asked to take, at the address sent to them; raises NotFound.

    Only for this very person, in whatever space; a step that was taken or has lain too long is still shown,
    and says so.
    """
    with every_space(Reason.OWN_ROWS):
        rows = ReleaseStep.objects.select_related(
            "release__article__cover", "release__article__space", "release__started_by__person", "person"
        )
        step: ReleaseStep | None = rows.filter(uid=uid, person=person_id).first() if person_id else None
    if step is None:
        raise NotFound
    return step


def is_open(step: ReleaseStep) -> bool:
    """Tell whether a step at an address can still be taken."""
    in_time = step.expires_at is None or step.expires_at > clock.now()
    return step.current and step.release.state == Release.State.OPEN and in_time


def waiting_persons() -> dict[int, int]:
    """Return how many articles wait outside the studio for the judgement of each person; few people at any time."""
    with every_space(Reason.OWN_ROWS):
        rows = ReleaseStep.objects.filter(current=True, person__isnull=False, expires_at__gt=clock.now())
        found: dict[int, int] = {}
        for person in rows.values_list("person", flat=True):
            found[person] = found.get(person, 0) + 1
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of something that a person sent on its way: sent back and not sent again, or through just now."""

    article: Article
    step: ReleaseStep

    @property
    def returned(self) -> bool:
        """Tell whether it came back."""
        return bool(self.step.verdict == ReleaseStep.Verdict.RETURNED)


def told_persons() -> frozenset[int]:
    """Return the accounts that sent or wrote something that was decided lately; few at any time."""
    with every_space(Reason.OWN_ROWS):
        rows = ReleaseStep.objects.filter(decided_at__gt=clock.now() - RETURNED_FOR).exclude(verdict="")
        pairs = rows.values_list("release__started_by", "release__article__author")
        return frozenset(account for pair in pairs for account in pair if account)


def list_outcomes(membership: Membership) -> list[Outcome]:
    """Return what became of what the account sent on its way or wrote: what came back for two weeks, else for a day.

    Only the newest release of an article counts, and only where the account still writes.
    """
    spaces = membership.spaces_with(*WRITERS)
    with every_space(Reason.OWN_ROWS):
        mine = Q(release__started_by=membership.account_id) | Q(release__article__author=membership.account_id)
        rows = ReleaseStep.objects.filter(mine, space__in=spaces, decided_at__gt=clock.now() - RETURNED_FOR)
        rows = rows.filter(
            Q(release__state=Release.State.RETURNED, verdict=ReleaseStep.Verdict.RETURNED)
            | Q(release__state__in=THROUGH, decided_at__gt=clock.now() - THROUGH_FOR)
        )
        later = Release.objects.filter(article=OuterRef("release__article"), pk__gt=OuterRef("release"))
        rows = rows.exclude(Exists(later)).select_related("release__article").order_by("-decided_at", "-number")
        found: dict[int, ReleaseStep] = {}
        for step in listing(rows.defer("release__article__body", "release__article__body_en"))[:50]:
            found.setdefault(step.release.article_id, step)
    return [Outcome(step.release.article, step) for step in found.values()]


def links_of(person_id: int) -> list[ReleaseStep]:
    """Return the steps that wait for a person, the oldest first."""
    with every_space(Reason.OWN_ROWS):
        rows = ReleaseStep.objects.filter(person=person_id, current=True, expires_at__gt=clock.now())
        rows = rows.select_related("release__article", "release__space")
        return list(listing(rows.defer("release__article__body", "release__article__body_en").order_by("pk")))


def roles_that_take(role: str) -> tuple[str, ...]:
    """Return the roles whose holders may take a step of `role`."""
    return TAKERS.get(role, ())


def shows_picture_to_judge(membership: Membership, picture_id: int) -> bool:
    """Tell whether a version that this person judges, or has just judged, shows the picture."""
    if membership.person_id is None:
        return False
    with every_space(Reason.OWN_ROWS):
        rows = ReleaseStep.objects.filter(person=membership.person_id, expires_at__gt=clock.now())
        rows = rows.filter(Q(current=True) | ~Q(verdict=""))
        # One or two: Wagtail loads what it needs to read a version.
        versions = {step.release.article_id: step.release for step in rows.select_related("release__article")}
        return any(picture_id in _pictures_of(version_of(release)) for release in versions.values())


def _pictures_of(version: Article) -> set[int]:
    cover = {version.cover_id} if version.cover_id else set()
    return picture_ids(version.body) | picture_ids(version.body_en) | cover


def version_of(release: Release) -> Any:
    """Return the article as it stands in the version under release."""
    return release.article.revisions.get(pk=release.revision).as_object()
