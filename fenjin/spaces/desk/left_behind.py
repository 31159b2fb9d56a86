"""What people who have left still hold, and who goes on with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.kit.staff import office_of
from fenjin.people.register import LeftBehind, handovers
from fenjin.people.selectors.persons import persons_by_id
from fenjin.spaces import services
from fenjin.spaces.access import LEFT_BEHIND, membership_of
from fenjin.spaces.selectors import list_editors, space_names, spaces_without_editor


@dataclass(frozen=True, slots=True)
class Estate:
    """What one leaver holds in one space, and who may go on with it."""

    person: Any
    space_id: int
    space: str
    held: tuple[tuple[Any, LeftBehind], ...]  # kind, what
    successors: tuple[tuple[int, str], ...]


@needs(LEFT_BEHIND)
@require_GET
def left_behind(request: HttpRequest) -> HttpResponse:
    """Leavers with drafts and the like, by sub-platform."""
    everywhere = office_of(request) == "security"
    estates = list_estates(None if everywhere else membership_of(request).spaces_with("editor"))
    context = {"estates": estates, "empty_spaces": spaces_without_editor() if everywhere else []}
    return render(request, "spaces/desk/left_behind.html", context)


def list_estates(spaces: frozenset[int] | None) -> list[Estate]:
    """Return what leavers hold in these spaces (None: everywhere, without titles), by space and person."""
    found: dict[tuple[int, int], list[tuple[Any, LeftBehind]]] = {}
    for kind in handovers():
        for held in kind.held(spaces):
            found.setdefault((held.space_id, held.person_id), []).append((kind, held))
    persons = persons_by_id({person for _space, person in found})
    names = space_names({space for space, _person in found})
    editors = {space: tuple(list_editors(space)) for space in names}
    return [
        Estate(persons[person], space, names[space], tuple(found[space, person]), editors[space])
        for space, person in sorted(found)
    ]


@needs(LEFT_BEHIND)
@require_POST
def left_behind_pass_on(request: HttpRequest, space_id: int, person_id: int) -> HttpResponse:
    """Give what a leaver held in a sub-platform to one of its editors."""
    chosen = request.POST.get("to", "")
    if not chosen.isascii() or not chosen.isdigit() or len(chosen) > 18:
        raise NotFound
    kinds = request.POST.getlist("kind")
    done = services.hand_over(
        actor=request.user, person_id=person_id, space_id=space_id, to_person_id=int(chosen), kinds=kinds or None
    )
    words = ngettext("%(count)d thing has a new owner now.", "%(count)d things have a new owner now.", done)
    messages.success(request, words % {"count": done})
    return redirect("spaces_desk:left_behind")
