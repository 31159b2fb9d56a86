"""The desk of saved audiences: find, copy, put away, take a change back, take along as JSON."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.audiences import services
from fenjin.audiences.access import AUDIENCE_MAKER
from fenjin.audiences.rules import parse_rule
from fenjin.audiences.selectors.described import names_for
from fenjin.audiences.selectors.saved import get_audience, list_audiences
from fenjin.audiences.wording import sentence
from fenjin.kit.access import needs

PAGE = 25


@needs(AUDIENCE_MAKER)
@require_safe
def audiences(request: HttpRequest) -> HttpResponse:
    """List the saved audiences with their sentence, last changed first."""
    text, whose = request.GET.get("q", "").strip()[:60], request.GET.get("whose", "")
    away = whose == "away"
    page = Paginator(list_audiences(request.user, text=text, whose=whose, away=away), PAGE).get_page(
        request.GET.get("page")
    )
    rules = [parse_rule(row.rule) for row in page.object_list]
    names = names_for(rules)
    lines: list[tuple[Any, str]] = [(row, sentence(rule, names)) for row, rule in zip(page, rules, strict=True)]
    tabs = (("", _("All")), ("own", _("Only mine")), ("shared", _("Shared")), ("away", _("Put away")))
    context = {"page": page, "lines": lines, "text": text, "whose": whose, "away": away, "tabs": tabs}
    return render(request, "audiences/desk/audiences.html", context)


@needs(AUDIENCE_MAKER)
@require_safe
def export(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Give the rule of an audience as a JSON file. Raises NotFound."""
    row = get_audience(request.user, audience_id)
    text = json.dumps(row.rule, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audience-{row.pk}.json"'
    return response


@needs(AUDIENCE_MAKER)
@require_POST
def copy(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Make a copy of one's own and open it. Raises NotFound."""
    row = services.copy_audience(actor=request.user, audience_id=audience_id)
    messages.success(request, _("“%(name)s” is yours alone. Change what you need.") % {"name": row.name})
    return redirect("audiences_desk:change", audience_id=row.pk)


@needs(AUDIENCE_MAKER)
@require_POST
def put_away(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Put an audience away. Raises NotFound."""
    row = services.put_away(actor=request.user, audience_id=audience_id)
    messages.success(request, _("“%(name)s” is put away; you find it among those put away.") % {"name": row.name})
    return redirect("audiences_desk:audiences")


@needs(AUDIENCE_MAKER)
@require_POST
def bring_back(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Bring an audience back. Raises NotFound, NameTaken."""
    row = services.put_away(actor=request.user, audience_id=audience_id, away=False)
    messages.success(request, _("“%(name)s” is back.") % {"name": row.name})
    return redirect("audiences_desk:audiences")


@needs(AUDIENCE_MAKER)
@require_POST
def take_back(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Put an audience back to what it was before its last change. Raises NotFound, NothingToTakeBack."""
    row = services.take_back(actor=request.user, audience_id=audience_id)
    messages.success(request, _("“%(name)s” is as it was before.") % {"name": row.name})
    return redirect("audiences_desk:audiences")
