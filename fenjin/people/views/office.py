"""A new administrator accepts the office, with a password that nobody else knows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people import services
from fenjin.people.forms import AcceptOfficeForm
from fenjin.people.selectors.offices import waiting_handover
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.handover import NotConfirmed, accept_handover


@needs(SIGNED_IN)
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def office_accept(request: HttpRequest) -> HttpResponse:
    """Accept the office that waits for this account; 404 when none does."""
    account: Any = request.user
    named = waiting_handover(account)
    if named is None:
        raise NotFound
    form = AcceptOfficeForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            accept_handover(account=account, password=form.cleaned_data["password"])
        except WeakPassword as error:
            form.add_error("password", str(error))
        except NotConfirmed as error:
            refusal = error
        else:
            account.refresh_from_db()
            services.start_session(request=request, account=account)
            return redirect("wagtailadmin_home")
    waits = named.needs_confirmation and named.confirmed_at is None
    context = {"named": named, "form": form, "refusal": refusal, "waits": waits}
    status = 200 if request.method != "POST" else refusal.status if refusal else 422
    return render(request, "people/office_accept.html", context, status=status)
