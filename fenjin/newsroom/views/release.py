"""Phone pages for people who judge an article outside the studio, and for those in whose name others publish."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar, Row
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Scope, use_scope
from fenjin.kit.wording import exact_time, friendly_date, friendly_time
from fenjin.newsroom.advice import secrecy
from fenjin.newsroom.forms.release import JudgeForm
from fenjin.newsroom.models import Release, ReleaseStep
from fenjin.newsroom.page.article import page_of
from fenjin.newsroom.selectors.names import delegation_of_leader, words_of_leader
from fenjin.newsroom.selectors.releases import get_step_by_link, is_open, links_of, version_of
from fenjin.newsroom.services.names import agree_to_name, end_name_as_leader
from fenjin.newsroom.services.release import judge
from fenjin.spaces.access import EMPLOYEE, membership_of


@needs(EMPLOYEE)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """List what waits for the reader's judgement, and who publishes in the reader's name."""
    person = membership_of(request).person_id or 0
    waiting = [
        Row(
            title=step.release.article.title,
            href=reverse("newsroom:review", args=[step.uid]),
            icon="edit",
            tone="zhu",
            notes=(step.release.space.name, friendly_time(step.release.started_at)),
        )
        for step in links_of(person)
    ]
    names = [
        Row(
            title=held.assistant.name,
            href=reverse("newsroom:name", args=[held.uid]),
            note=_("asks to publish in your name") if held.agreed_at is None else _("publishes in your name"),
            value=held.space.name,
            icon="people",
            tone="lan",
        )
        for held in words_of_leader(person)
    ]
    flow = FlowBar(_("To judge"), reverse("shell:home"), closes=False)
    return render(request, "newsroom/reviews.html", {"flow": flow, "waiting": waiting, "names": names})


@needs(EMPLOYEE)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the version that one person was asked to judge, and take the verdict; for anybody else it is a 404."""
    step = get_step_by_link(membership_of(request).person_id, uid)
    # The person may be of another space; this address lets them see this one article and nothing else.
    with use_scope(Scope.of_space(step.space_id)):
        form = JudgeForm(request.POST or None, initial={"version": step.release.revision})
        if request.method == "POST" and form.is_valid():
            try:
                _judge(request, step, form)
            except Refusal as refusal:
                form.add_error("words" if refusal.code == "words_needed" else None, str(refusal))
            else:
                return redirect("newsroom:review", uid=uid)
        status = 422 if form.is_bound else 200
        return render(request, "newsroom/review.html", _review_page(request, step, form), status=status)


def _judge(request: HttpRequest, step: ReleaseStep, form: JudgeForm) -> None:
    if not is_open(step) and not step.verdict:
        raise NotFound
    judge(
        actor=request.user,
        step=step,
        verdict=form.cleaned_data["verdict"],
        words=form.cleaned_data["words"],
        checked=form.cleaned_data["checked"],
        number=form.cleaned_data["version"],
    )


def _review_page(request: HttpRequest, step: ReleaseStep, form: JudgeForm) -> dict[str, Any]:
    version = version_of(step.release)
    last = not step.release.steps.filter(number__gt=step.number).exists()
    planned = version.go_live_at
    return {
        "flow": FlowBar(_("To judge"), reverse("newsroom:reviews")),
        "step": step,
        "open": is_open(step),
        "form": form,
        "page": page_of(version, language=request.LANGUAGE_CODE),
        "findings": secrecy.find_in(version),
        "asks_secrecy": last and step.release.secrecy,
        "sender": step.release.started_by.get_full_name() if step.release.started_by else "",
        "sent": exact_time(step.release.started_at),
        "what_follows": _what_followed(step.release, planned) if step.verdict else _what_follows(last, planned),
    }


def _what_followed(release: Release, planned: Any) -> str:
    if release.state == Release.State.PUBLISHED:
        return _("It is published.")
    if release.state == Release.State.APPROVED and planned:
        return _("It comes out on %(time)s.") % {"time": exact_time(planned)}
    return ""


def _what_follows(last: bool, planned: Any) -> str:
    if not last:
        return _("When you approve, it goes to the next one who reads it.")
    if planned:
        return _("When you approve, it comes out on %(time)s.") % {"time": exact_time(planned)}
    return _("When you approve, it is published at once.")


@needs(EMPLOYEE)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask a leader whether an assistant may publish in their name; agree, refuse, end."""
    held = delegation_of_leader(membership_of(request).person_id, uid)
    if request.method == "POST":
        if "agree" in request.POST:
            agree_to_name(actor=request.user, uid=uid)
            return redirect("newsroom:name", uid=uid)
        end_name_as_leader(actor=request.user, uid=uid)
        return redirect("newsroom:reviews")
    until = friendly_date(held.ends_on, same_year=False)  # type: ignore[arg-type]
    flow = FlowBar(_("In my name"), reverse("newsroom:reviews"))
    return render(request, "newsroom/name.html", {"flow": flow, "held": held, "until": until})
