"""How good a password is, and the first one that somebody else has seen."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import PUBLIC, SIGNED_IN, needs
from fenjin.people import services
from fenjin.people.access import before_notice
from fenjin.people.forms import FirstPasswordForm
from fenjin.people.models import Account
from fenjin.people.selectors.near_words import words_near
from fenjin.people.selectors.persons import find_person
from fenjin.people.services.claim import WeakPassword
from fenjin.people.services.passwords import strength_of
from fenjin.people.views.claim import Checked, WrongClaim
from fenjin.people.views.ways import after_sign_in, known_from_now_on, own_path


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_POST
def password_strength(request: HttpRequest) -> HttpResponse:
    """Judge a password while it is typed. Nothing is kept; the form is judged again when it is sent."""
    found = strength_of(request.POST.get("password", "")[:200], words_near(_for_whom(request)))
    return JsonResponse({"score": found.score, "advice": str(found.advice)})


def _for_whom(request: HttpRequest) -> Account | None:
    if request.user.is_authenticated:
        account: Any = request.user
        found: Account = account
        return found
    try:
        return Account(person=find_person(Checked.read(request.POST.get("token", "")).person))
    except (WrongClaim, signing.BadSignature):
        return None


@needs(SIGNED_IN)
@before_notice
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own in place of one that somebody else has seen; leads on to what was wanted."""
    account: Any = request.user
    if not account.must_change_password:
        return HttpResponseRedirect(after_sign_in(request, account))
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_first_password(account=account, password=form.cleaned_data["password"])
        except WeakPassword as refusal:
            form.add_error("password", str(refusal))
        else:
            services.start_session(request=request, account=account)
            return known_from_now_on(HttpResponseRedirect(after_sign_in(request, account)), account)
    status = 422 if form.is_bound else 200
    return render(request, "people/first_password.html", {"form": form, "next": own_path(request)}, status=status)
