"""How long data stay: each kind with its bounds, a preview of what would go, then the saving."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.audit.selectors.about import events_of_kind
from fenjin.kit.access import needs
from fenjin.people.access import SYSTEM_OR_SECURITY
from fenjin.people.forms.retention import RetentionForm
from fenjin.people.selectors.retention import last_settings, outlook
from fenjin.people.selectors.wishes import count_waiting_erasures
from fenjin.people.services.retention import set_retention


@needs(SYSTEM_OR_SECURITY)
@never_cache
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """The times in force; with days in the address, what they would delete at the next run."""
    form = RetentionForm(request.GET or None)
    asked = form.days() if form.is_bound and form.is_valid() else {}
    lines = outlook(asked)
    runs = events_of_kind("retention", act="people.retention_run", limit=12)
    names = {line.kind.key: line.kind.name for line in lines}
    context = {
        "form": form,
        "lines": [(line, form[form.name_of(line.kind.key)]) for line in lines],
        "settings": last_settings(),
        "changed": [line for line in lines if line.changed],
        "previewed": bool(asked),
        "runs": [(run, names.get(run.event.details.get("kind"), "–")) for run in runs],
        "waiting": count_waiting_erasures(),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "people/desk/retention.html", context, status=status)


@needs(SYSTEM_OR_SECURITY)
@require_POST
def retention_set(request: HttpRequest) -> HttpResponse:
    """Keep the times that were looked at. Raises OutOfBounds, BadRequest."""
    form = RetentionForm(request.POST)
    actor: Any = request.user
    if form.is_valid() and set_retention(actor=actor, days=form.days()):
        messages.success(request, _("Saved. What is older goes tonight, and the log says how much it was."))
    return redirect("people_desk:retention")
