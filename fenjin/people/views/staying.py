"""Staying signed in at work: how long it still holds, and forms that came too late."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.staff import STAFF_BEFORE_THE_GATE, is_strong
from fenjin.people import services
from fenjin.people.models import Session
from fenjin.people.selectors.kept_forms import get_kept_form
from fenjin.people.services.kept_forms import keep_form
from fenjin.people.views.kept_words import words_of

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@needs(STAFF_BEFORE_THE_GATE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """How many seconds the studio stays open; a POST extends it, as any use of the studio does."""
    row: Session = request.session.row  # type: ignore[attr-defined]
    strong = is_strong(request)
    if request.method == "POST" and strong:
        services.note_staff_use(row)
    idle, whole = _left(row) if strong else (0, 0)
    return JsonResponse({"seconds": min(idle, whole), "can_extend": strong and whole > idle})


def _left(row: Session) -> tuple[int, int]:
    """Return the seconds until the session is idle for too long, and until the factor is too old."""
    now = clock.now()
    given = row.strong_at or now - timedelta(seconds=settings.STRONG_SESSION_SECONDS)
    seen = max(row.staff_seen_at or given, given)
    ends = (
        seen + timedelta(seconds=settings.STAFF_IDLE_SECONDS),
        given + timedelta(seconds=settings.STRONG_SESSION_SECONDS),
    )
    idle, whole = (max(0, int((end - now).total_seconds())) for end in ends)
    return idle, whole


@needs(STAFF_BEFORE_THE_GATE)
@never_cache
@require_GET
def kept(request: HttpRequest, kept_id: int) -> HttpResponse:
    """What was sent while the studio was shut: shown once more, and sent on by a press."""
    row: Any = request.session.row  # type: ignore[attr-defined]
    form = get_kept_form(row, kept_id)
    if not is_strong(request):
        return HttpResponseRedirect(f"{reverse('people:confirm_identity')}?{urlencode({'next': request.path})}")
    return render(request, "people/kept_form.html", {"kept": form, "shown": words_of(form.path, form.fields)})


def keep_for_later(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that was sent to the studio after it had shut, and ask for the factor; None for what is no form."""
    row = getattr(request.session, "row", None)
    a_page = "text/html" in request.headers.get("Accept", "") and not getattr(request, "htmx", False)
    script = request.headers.get("X-Requested-With") or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    if row is None or script or not a_page or request.method != "POST" or request.content_type not in FORMS:
        return None
    form = keep_form(session=row, path=request.get_full_path(), fields=request.POST, lost_files=bool(request.FILES))
    if form is None:
        return None
    goal = reverse("people:kept", args=[form.pk])
    return HttpResponseRedirect(f"{reverse('people:confirm_identity')}?{urlencode({'next': goal})}")
