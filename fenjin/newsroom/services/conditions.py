"""What must be true before a version comes before readers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal
from fenjin.newsroom.models import Article, Release, ReleaseEntry, ReleaseStep
from fenjin.newsroom.selectors.names import standing_words
from fenjin.newsroom.selectors.rules import rule_of
from fenjin.newsroom.services.record import Act


class ReleaseNeeded(Refusal):
    """The rule of the space asks for steps that this version has not gone through."""

    code = "release_needed"
    sentence = _("Here an article is read by others before everybody reads it. Send it for review.")


class SecrecyNeeded(Refusal):
    """Nobody has said that the text holds nothing secret."""

    code = "secrecy_needed"
    status = 422
    sentence = _("Read it once more and tick that it holds nothing secret; then publish.")


class NameNotYours(Refusal):
    """An article in somebody's name, without that person's word."""

    code = "name_not_yours"
    status = 422
    sentence = _("This person has not agreed that you publish in their name. Ask them first.")


def require_release(*, actor: Any, article: Article, revision_id: int, secrecy_checked: bool) -> None:
    """Refuse a version that has not gone through the steps of its space. Raises ReleaseNeeded, SecrecyNeeded.

    What readers have seen once may come up again without.
    """
    rule = rule_of(article.space_id)
    through = Release.objects.filter(
        article=article, revision=revision_id, state__in=(Release.State.APPROVED, Release.State.PUBLISHED)
    )
    stood_before = ReleaseEntry.objects.filter(article=article, revision=revision_id, act=Act.PUBLISHED)
    if rule.steps and not through.exists() and not stood_before.exists():
        raise ReleaseNeeded
    if rule.secrecy and not rule.steps and actor is not None and not secrecy_checked and not stood_before.exists():
        raise SecrecyNeeded


def require_name(*, actor: Any, article: Article, revision_id: int) -> None:
    """Refuse a leader's name that nobody gave; the leader's own press, step or standing word will do.

    What was planned (`actor=None`) comes out by the word of who planned it, as it stands now. Raises NameNotYours.
    """
    if article.in_name_of_id is None:
        return
    presser = actor.person_id if actor is not None else _planner(article, revision_id)
    if presser == article.in_name_of_id:
        return
    steps = ReleaseStep.objects.filter(
        release__article=article,
        release__revision=revision_id,
        person=article.in_name_of_id,
        verdict=ReleaseStep.Verdict.APPROVED,
    )
    assistants = {presser, article.author.person_id if article.author else None}
    if not steps.exists() and not standing_words(article.space_id, article.in_name_of_id, assistants).exists():
        raise NameNotYours


def _planner(article: Article, revision_id: int) -> int | None:
    """Return the person who planned a version last."""
    planned = ReleaseEntry.objects.filter(article=article, revision=revision_id, act=Act.SCHEDULED)
    found: int | None = planned.order_by("-at", "-pk").values_list("account__person", flat=True).first()
    return found
