"""The privacy notice at the desk: what is in force, the draft, how phones will show it, publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.forms.notice import NoticeForm
from fenjin.people.selectors import notices
from fenjin.people.services import notices as writes


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """The version in force, how many have read it, the draft, and all versions."""
    published = notices.published_notices()
    context = {
        "published": [(row, notices.readers_count(row.number or 0)) for row in published[:50]],
        "draft": notices.draft_notice(),
    }
    return render(request, "people/desk/notice.html", context)


@needs(SYSTEM_ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_edit(request: HttpRequest) -> HttpResponse:
    """Write the draft; it begins as a copy of what is in force."""
    start = notices.draft_notice() or next(iter(notices.published_notices()), None)
    form = NoticeForm(request.POST or None, initial=NoticeForm.initial_from(start))
    if request.method == "POST" and form.is_valid():
        actor: Any = request.user
        writes.save_notice_draft(actor=actor, **form.texts())
        return redirect("people_desk:notice_preview")
    status = 422 if form.is_bound else 200
    return render(request, "people/desk/notice_edit.html", {"form": form}, status=status)


@needs(SYSTEM_ADMINISTRATOR)
@never_cache
@require_GET
def notice_preview(request: HttpRequest) -> HttpResponse:
    """How the draft will be read, in both languages, and what it changes."""
    draft = notices.draft_notice()
    if draft is None:
        return redirect("people_desk:notice")
    in_force = next(iter(notices.published_notices()), None)
    context = {
        "draft": draft,
        "seen": writes.stamp_of(draft),
        "chinese": notices.parts_of(draft, "zh-hans"),
        "english": notices.parts_of(draft, "en"),
        "changes": notices.difference(in_force, draft, "zh-hans") if in_force else [],
        "next_number": (in_force.number or 0) + 1 if in_force else 1,
    }
    return render(request, "people/desk/notice_preview.html", context)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def notice_publish(request: HttpRequest) -> HttpResponse:
    """Put the draft in force; everybody reads it before the next page."""
    actor: Any = request.user
    sent = request.POST.get("draft", "")
    try:
        made = writes.publish_notice(
            actor=actor,
            draft_id=int(sent) if sent.isdigit() and len(sent) < 18 else 0,
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people_desk:notice_preview")
    words = _("Version %(number)s is in force. Everybody reads it before the next page.")
    messages.success(request, words % {"number": made.number})
    return redirect("people_desk:notice")


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def notice_drop(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    actor: Any = request.user
    writes.drop_notice_draft(actor=actor)
    messages.success(request, _("The draft is gone; what is in force has not changed."))
    return redirect("people_desk:notice")
