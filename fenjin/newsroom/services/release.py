"""An article goes through its release: sent, judged step by step, published when the last hand approves."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.newsroom.access import KIND, may_see_record, may_take
from fenjin.newsroom.models import Article, Release, ReleaseStep
from fenjin.newsroom.selectors.releases import hands_of, is_planned, running_of
from fenjin.newsroom.selectors.rules import way_for
from fenjin.newsroom.services.digest import digest_of
from fenjin.newsroom.services.publishing import publish_revision, raise_editions
from fenjin.newsroom.services.record import Act, enter
from fenjin.people.access import has_left
from fenjin.people.selectors.persons import get_person_for_staff

State, Verdict = Release.State, ReleaseStep.Verdict
LINK_DAYS: Final = 7


class NothingToReview(Refusal):
    """The space asks for no steps, or this version is under review or public already."""

    code = "nothing_to_review"
    sentence = _("There is nothing to review: this version is under review or published already.")


class NotYourStep(Refusal):
    """Somebody else judges this step: whoever wrote, sent or judged before is out of it."""

    code = "not_your_step"
    status = 403
    sentence = _("This step is somebody else's: whoever wrote the text, or judged it before, does not judge it here.")


class StepTaken(Refusal):
    """The step was taken meanwhile, or the article was taken back."""

    code = "step_taken"
    sentence = _("This step has been taken, or the article was taken back. Nothing is left to do here.")


class WordsNeeded(Refusal):
    """Sent back without a reason."""

    code = "words_needed"
    status = 422
    sentence = _("Say in a few words what has to be changed; the author reads it.")


class NotChecked(Refusal):
    """The last hand has not said that the text holds nothing secret."""

    code = "not_checked"
    status = 422
    sentence = _("Tick that you have checked the text for secrets; then approve.")


class CannotJudge(Refusal):
    """The person has left, or is out of the step for another reason."""

    code = "cannot_judge"
    status = 422
    sentence = _("This person cannot judge this article. Choose somebody else.")


@transaction.atomic
def send_for_review(*, actor: Any, article: Article, note: str = "") -> Release:
    """Send the newest version of an article on its way and return the release.

    A release of an older version is taken back. Raises NotFound, NothingToReview.
    """
    if not may_see_record(actor.membership, article):
        raise NotFound
    article = _locked(article.pk)
    rule, newest = way_for(actor, article.space_id), article.latest_revision
    if not rule.steps or newest is None or newest.pk == article.live_revision_id:
        raise NothingToReview
    running = running_of(article)
    if running is not None and running.revision == newest.pk and (running.state == State.OPEN or is_planned(newest)):
        raise NothingToReview
    if running is not None:
        _close(running, State.CANCELLED)
        enter(actor=actor, article=article, act=Act.CANCELLED, revision=running.revision)
    release = Release.objects.create(
        space_id=article.space_id,
        article=article,
        revision=newest.pk,
        sha256=digest_of(newest.content),
        secrecy=rule.secrecy,
        apart=rule.apart,
        note=note.strip()[:300],
        started_by=actor,
        started_at=clock.now(),
    )
    ReleaseStep.objects.bulk_create(
        ReleaseStep(
            space_id=article.space_id,
            release=release,
            number=step.number,
            role=step.role,
            person_id=step.person_id,
            current=place == 0,
            expires_at=_end_of_link() if step.person_id else None,
        )
        for place, step in enumerate(rule.steps)
    )
    enter(actor=actor, article=article, act=Act.SENT, words=release.note, revision=newest.pk)
    _note(actor, article, "newsroom.review_send", release)
    return release


@transaction.atomic
def judge(
    *, actor: Any, step: ReleaseStep, verdict: str, words: str = "", checked: bool = False, number: int | None = None
) -> Release:
    """Take the current step: approve it, or send the article back with words; return the release.

    The last approval publishes the version, or plans it where it names a time to come. A repeated press by
    the same person with the same verdict changes nothing. `number` is the version that the judge has read.
    Raises NotYourStep, StepTaken, WordsNeeded, NotChecked, and what publishing raises.
    """
    article = _locked(step.release.article_id)
    step = ReleaseStep.objects.select_for_update(of=("self",)).select_related("release").get(pk=step.pk)
    release = step.release
    if step.verdict:
        if step.decided_by_id == actor.pk and step.verdict == verdict:
            return release
        raise StepTaken
    if release.state != State.OPEN or (number is not None and number != release.revision):
        raise StepTaken
    if not may_take(actor.membership, step, hands_of(release, article)):
        raise NotYourStep
    words = words.strip()[:300]
    later = release.steps.filter(number__gt=step.number).order_by("number").first()
    if verdict == Verdict.RETURNED and not words:
        raise WordsNeeded
    if verdict == Verdict.APPROVED and later is None and release.secrecy and not checked:
        raise NotChecked
    step.verdict, step.words, step.current = Verdict(verdict), words, False
    step.decided_by, step.decided_at = actor, clock.now()
    step.save(update_fields=["verdict", "words", "current", "decided_by", "decided_at"])
    enter(actor=actor, article=article, act=str(Verdict(verdict)), words=words, revision=release.revision)
    _note(actor, article, f"newsroom.review_{verdict}", release)
    if verdict == Verdict.RETURNED:
        _close(release, State.RETURNED)
    elif later is not None:
        _begin(later)
    else:
        _publish(actor, article, release, checked=checked)
    return release


def _publish(actor: Any, article: Article, release: Release, *, checked: bool) -> None:
    release.state = State.APPROVED
    release.save(update_fields=["state"])
    revision = article.revisions.get(pk=release.revision)
    publish_revision(actor=actor, article=article, revision=revision, secrecy_checked=checked)
    release.refresh_from_db()


@transaction.atomic
def take_back(*, actor: Any, release: Release) -> None:
    """Stop a release, so that the text can be changed; raises NotFound, StepTaken."""
    article = _locked(release.article_id)
    if not may_see_record(actor.membership, article):
        raise NotFound
    release = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if release.state != State.OPEN:
        raise StepTaken
    _close(release, State.CANCELLED)
    enter(actor=actor, article=article, act=Act.CANCELLED, revision=release.revision)
    _note(actor, article, "newsroom.review_stop", release)


@transaction.atomic
def hand_step(*, actor: Any, step: ReleaseStep, person_id: int) -> ReleaseStep:
    """Let somebody outside the studio take the current step, at an address that serves once; return the step.

    It is for those whose step it is; for a person who has not answered in time also for whoever sent the
    article. Raises NotFound, NotYourStep, StepTaken, CannotJudge.
    """
    article = _locked(step.release.article_id)
    step = ReleaseStep.objects.select_for_update(of=("self",)).select_related("release").get(pk=step.pk)
    if step.verdict or not step.current or step.release.state != State.OPEN:
        raise StepTaken
    again = step.person_id == person_id and step.release.started_by_id == actor.pk
    if not again and not may_take(actor.membership, step, hands_of(step.release, article)):
        raise NotYourStep
    person = step.person if again and step.person else get_person_for_staff(person_id)
    taken = hands_of(step.release, article)
    if has_left(person) or (step.release.apart and getattr(getattr(person, "account", None), "pk", None) in taken):
        raise CannotJudge
    step.person, step.role, step.expires_at = person, "", _end_of_link()
    step.save(update_fields=["person", "role", "expires_at"])
    raise_editions({article.space_id})
    details = {"release": step.release_id, "step": step.number, "person": person_id}
    record(
        actor=actor, act="newsroom.review_hand", target=(KIND, article.pk), space_id=article.space_id, details=details
    )
    return step


def _begin(step: ReleaseStep) -> None:
    step.current = True
    step.expires_at = _end_of_link() if step.person_id else None
    step.save(update_fields=["current", "expires_at"])


def _close(release: Release, state: str) -> None:
    release.steps.filter(current=True).update(current=False)
    release.state, release.closed_at = state, clock.now()
    release.save(update_fields=["state", "closed_at"])


def _end_of_link() -> Any:
    return clock.now() + timedelta(days=LINK_DAYS)


def _locked(article_id: int) -> Article:
    """Return the article with its row locked: whatever changes a release takes this lock first."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("latest_revision")
    found: Article | None = rows.filter(pk=article_id).first()
    if found is None:
        raise NotFound
    return found


def _note(actor: Any, article: Article, act: str, release: Release) -> None:
    raise_editions({article.space_id})  # who is asked for a word has changed
    details = {"release": release.pk, "revision": release.revision, "sha256": release.sha256}
    record(actor=actor, act=act, target=(KIND, article.pk), space_id=article.space_id, details=details)
