"""The desk of cases: "this is not me", "somebody else claimed my account"."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.people import services
from fenjin.people.access import CODE_ADMINISTRATOR, reach_of
from fenjin.people.desk.people import draw_code
from fenjin.people.selectors import cases as selectors
from fenjin.people.selectors.accounts import account_state, list_sessions
from fenjin.people.selectors.persons import posts_of, unit_paths
from fenjin.people.services.devices import device_words


@needs(CODE_ADMINISTRATOR)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """All cases within reach, open ones first."""
    page = Paginator(selectors.list_cases(reach_of(request.user)), 30).get_page(request.GET.get("page"))
    return render(request, "people/desk/cases.html", {"page": page})


@needs(CODE_ADMINISTRATOR)
@never_cache
@require_GET
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: what was said, how the account stands, and the two ways to close it."""
    found = selectors.get_case(reach_of(request.user), case_id)
    state = account_state(found.person_id)
    posts = posts_of(found.person_id)[:1]
    context = {
        "case": found,
        "state": state,
        "where": next(iter(unit_paths({post.unit_id for post in posts}, skip=0).values()), ""),
        "sessions": [
            (device_words(session.device), session.last_seen_at)
            for session in (list_sessions(state.account) if state.account else [])
        ],
    }
    return render(request, "people/desk/case.html", context)


@needs(CODE_ADMINISTRATOR)
@never_cache
@require_POST
def case_give_back(request: HttpRequest, case_id: int) -> HttpResponse:
    """Sign everybody out, end the password, show a new code for the owner, this once."""
    actor: Any = request.user
    found = selectors.get_case(reach_of(actor), case_id)
    issued = services.give_back(actor=actor, case=found)
    return draw_code(request, found.person, issued)


@needs(CODE_ADMINISTRATOR)
@require_POST
def case_close(request: HttpRequest, case_id: int) -> HttpResponse:
    """Close a case because all was in order."""
    actor: Any = request.user
    services.close_case(actor=actor, case=selectors.get_case(reach_of(actor), case_id))
    messages.success(request, _("The case is closed."))
    return redirect("people_desk:cases")
