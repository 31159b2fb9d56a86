"""The desk of codes: choose a unit, see who has no account, print a sheet, stop one."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.people import services
from fenjin.people.access import CODE_ADMINISTRATOR, reach_of
from fenjin.people.desk.people import qr_of
from fenjin.people.selectors import code_sheets as selectors
from fenjin.people.selectors.branches import children_of, units_by_id
from fenjin.people.selectors.cases import count_open_cases
from fenjin.people.services.codes import claim_path
from fenjin.people.services.sheets import PrintedSheet

SLIPS_A_PAGE = 8


@needs(CODE_ADMINISTRATOR)
@require_GET
def codes(request: HttpRequest) -> HttpResponse:
    """Where to begin: the units within reach, a search for one, and the sheets that are out."""
    reach = reach_of(request.user)
    text = request.GET.get("q", "")
    found = selectors.find_units_for_codes(reach, text) if text.strip() else []
    page = Paginator(selectors.list_sheets(reach), 20).get_page(request.GET.get("page"))
    context = {
        "tops": selectors.tops_for_codes(reach),
        "found": found,
        "text": text,
        "page": page,
        "cases": count_open_cases(reach),
    }
    return render(request, "people/desk/codes.html", context)


@needs(CODE_ADMINISTRATOR)
@never_cache
@require_GET
def unit_codes(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Who of a unit has no account, and the button that prints their sheet."""
    reach = reach_of(request.user)
    unit = selectors.unit_for_codes(reach, unit_id)
    below = request.GET.get("below", "yes") == "yes"
    number = request.GET.get("page", "1")
    page = int(number) if number.isdigit() and len(number) < 6 else 1
    waiting, more = selectors.page_of_waiting(unit, below=below, page=page)
    context = {
        "unit": unit,
        "way": [step for step in _way(unit.path) if reach.holds(step.path)],
        "children": children_of(unit.pk),
        "below": below,
        "counts": selectors.count_accounts(unit, below=below),
        "waiting": waiting,
        "page": page,
        "more": more,
        "key": uuid4(),
    }
    return render(request, "people/desk/unit_codes.html", context)


def _way(path: list[int]) -> list[Any]:
    found = units_by_id(path)
    return [found[step] for step in path if step in found]


@needs(CODE_ADMINISTRATOR)
@never_cache
@require_POST
def sheet_print(request: HttpRequest, unit_id: int) -> HttpResponse | StreamingHttpResponse:
    """Make the codes in one step, then send the slips as they are drawn: shown this once, kept nowhere."""
    actor: Any = request.user
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise BadRequest from error
    below = request.POST.get("below") == "yes"
    try:
        made = services.print_sheet(
            actor=actor, unit_id=unit_id, below=below, key=key, renew=request.POST.get("renew") == "yes"
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
        return redirect(f"{reverse('people_desk:unit_codes', args=[unit_id])}?below={'yes' if below else 'no'}")
    return StreamingHttpResponse(_draw_sheet(made, translation.get_language() or ""))


def _draw_sheet(made: PrintedSheet, language: str) -> Iterator[str]:
    """Draw the head, the slips page by page, and the end; the language goes along, the request is long over."""
    claim_url = settings.PUBLIC_URL + reverse("people:claim")
    zone = timezone.get_current_timezone()
    head, page, foot = (get_template(f"people/desk/sheet_{part}.html") for part in ("head", "page", "foot"))
    common = {"made": made, "claim_url": claim_url, "language": language}
    with translation.override(language), timezone.override(zone):
        yield head.render(common)
    for start in range(0, len(made.slips), SLIPS_A_PAGE):
        slips = [(slip, qr_of(claim_url + claim_path(slip.code))) for slip in made.slips[start : start + SLIPS_A_PAGE]]
        with translation.override(language), timezone.override(zone):
            yield page.render(common | {"slips": slips})
    with translation.override(language), timezone.override(zone):
        yield foot.render(common)


@needs(CODE_ADMINISTRATOR)
@require_POST
def sheet_revoke(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Stop a whole sheet: lost, or in wrong hands."""
    actor: Any = request.user
    stopped = services.revoke_sheet(actor=actor, sheet_id=sheet_id)
    messages.success(request, _("The sheet is stopped; codes that no longer work: %(count)s.") % {"count": stopped})
    return redirect("people_desk:codes")
