"""The release of one article: the way, the record with names, and everything that can be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.newsroom.access import NEWSROOM, may_take
from fenjin.newsroom.advice import secrecy
from fenjin.newsroom.forms.release import JudgeForm, SendForm, StillRightForm
from fenjin.newsroom.models import Article, Release
from fenjin.newsroom.page.comparing import compare
from fenjin.newsroom.selectors import releases
from fenjin.newsroom.selectors.rules import way_for
from fenjin.newsroom.services import planning, undoing
from fenjin.newsroom.services import release as services
from fenjin.people.selectors.persons import search_people
from fenjin.spaces.access import membership_of, spaces_with_permission


@needs(NEWSROOM)
@require_safe
def release(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show where an article stands."""
    article = releases.get_article_on_record(membership_of(request), article_id)
    return render(request, "newsroom/desk/release.html", _page(request, article))


def _page(request: HttpRequest, article: Article, form: JudgeForm | None = None) -> dict[str, Any]:
    membership, newest = membership_of(request), releases.newest_release(article)
    steps = releases.steps_of(newest) if newest else []
    current = next((step for step in steps if step.current), None)
    mine = bool(newest and current and may_take(membership, current, releases.hands_of(newest, article)))
    rule, version = way_for(request.user, article.space_id), article.get_latest_revision_as_object()
    publishes = article.space_id in spaces_with_permission(request.user, "newsroom.publish_article")
    judged = releases.version_of(newest) if mine and newest else version
    newer = bool(newest and newest.state == Release.State.OPEN and newest.revision != article.latest_revision_id)
    return {
        "article": article,
        "title": version.title,
        "newest": newest,
        "steps": steps,
        "current": current,
        "mine": mine,
        "form": form or JudgeForm(initial={"version": newest.revision if newest else 0}),
        "send_form": SendForm(),
        "rule": rule,
        "may_send": bool(rule.steps) and _is_new(article, newest),
        "newer": newer,
        "findings": secrecy.find_in(judged),
        "entries": releases.entries_of(article),
        "undoable": undoing.undoable(article) if publishes else None,
        "planned": article.scheduled_revision,
        "publishes": publishes,
        "comes_out": judged.go_live_at if judged.go_live_at and judged.go_live_at > clock.now() else None,
        "last": bool(current and steps and current.number == steps[-1].number),
        "look_form": StillRightForm(initial={"next_look": article.review_on}),
        "link_over": bool(current and current.expires_at and current.expires_at <= clock.now()),
        "asks_again": bool(newest and newest.started_by_id == request.user.pk),
        "link": request.build_absolute_uri(reverse("newsroom:review", args=[current.uid]))
        if current and current.person_id
        else "",
    }


def _is_new(article: Article, newest: Release | None) -> bool:
    """Tell whether the newest version is neither public nor on its way."""
    if article.latest_revision_id in (None, article.live_revision_id):
        return False
    return not (newest and newest.state in releases.RUNNING and newest.revision == article.latest_revision_id)


def _back(article_id: int) -> HttpResponse:
    return redirect("newsroom_desk:release", article_id=article_id)


def _act(request: HttpRequest, article_id: int, act: Callable[[Article], Any], done: str) -> HttpResponse:
    """Do one thing to an article on record, say so, and show its page; a refusal is said there too."""
    article = releases.get_article_on_record(membership_of(request), article_id)
    try:
        act(article)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(article_id)


@needs(NEWSROOM)
@require_safe
def release_compare(request: HttpRequest, article_id: int, before: int, after: int) -> HttpResponse:
    """Show what changed between two versions of an article."""
    article = releases.get_article_on_record(membership_of(request), article_id)
    old, new = releases.get_versions(article, before, after)
    context = {"article": article, "old": old, "new": new, "after": new.as_object()}
    context["parts"] = compare(old.as_object(), context["after"])
    return render(request, "newsroom/desk/compare.html", context)


@needs(NEWSROOM)
@require_POST
def release_send(request: HttpRequest, article_id: int) -> HttpResponse:
    """Send the newest version for review."""
    form = SendForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    note = form.cleaned_data["note"]
    return _act(
        request,
        article_id,
        lambda article: services.send_for_review(actor=request.user, article=article, note=note),
        _("Sent for review."),
    )


@needs(NEWSROOM)
@require_POST
def release_judge(request: HttpRequest, step_id: int) -> HttpResponse:
    """Take the current step."""
    step = releases.get_step(membership_of(request), step_id)
    form = JudgeForm(request.POST)
    article_id = step.release.article_id
    if not form.is_valid():
        raise BadRequest
    try:
        services.judge(
            actor=request.user,
            step=step,
            verdict=form.cleaned_data["verdict"],
            words=form.cleaned_data["words"],
            checked=form.cleaned_data["checked"],
            number=form.cleaned_data["version"],
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
        article = releases.get_article_on_record(membership_of(request), article_id)
        return render(request, "newsroom/desk/release.html", _page(request, article, form), status=refusal.status)
    messages.success(request, _("Kept, with your name and the time."))
    return _back(article_id)


@needs(NEWSROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def release_hand(request: HttpRequest, step_id: int) -> HttpResponse:
    """Choose somebody outside the studio for the current step."""
    step = releases.get_step(membership_of(request), step_id)
    if request.method == "POST":
        person = request.POST.get("person", "")
        if not person.isascii() or not person.isdigit() or len(person) > 18:
            raise BadRequest
        return _act(
            request,
            step.release.article_id,
            lambda article: services.hand_step(actor=request.user, step=step, person_id=int(person)),
            _("Asked. It stands on their home page; you can also send them the address below."),
        )
    text = request.GET.get("q", "")
    found = search_people(text=text, size=20) if text.strip() else None
    return render(request, "newsroom/desk/hand.html", {"step": step, "text": text, "found": found})


@needs(NEWSROOM)
@require_POST
def release_stop(request: HttpRequest, article_id: int) -> HttpResponse:
    """Take the article back out of review."""

    def stop(article: Article) -> None:
        running = releases.of_article(article)
        if running is None:
            raise services.StepTaken
        services.take_back(actor=request.user, release=running)

    return _act(request, article_id, stop, _("Taken back. You can change it and send it again."))


@needs(NEWSROOM)
@require_POST
def release_undo(request: HttpRequest, article_id: int, entry_id: int) -> HttpResponse:
    """Undo the last publication or withdrawal."""
    return _act(
        request,
        article_id,
        lambda article: undoing.undo(actor=request.user, article=article, entry_id=entry_id),
        _("Undone. Readers see what they saw before."),
    )


@needs(NEWSROOM)
@require_POST
def release_unplan(request: HttpRequest, article_id: int) -> HttpResponse:
    """Take the planned version off the plan."""
    return _act(
        request,
        article_id,
        lambda article: planning.drop_plan(actor=request.user, article=article),
        _("It will not come out by itself. The text is kept as a draft."),
    )


@needs(NEWSROOM)
@require_POST
def release_look(request: HttpRequest, article_id: int) -> HttpResponse:
    """Say that the article is still right, and when to look at it next."""
    form = StillRightForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    day = form.cleaned_data["next_look"]
    return _act(
        request,
        article_id,
        lambda article: planning.say_still_right(actor=request.user, article=article, next_look=day),
        _("Kept: you found it still right."),
    )
