"""Who holds which role where; give one, end one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.kit.staff import office_of
from fenjin.people.selectors.persons import get_person_for_staff, posts_of, search_people, unit_paths
from fenjin.people.selectors.tree import list_children, list_roots
from fenjin.spaces import services
from fenjin.spaces.access import SECURITY_ADMINISTRATOR
from fenjin.spaces.forms import RoleForm
from fenjin.spaces.models import Space
from fenjin.spaces.selectors import get_space, list_roles, list_spaces


@needs(SECURITY_ADMINISTRATOR)
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """All roles in force, by space."""
    space = _number(request.GET.get("space"))
    held = list_roles(space_id=space)
    context = {"held": held, "spaces": list_spaces(), "space": space}
    return render(request, "spaces/desk/roles.html", context)


@needs(SECURITY_ADMINISTRATOR)
@require_GET
def role_find(request: HttpRequest) -> HttpResponse:
    """First step of giving a role: to whom."""
    text = request.GET.get("q", "")
    found = search_people(text=text, size=20) if text.strip() else None
    return render(request, "spaces/desk/role_find.html", {"text": text, "found": found})


@needs(SECURITY_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def role_give(request: HttpRequest, person_id: int) -> HttpResponse:
    """Second step: which role, and where."""
    person = get_person_for_staff(person_id)
    spaces = list_spaces()
    chosen = _number(request.POST.get("space") or request.GET.get("space")) or spaces[0].pk
    space = get_space(chosen)
    form = RoleForm(
        request.POST or None, spaces=spaces, units=_branches(space), initial={"space": space.pk, "role": "editor"}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.give_role(
                actor=request.user,
                person_id=person.pk,
                space_id=form.cleaned_data["space"],
                role=form.cleaned_data["role"],
                unit_id=form.cleaned_data["unit"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s holds the role now.") % {"name": person.name})
            return redirect("spaces_desk:roles")
    if form.errors:
        status = 422
    posts = posts_of(person_id)
    where = unit_paths({post.unit_id for post in posts[:1]})
    context = {
        "person": person,
        "form": form,
        "space": space,
        "spaces": spaces,
        "where": next(iter(where.values()), ""),
    }
    return render(request, "spaces/desk/role_give.html", context, status=status)


@needs(SECURITY_ADMINISTRATOR)
@require_POST
def role_end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End a role now."""
    services.end_role(actor=request.user, grant_id=grant_id)
    messages.success(request, _("The role has ended."))
    return redirect("spaces_desk:roles")


def roles_of_person(request: HttpRequest, person_id: int) -> dict[str, Any] | None:
    """Return what the person's page shows about roles; only the security administrator sees it."""
    if office_of(request) != "security":
        return None
    return {"held": list_roles(person_id=person_id), "person_id": person_id}


def _branches(space: Space) -> list[tuple[int, str]]:
    """Return the units that a branch role is offered for: two levels below the top of the space."""
    tops = [space.root_unit_id] if space.root_unit_id else [root.pk for root in list_roots()]
    offered: list[tuple[int, str]] = []
    for top in tops:
        for child in list_children(top):
            if child.space_id != space.pk:
                continue
            offered.append((child.pk, child.name))
            offered += [(low.pk, f"{child.name} / {low.name}") for low in list_children(child.pk)]
    return offered


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 19 else None
