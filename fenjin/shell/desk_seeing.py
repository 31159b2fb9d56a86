"""The desk on which editors look at phone pages with the eyes of an employee of some unit."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fenjin.kit.access import needs
from fenjin.kit.scope import GROUP_SPACE, use_scope
from fenjin.newsroom.selectors import list_shared
from fenjin.people.selectors.organisation import find_units
from fenjin.people.selectors.persons import unit_paths
from fenjin.people.selectors.tree import get_unit, list_roots
from fenjin.shell.forms import SeeingForm
from fenjin.shell.seeing import Eyes, shown_page, stand_in
from fenjin.spaces.access import employee_scope, holding, membership_of
from fenjin.spaces.selectors import space_roots

ROLES: Final = ("editor", "publisher", "campaign_manager", "moderator")
ARTICLES: Final = 30
FOUND: Final = 8


LOOKERS: Final = holding(*ROLES)


@needs(LOOKERS)
@never_cache
@require_safe
def see_as(request: HttpRequest) -> HttpResponse:
    """Choose unit, role, page, type size, appearance and language; the phone beside it shows the page."""
    eyes, form = _eyes(request)
    text = form.cleaned_data.get("q") or ""
    page = form.cleaned_data.get("page") or reverse("shell:home")
    seen_by = stand_in(eyes, membership_of(request)).membership
    with use_scope(employee_scope(seen_by)):
        shared = list_shared(seen_by.spaces | {GROUP_SPACE}, ARTICLES)
    articles = [(reverse("newsroom:article", args=[one.pk]), one.title) for one in shared]
    context = {
        "form": form,
        "eyes": eyes,
        "unit_path": unit_paths({eyes.unit.pk}, skip=0)[eyes.unit.pk],
        "found": find_units(text, closed=False, limit=FOUND) if text else None,
        "text": text,
        "page": page,
        "pages": [(reverse("shell:home"), None), (reverse("newsroom:list"), None), *articles],
        "src": f"{reverse('shell_desk:seen')}?{urlencode({**eyes.query, 'page': page})}",
        "left_out": not _edits(request, eyes),
        "query": urlencode({**{key: value for key, value in eyes.query.items() if key != "unit"}, "page": page}),
    }
    return render(request, "shell_desk/see_as.html", context, status=422 if form.errors else 200)


@needs(LOOKERS)
@never_cache
@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """Draw the page itself, for the frame of the desk. Raises NotFound for pages that have no preview."""
    eyes, form = _eyes(request)
    html = shown_page(request, form.cleaned_data.get("page") or "/", eyes, membership_of(request))
    if html is None:
        return render(request, "shell_desk/see_as_nothing.html", {"eyes": eyes})
    return HttpResponse(html)


def _eyes(request: HttpRequest) -> tuple[Eyes, SeeingForm]:
    """Return what was chosen; without a unit the top of the looker's own sub-platform. Raises NotFound."""
    form = SeeingForm(request.GET)
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    unit = get_unit(said.get("unit") or _own_top(request))
    query: dict[str, Any] = {"unit": unit.pk}
    query |= {key: said[key] for key in ("role", "scale", "theme", "language") if said.get(key)}
    scale = int(said.get("scale") or 1)
    chosen = {"theme": said.get("theme") or "light", "language": said.get("language") or "zh-hans"}
    return Eyes(unit, role=said.get("role") or "", scale=scale, query=query, **chosen), form


def _own_top(request: HttpRequest) -> int:
    spaces = membership_of(request).spaces_with(*ROLES)
    tops = {space: unit for unit, space in space_roots().items() if space in spaces}
    if tops and GROUP_SPACE not in spaces:
        return tops[min(tops)]
    top = list_roots().first()
    return top.pk if top else 0


def _edits(request: HttpRequest, eyes: Eyes) -> bool:
    return eyes.unit.space_id == GROUP_SPACE or eyes.unit.space_id in membership_of(request).spaces_with(*ROLES)
