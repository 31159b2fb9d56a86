"""What I may ask for: a correction, a copy of my data, erasing, closing the account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar, Notice
from fenjin.kit.errors import BadRequest, NotFound
from fenjin.kit.ids import client_key
from fenjin.people.access import JUST_IDENTIFIED, before_notice
from fenjin.people.selectors.corrections import own_corrections
from fenjin.people.selectors.personal import fates_of
from fenjin.people.selectors.wishes import erasure_kinds, own_exports, waiting_erasures
from fenjin.people.services import corrections, erasure, exports
from fenjin.shell.forms import CorrectionForm
from fenjin.shell.views.my_data import my_data_flow
from fenjin.spaces.access import EMPLOYEE


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_corrections(request: HttpRequest) -> HttpResponse:
    """Show what I asked to have corrected and its state; a POST asks for one more."""
    account: Any = request.user
    form = CorrectionForm(request.POST or None, initial={"field": request.GET.get("field", "")})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            corrections.ask_correction(
                account=account, **form.cleaned_data, client_key=client_key(request.POST.get("client_key"))
            )
        except corrections.AlreadyRight as refusal:
            refused = Notice(str(refusal), tone="due")
        else:
            messages.success(request, _("Sent. You read the answer on this page, within 15 days."))
            return redirect("shell:my_corrections")
    context = {
        "flow": my_data_flow(_("Something is wrong")),
        "form": form,
        "refused": refused,
        "client_key": client_key(request.POST.get("client_key")),
        "asked": own_corrections(account.person_id),
    }
    return render(request, "shell/my_corrections.html", context, status=422 if form.is_bound else 200)


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_exports(request: HttpRequest) -> HttpResponse:
    """Show the copies I asked for; a POST asks for a new one. Raises TooMany."""
    account: Any = request.user
    if request.method == "POST":
        exports.ask_for_export(account=account, language=get_language() or "")
        messages.success(request, _("Your copy is being packed. It stands here in a minute."))
        return redirect("shell:my_exports")
    copies = own_exports(account.pk)
    context = {
        "flow": my_data_flow(_("Take my data along")),
        "copies": copies,
        "waiting": any(copy.state == "waiting" for copy in copies),
    }
    return render(request, "shell/my_exports.html", context)


@before_notice
@needs(EMPLOYEE, JUST_IDENTIFIED)
@never_cache
@require_GET
def my_export(request: HttpRequest, export_id: int) -> HttpResponse:
    """Hand out one of my copies, after the password was given just now. Raises NotFound, NotReady."""
    account: Any = request.user
    content = exports.fetch_export(account=account, export_id=export_id)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{export_id}.zip"'
    return response


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_GET
def my_erasure(request: HttpRequest) -> HttpResponse:
    """Show what I can have erased, and the wishes that wait."""
    account: Any = request.user
    waiting = waiting_erasures(account.person_id)
    held = {wish.kind for wish in waiting}
    context = {
        "flow": my_data_flow(_("Erase, or close the account")),
        "waiting": waiting,
        "kinds": [kind for kind in erasure_kinds() if kind not in held],
    }
    return render(request, "shell/my_erasure.html", context)


@before_notice
@needs(EMPLOYEE, JUST_IDENTIFIED)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_erasure_ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what goes and what stays, and why; a POST with the tick asks for it. Raises NotFound."""
    account: Any = request.user
    if kind not in erasure_kinds():
        raise NotFound
    if request.method == "POST":
        if request.POST.get("sure") != "on":
            raise BadRequest(_("Tick that you have read what goes, then send again."))
        wish = erasure.ask_erasure(account=account, kind=kind)
        words = _("Noted. It is carried out on %(on)s; until then you can take it back here.")
        messages.success(request, words % {"on": f"{wish.due_at:%Y-%m-%d}"})
        return redirect("shell:my_erasure")
    fates = [fate for fate in fates_of(account.person_id) if kind == "account" or fate.optional]
    context = {
        "flow": FlowBar(_("See first what goes"), my_data_flow("").back + "erasure/", closes=False),
        "kind": kind,
        "goes": [fate for fate in fates if fate.goes],
        "stays": [fate for fate in fates if not fate.goes],
    }
    return render(request, "shell/my_erasure_ask.html", context)


@before_notice
@needs(EMPLOYEE)
@require_POST
def my_erasure_back(request: HttpRequest, erasure_id: int) -> HttpResponse:
    """Take a wish back. Raises NothingToTakeBack."""
    account: Any = request.user
    erasure.take_erasure_back(account=account, erasure_id=erasure_id)
    messages.success(request, _("Taken back. Everything stays as it is."))
    return redirect("shell:my_erasure")
