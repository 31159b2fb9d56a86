"""Staff number and password → a session."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.errors import Refusal, TooMany
from fenjin.people import services
from fenjin.people.forms import SignInForm
from fenjin.people.selectors.installations import list_enabled
from fenjin.people.services.known_devices import COOKIE
from fenjin.people.services.sign_in import WhichCompany, WrongSignIn
from fenjin.people.views.ways import after_sign_in, client_address, known_from_now_on


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Staff number and password → a session."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(after_sign_in(request, request.user))
        return _draw_sign_in(request, SignInForm())
    form = SignInForm(request.POST)
    numbering = request.POST.get("company", "")
    if not form.is_valid():
        return _draw_sign_in(request, form, status=422)
    try:
        account = services.check_sign_in(
            name=form.cleaned_data["number"],
            password=form.cleaned_data["password"],
            address=client_address(request),
            numbering_id=int(numbering) if numbering.isdigit() and len(numbering) < 10 else None,
            device_cookie=request.COOKIES.get(COOKIE, ""),
        )
    except WhichCompany as refusal:
        form = SignInForm(initial={"number": form.cleaned_data["number"]}, numberings=refusal.numberings)
        return _draw_sign_in(request, form, refusal)
    except (WrongSignIn, TooMany) as refusal:
        return _draw_sign_in(request, form, refusal)
    services.start_session(request=request, account=account)
    return known_from_now_on(HttpResponseRedirect(after_sign_in(request, account)), account)


def _draw_sign_in(
    request: HttpRequest, form: SignInForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    installations = list_enabled()
    context = {
        "form": form,
        "refusal": refusal,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "installations": installations,
        "left": next((one for one in installations if one.key == request.GET.get("left")), None),
    }
    return render(request, "people/sign_in.html", context, status=refusal.status if refusal else status)
