"""The desk "in the name of": whom one writes for, and whom one asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.newsroom.access import NEWSROOM, WRITERS
from fenjin.newsroom.forms.release import AskForm
from fenjin.newsroom.selectors.names import list_delegations
from fenjin.newsroom.services.names import ask_for_name, end_name
from fenjin.people.selectors.accounts import persons_numbered
from fenjin.spaces.access import membership_of
from fenjin.spaces.selectors import space_names


@needs(NEWSROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """List who writes in whose name; ask for one more."""
    membership = membership_of(request)
    spaces = sorted(space_names(set(membership.spaces_with(*WRITERS))).items())
    form = AskForm(request.POST or None, spaces=spaces)
    if request.method == "POST" and form.is_valid():
        persons = persons_numbered(form.cleaned_data["leader"].strip())
        try:
            if len(persons) != 1:
                raise Refusal(_("There is nobody with this staff number among the people you see."))
            asked = ask_for_name(
                actor=request.user,
                space_id=form.cleaned_data["space"],
                leader_id=persons[0].pk,
                ends_on=form.cleaned_data["ends_on"],
            )
        except Refusal as refusal:
            words = _("There is nobody with this staff number among the people you see.")
            form.add_error(None, words if refusal.status == 404 else str(refusal))
        else:
            link = request.build_absolute_uri(reverse("newsroom:name", args=[asked.uid]))
            messages.success(request, _("Asked. It stands on their home page: %(link)s") % {"link": link})
            return redirect("newsroom_desk:names")
    whole = membership.spaces_with("editor", "publisher")
    held = [
        one
        for one in list_delegations(membership.spaces_with(*WRITERS))
        if one.space_id in whole or one.assistant_id == membership.person_id
    ]
    context = {"form": form, "held": held, "own": membership.person_id}
    return render(request, "newsroom/desk/names.html", context, status=422 if form.is_bound else 200)


@needs(NEWSROOM)
@require_POST
def name_end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End one."""
    end_name(actor=request.user, delegation_id=delegation_id)
    messages.success(request, _("Ended. What was published stays."))
    return redirect("newsroom_desk:names")
