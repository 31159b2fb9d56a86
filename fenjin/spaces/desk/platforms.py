"""The sub-platforms: which there are, and opening one on a unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.people.selectors.branches import search_units
from fenjin.people.selectors.persons import unit_paths
from fenjin.people.selectors.tree import count_people, get_unit
from fenjin.people.selectors.units import list_companies
from fenjin.spaces import services
from fenjin.spaces.access import SYSTEM_ADMINISTRATOR
from fenjin.spaces.forms import SpaceForm
from fenjin.spaces.selectors import list_spaces, space_roots


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def platforms(request: HttpRequest) -> HttpResponse:
    """All sub-platforms, the group first."""
    spaces = list_spaces()
    paths = unit_paths({space.root_unit_id for space in spaces if space.root_unit_id}, skip=0)
    rows = [
        (
            space,
            paths.get(space.root_unit_id or 0, ""),
            count_people(space.root_unit_id) if space.root_unit_id else None,
        )
        for space in spaces
    ]
    return render(request, "spaces/desk/platforms.html", {"rows": rows})


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def platform_find(request: HttpRequest) -> HttpResponse:
    """First step of opening one: on which unit."""
    text = request.GET.get("q", "")
    units = search_units(text) if text.strip() else list_companies()
    paths = unit_paths({unit.pk for unit in units}, skip=0)
    taken = space_roots()
    rows = [(unit, paths.get(unit.pk, ""), unit.pk in taken) for unit in units]
    return render(request, "spaces/desk/platform_find.html", {"text": text, "rows": rows})


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_open(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Second step: how it is called."""
    unit = get_unit(unit_id)
    form = SpaceForm(request.POST or None, initial={"name": unit.name[:40], "name_en": unit.name_en[:80], "seal": ""})
    if request.method == "POST" and form.is_valid():
        try:
            space = services.open_space(actor=request.user, unit_id=unit.pk, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is open. Now an editor can be named for it.") % {"name": space.name})
            return redirect("spaces_desk:platforms")
    path = unit_paths({unit.pk}, skip=0).get(unit.pk, unit.name)
    context = {"unit": unit, "path": path, "people": count_people(unit.pk), "form": form}
    return render(request, "spaces/desk/platform_open.html", context, status=422 if form.errors else 200)
