"""The desk "send a message": choose what, to whom, when and how."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fenjin.audiences.selectors import audience_choices
from fenjin.delivery.access import SEND, SENDER
from fenjin.delivery.desk.draft import browse, chosen_units, sending_scope, sending_space
from fenjin.delivery.desk.going import lead_to, review_address
from fenjin.delivery.desk.state import Desk, read_desk, saved_words, shares_of
from fenjin.delivery.models import Note
from fenjin.kit.access import needs
from fenjin.kit.scope import use_scope
from fenjin.spaces.access import membership_of, spaces_allowing
from fenjin.spaces.selectors import space_names


@needs(SENDER)
@require_safe
def compose(request: HttpRequest) -> HttpResponse:
    """Choose part by part; the head count follows every choice, and the address holds them all.

    Two buttons lead away with what was chosen: to the review, and to writing a short text or a card.
    """
    if "look" in request.GET:
        state = request.GET.copy()
        del state["look"]
        return lead_to(request, review_address(state))
    if "write" in request.GET:
        return _lead_to_writing(request)
    membership = membership_of(request)
    with use_scope(sending_scope(membership, sending_space(membership, request.GET))):
        return draw_compose(request, read_desk(request, request.GET))


def _lead_to_writing(request: HttpRequest) -> HttpResponse:
    state = request.GET.copy()
    [*_others, what] = state.pop("write")
    if what in Note.Form.values:
        where = reverse("delivery_desk:note_new", args=[what])
    elif what.isdecimal() and len(what) < 19:
        where = reverse("delivery_desk:note", args=[int(what)])
    else:
        return HttpResponseRedirect(request.path)
    return lead_to(request, f"{where}?{state.urlencode()}")


def draw_compose(request: HttpRequest, desk: Desk, *, nobody: bool = False, status: int = 200) -> HttpResponse:
    """Draw the desk; `nobody`: it was to be looked over, and nobody is in the audience."""
    own = spaces_allowing(desk.membership, SEND, branches=True)
    context = {
        "desk": desk,
        "form": desk.form,
        "nobody": nobody,
        "included": chosen_units(desk.draft.included),
        "excluded": chosen_units(desk.draft.excluded),
        "audiences": audience_choices(request.user, desk.space_id),
        "saved_words": saved_words(desk.draft),
        "browser": browse(desk.draft),
        "spaces": sorted(space_names(set(own)).items()) if len(own) > 1 else [],
        "shares": shares_of(desk.audience),
    }
    return render(request, "delivery/desk/compose.html", context, status=status)
