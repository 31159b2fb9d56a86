"""Number, name and one-time code → an account of one's own."""

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.errors import TooMany
from fenjin.people import services
from fenjin.people.forms import ClaimForm, NewPasswordForm
from fenjin.people.selectors.notices import current_number, notice_numbered, parts_of
from fenjin.people.services.claim import WeakPassword, WrongClaim
from fenjin.people.services.notices import NoticeNotAccepted
from fenjin.people.views.ways import after_sign_in, client_address

CLAIM_SALT = "people.claim"
CLAIM_SECONDS = 15 * 60


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Staff number, name and code → a password of one's own → signed in."""
    if request.method != "POST":
        return render(request, "people/claim.html", {"form": ClaimForm()})
    if "token" in request.POST:
        return _finish_claim(request)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return render(request, "people/claim.html", {"form": form}, status=422)
    try:
        code = services.check_claim(**form.cleaned_data, address=client_address(request))
    except (WrongClaim, TooMany) as refusal:
        return render(request, "people/claim.html", {"form": form, "refusal": refusal}, status=refusal.status)
    # What was checked travels in the page, signed and for a quarter of an hour: no half-made account is kept.
    token = signing.dumps({"code": code.pk, "name": code.person.name}, salt=CLAIM_SALT)
    return _draw_password(request, NewPasswordForm(), token, code.person.name)


def _finish_claim(request: HttpRequest) -> HttpResponse:
    token = request.POST["token"]
    try:
        checked = signing.loads(token, salt=CLAIM_SALT, max_age=CLAIM_SECONDS)
    except signing.BadSignature:
        return render(request, "people/claim.html", {"form": ClaimForm(), "refusal": WrongClaim()}, status=422)
    form = NewPasswordForm(request.POST)
    if not form.is_valid():
        return _draw_password(request, form, token, checked["name"], status=422)
    try:
        account = services.claim_account(
            code_id=checked["code"],
            password=form.cleaned_data["password"],
            notice_version=_shown_notice(request),
            language=get_language() or "",
        )
    except WeakPassword as refusal:
        form.add_error("password", str(refusal))
        return _draw_password(request, form, token, checked["name"], status=422)
    except NoticeNotAccepted as refusal:
        # A newer notice came out while this page was open: it stands there now, and is ticked once more.
        form.add_error("notice", str(refusal))
        return _draw_password(request, form, token, checked["name"], status=422)
    except WrongClaim as refusal:
        return render(request, "people/claim.html", {"form": ClaimForm(), "refusal": refusal}, status=refusal.status)
    services.start_session(request=request, account=account)
    return HttpResponseRedirect(after_sign_in(request, account))


def _draw_password(
    request: HttpRequest, form: NewPasswordForm, token: str, name: str, status: int = 200
) -> HttpResponse:
    version = current_number()
    parts = parts_of(notice_numbered(version), get_language() or "") if version else []
    context = {"form": form, "token": token, "name": name, "version": version, "parts": parts}
    return render(request, "people/claim_password.html", context, status=status)


def _shown_notice(request: HttpRequest) -> int:
    """Return the number of the notice that stood on the page which was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 6 else 0
