"""The audit administrator's desk: read, filter, take along, verify. Nothing here changes the log."""

from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.audit.access import AUDIT_ADMINISTRATOR
from fenjin.audit.export import as_csv, as_workbook
from fenjin.audit.forms import AuditFilterForm, DoorFilterForm
from fenjin.audit.selectors.broken import as_dict, sentence_of
from fenjin.audit.selectors.chain import ChainState, chain_state
from fenjin.audit.selectors.doors import list_door_events
from fenjin.audit.selectors.exports import list_exports
from fenjin.audit.selectors.ledgers import DOORS
from fenjin.audit.selectors.log import AuditFilter, count_events, iterate_events, list_events, text_since
from fenjin.audit.services import record
from fenjin.audit.services.exports import ask_export, fetch_export
from fenjin.audit.tasks import write_export
from fenjin.kit import clock
from fenjin.kit.access import needs

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
AT_ONCE: Final = 5_000  # more lines are written by a job


@needs(AUDIT_ADMINISTRATOR)
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """The log, the newest first. Looking is itself an act in the log."""
    form = AuditFilterForm(request.GET)
    wanted, before = form.wanted(), request.GET.get("before", "")
    page = list_events(wanted, before=before)
    _note_look(request, "audit.look", wanted.as_dict())
    context = {"form": form, "page": page, "query": _without_place(request), "paged": bool(before)}
    context |= {"chain": chain_state(), "since": text_since(wanted) if wanted.text and not wanted.since else None}
    return render(request, "audit/events.html", context)


@needs(AUDIT_ADMINISTRATOR)
@require_GET
def doors(request: HttpRequest) -> HttpResponse:
    """Who signed in and that somebody failed, the newest first."""
    form = DoorFilterForm(request.GET)
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    lines, older = list_door_events(form.wanted(), before=place)
    _note_look(
        request, "audit.look_doors", {name: str(value) for name, value in form.given().items() if name != "typed"}
    )
    context = {"form": form, "lines": lines, "older": older, "query": _without_place(request), "paged": bool(before)}
    return render(request, "audit/doors.html", context)


def _note_look(request: HttpRequest, act: str, wanted: dict[str, Any]) -> None:
    actor: Any = request.user
    record(actor=actor, act=act, target=("log", None), details={"filter": wanted} if wanted else {})


def _without_place(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    for name in [name for name, value in query.items() if not value]:
        query.pop(name)
    return query.urlencode()


@needs(AUDIT_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The chain and its newest link, to be printed and kept; POST computes every link again."""
    actor: Any = request.user
    chain = chain_state(check=request.method == "POST")
    if chain.checked:
        details = {"broken": as_dict(chain.broken)} if chain.broken else {"links": chain.seals}
        record(actor=actor, act="audit.verify", target=("log", None), details=details)
    return render(request, "audit/chain.html", _chain_context(chain))


def _chain_context(chain: ChainState) -> dict[str, Any]:
    groups = [chain.sha256[start : start + 8] for start in range(0, len(chain.sha256), 8)]
    sentence = sentence_of(chain.broken) if chain.broken else ""
    return {"chain": chain, "doors": chain_state(DOORS), "groups": groups, "sentence": sentence, "now": clock.now()}


@needs(AUDIT_ADMINISTRATOR)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered log as a file, at once or (more than 5,000 lines) by a job; either is an act in the log."""
    actor: Any = request.user
    wanted = AuditFilterForm(request.GET).wanted()
    if count_events(wanted, AT_ONCE + 1) > AT_ONCE:
        asked = ask_export(actor=actor, wanted=wanted, form=form, language=get_language() or "")
        write_export.defer(export_id=asked.pk)
        messages.success(request, _("The file is being written. It appears here when it is ready."))
        return redirect("audit_desk:exports")
    content = _content(wanted, form)
    record(actor=actor, act="audit.export", target=("log", None), details={"form": form, "filter": wanted.as_dict()})
    response = HttpResponse(content, content_type=WORKBOOK if form == "xlsx" else CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(form)}"'
    return response


def _content(wanted: AuditFilter, form: str) -> bytes | str:
    lines = iterate_events(wanted, AT_ONCE)
    return as_workbook(lines) if form == "xlsx" else "".join(as_csv(lines))


@needs(AUDIT_ADMINISTRATOR)
@never_cache
@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """The large exports that are being written or wait to be fetched."""
    return render(request, "audit/exports.html", {"exports": list_exports()})


@needs(AUDIT_ADMINISTRATOR)
@require_POST
def export_fetch(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """Take a large export along."""
    actor: Any = request.user
    export, file = fetch_export(actor=actor, export_id=export_id)
    kind = WORKBOOK if export.form == "xlsx" else CSV
    return FileResponse(file.open("rb"), as_attachment=True, filename=_file_name(export.form), content_type=kind)


def _file_name(form: str) -> str:
    return f"audit-{timezone.localtime(clock.now()):%Y%m%d-%H%M}.{form}"
