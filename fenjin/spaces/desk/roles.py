"""Who holds which role where; give one, end one: security everywhere, a holder within what they hold."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.kit.access import Rule, needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.staff import office_of
from fenjin.people.selectors.persons import get_person_for_staff, posts_of, search_people, unit_paths
from fenjin.people.selectors.tree import get_unit, list_children, list_roots
from fenjin.spaces import services
from fenjin.spaces.access import Membership, may_end, membership_of, roles_to_give, staff_verdict
from fenjin.spaces.forms import RoleForm
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.selectors import list_roles, list_spaces
from fenjin.spaces.words import ROLE_WORDS

EVERY_ROLE: Final = tuple(RoleGrant.Role.values)


def may_give_some(membership: Membership) -> bool:
    """Tell whether somebody gives roles: security, and holders who see the people of their space."""
    return membership.office == "security" or (membership.office is None and membership.sees_people)


ROLE_GIVER: Final = Rule(
    "security administrator or holder of a role",
    lambda request: staff_verdict(request, allowed=may_give_some(membership_of(request))),
)


@needs(ROLE_GIVER)
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """The roles in force that the reader may end, by space."""
    membership = membership_of(request)
    spaces = _spaces(membership)
    space = _number(request.GET.get("space"))
    if membership.office == "security":
        held = list_roles(space_id=space)
    else:
        wanted = [one.pk for one in spaces if space in (None, one.pk)]
        held = [row for pk in wanted for row in list_roles(space_id=pk) if _may_end(membership, row)]
    words = [(label, ROLE_WORDS[value]) for value, label in RoleGrant.Role.choices]
    context = {"held": held, "spaces": spaces, "space": space, "words": words, "mine": membership.roles}
    return render(request, "spaces/desk/roles.html", context)


def _may_end(membership: Membership, row: RoleGrant) -> bool:
    branch = tuple(row.unit.path) if row.unit else ()
    return may_end(membership, space_id=row.space_id, role=row.role, branch=branch)


def _spaces(membership: Membership) -> list[Space]:
    """Return the spaces in which the reader gives roles, the group first."""
    found = roles_to_give(membership, EVERY_ROLE)
    return [space for space in list_spaces() if None in found or space.pk in found]


@needs(ROLE_GIVER)
@require_GET
def role_find(request: HttpRequest) -> HttpResponse:
    """First step of giving a role: to whom."""
    text = request.GET.get("q", "")
    found = search_people(text=text, size=20) if text.strip() else None
    return render(request, "spaces/desk/role_find.html", {"text": text, "found": found})


@needs(ROLE_GIVER)
@require_http_methods(["GET", "HEAD", "POST"])
def role_give(request: HttpRequest, person_id: int) -> HttpResponse:
    """Second step: which role, where, and until when. Raises NotFound."""
    person, membership = get_person_for_staff(person_id), membership_of(request)
    spaces = _spaces(membership)
    posts = posts_of(person_id)
    asked = _number(request.POST.get("space") or request.GET.get("space"))
    wanted = asked or _space_of(posts, spaces)
    space = next((one for one in spaces if one.pk == wanted), None)
    if space is None:
        raise NotFound
    given = roles_to_give(membership, EVERY_ROLE)
    allowed = given.get(None) or given[space.pk]
    first = "editor" if "editor" in allowed else min(allowed)
    form = RoleForm(
        request.POST or None,
        spaces=spaces,
        units=_branches(membership, space),
        whole=_holds_the_whole(membership, space),
        roles=allowed,
        initial={"space": space.pk, "role": first},
    )
    if request.method == "POST" and form.is_valid() and _give(request, person, space, form):
        return redirect("spaces_desk:roles")
    where = unit_paths({post.unit_id for post in posts[:1]})
    context = {
        "person": person,
        "form": form,
        "space": space,
        "spaces": spaces,
        "where": next(iter(where.values()), ""),
        "words": [(label, ROLE_WORDS[value]) for value, label in RoleGrant.Role.choices if value in allowed],
    }
    return render(request, "spaces/desk/role_give.html", context, status=422 if form.errors else 200)


def _space_of(posts: Any, spaces: list[Space]) -> int:
    """Return the space a role is most likely meant for: where the person works, if the reader gives roles there."""
    given = {space.pk for space in spaces}
    return next((post.space_id for post in posts if post.space_id in given), spaces[0].pk)


def _give(request: HttpRequest, person: Any, space: Space, form: RoleForm) -> bool:
    """Give the role of a valid form; a refusal stands above it."""
    last: date | None = form.cleaned_data["until"]
    try:
        services.give_role(
            actor=request.user,
            person_id=person.pk,
            space_id=form.cleaned_data["space"],
            role=form.cleaned_data["role"],
            unit_id=form.cleaned_data["unit"],
            until=datetime.combine(last + timedelta(days=1), time(), ZoneInfo(space.zone)) if last else None,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("%(name)s holds the role now.") % {"name": person.name})
    return True


@needs(ROLE_GIVER)
@require_POST
def role_end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End a role now; raises NotFound for one that the reader may not end."""
    try:
        services.end_role(actor=request.user, grant_id=grant_id)
    except services.NotYoursToGive as refusal:
        raise NotFound from refusal
    messages.success(request, _("The role has ended."))
    return redirect("spaces_desk:roles")


def roles_of_person(request: HttpRequest, person_id: int) -> dict[str, Any] | None:
    """Return what the person's page shows about roles; only the security administrator sees it."""
    if office_of(request) != "security":
        return None
    return {"held": list_roles(person_id=person_id), "person_id": person_id}


def _holds_the_whole(membership: Membership, space: Space) -> bool:
    """Tell whether a role for the whole space can be given at all: nobody gives more than they have."""
    whole = any(held.space_id == space.pk and held.unit_id is None for held in membership.roles)
    return whole or membership.office == "security"


def _branches(membership: Membership, space: Space) -> list[tuple[int, str]]:
    """Return the units offered for a branch role: the top of the space or the own branch, and two levels below."""
    own = {held.unit_id for held in membership.roles if held.space_id == space.pk}
    if membership.office != "security" and None not in own:
        tops = [unit for unit in own if unit is not None]
    else:
        tops = [space.root_unit_id] if space.root_unit_id else [root.pk for root in list_roots()]
    offered: list[tuple[int, str]] = []
    for top in sorted(tops):
        offered.append((top, get_unit(top).name))
        for child in list_children(top):
            if child.space_id != space.pk:
                continue
            offered.append((child.pk, child.name))
            offered += [(low.pk, f"{child.name} / {low.name}") for low in list_children(child.pk)]
    return offered


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 19 else None
