"""The password again, before the studio opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.errors import Refusal, TooMany
from fenjin.people import services
from fenjin.people.forms import ConfirmIdentityForm
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.views.ways import client_address, own_path


@needs(SIGNED_IN)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """The password again: opens the studio on this session, leaves the phone pages as they were."""
    form = ConfirmIdentityForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        account: Any = request.user
        row = request.session.row  # type: ignore[attr-defined]
        try:
            services.confirm_identity(
                session=row,
                account=account,
                password=form.cleaned_data["password"],
                address=client_address(request),
            )
        except (WrongSignIn, TooMany) as error:
            refusal = error
        else:
            return HttpResponseRedirect(own_path(request) or reverse("wagtailadmin_home"))
    context = {"form": form, "refusal": refusal, "next": own_path(request)}
    status = 200 if request.method != "POST" else refusal.status if refusal else 422
    return render(request, "people/confirm_identity.html", context, status=status)
