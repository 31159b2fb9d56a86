"""The audit administrator's desk: read, filter, take along, verify. Nothing here changes the log."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from fenjin.audit.access import AUDIT_ADMINISTRATOR
from fenjin.audit.export import as_csv, as_workbook
from fenjin.audit.forms import AuditFilterForm
from fenjin.audit.selectors import chain_state, iterate_events, list_events
from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.access import needs

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(AUDIT_ADMINISTRATOR)
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """The log, the newest first."""
    form = AuditFilterForm(request.GET)
    before = request.GET.get("before", "")
    page = list_events(form.wanted(), before=int(before) if before.isdigit() and len(before) < 19 else None)
    query = request.GET.copy()
    query.pop("before", None)
    context = {"form": form, "page": page, "query": query.urlencode(), "paged": bool(before), "chain": chain_state()}
    return render(request, "audit/events.html", context)


@needs(AUDIT_ADMINISTRATOR)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Compute every link of the chain again."""
    chain = chain_state(check=True)
    details = {"broken_at": chain.broken_at} if chain.broken_at else {"links": chain.seals}
    record(actor=request.user, act="audit.verify", target=("log", None), details=details)
    return render(request, "audit/chain.html", {"chain": chain})


@needs(AUDIT_ADMINISTRATOR)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered log as a file; taking it along is itself an act in the log."""
    lines = iterate_events(AuditFilterForm(request.GET).wanted())
    record(actor=request.user, act="audit.export", target=("log", None), details={"form": form})
    name = f"audit-{timezone.localtime(clock.now()):%Y%m%d-%H%M}.{form}"
    response: HttpResponseBase
    if form == "xlsx":
        response = HttpResponse(as_workbook(lines), content_type=WORKBOOK)
    else:
        response = HttpResponse("".join(as_csv(lines)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
