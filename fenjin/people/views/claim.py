"""Number, name and one-time code → who this is → an account of one's own."""

from dataclasses import asdict, dataclass
from typing import Self

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.addresses import client_address
from fenjin.kit.errors import TooMany
from fenjin.people import services
from fenjin.people.forms import ClaimForm, NewPasswordForm
from fenjin.people.models import ClaimCode
from fenjin.people.selectors.accounts import account_state
from fenjin.people.selectors.notices import current_number, notice_numbered, parts_of
from fenjin.people.selectors.own import own_posts
from fenjin.people.services.claim import WeakPassword, WrongClaim
from fenjin.people.services.devices import device_label
from fenjin.people.services.notices import NoticeNotAccepted
from fenjin.people.views.ways import after_sign_in, known_from_now_on

CLAIM_SALT = "people.claim"
CLAIM_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked travels in the page, signed and for a quarter of an hour: no half-made account is kept."""

    code: int
    name: str
    person: int
    again: bool  # there is an account already: it gets a new password
    notice: bool  # the privacy notice in force was not read yet

    @classmethod
    def of(cls, code: ClaimCode) -> Self:
        """Return what the second page needs to know of a code that fits."""
        account = account_state(code.person_id).account
        again = account is not None and account.has_usable_password()
        unread = account is None or account.privacy_notice_version < current_number()
        return cls(code.pk, code.person.name, code.person_id, again, unread)

    @classmethod
    def read(cls, token: str) -> Self:
        """Return what a token holds; raises WrongClaim for an old or made-up one."""
        try:
            return cls(**signing.loads(token, salt=CLAIM_SALT, max_age=CLAIM_SECONDS))
        except signing.BadSignature as error:
            raise WrongClaim from error

    @property
    def token(self) -> str:
        """Return it as the page carries it."""
        return signing.dumps(asdict(self), salt=CLAIM_SALT)


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Staff number, name and code → a password of one's own → signed in."""
    if request.method != "POST":
        return _draw_claim(request, ClaimForm())
    if "token" in request.POST:
        return _finish_claim(request)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _draw_claim(request, form, status=422)
    try:
        code = services.check_claim(**form.cleaned_data, address=client_address(request))
    except (WrongClaim, TooMany) as refusal:
        return _draw_claim(request, form, refusal, status=refusal.status)
    checked = Checked.of(code)
    return _draw_password(request, NewPasswordForm(ask_notice=checked.notice), checked)


def _draw_claim(
    request: HttpRequest, form: ClaimForm, refusal: WrongClaim | TooMany | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "people/claim.html", {"form": form, "refusal": refusal}, status=status)


def _finish_claim(request: HttpRequest) -> HttpResponse:
    try:
        checked = Checked.read(request.POST["token"])
    except WrongClaim as refusal:
        return _draw_claim(request, ClaimForm(), refusal, status=422)
    form = NewPasswordForm(request.POST, ask_notice=checked.notice)
    if not form.is_valid():
        return _draw_password(request, form, checked, status=422)
    try:
        account = services.claim_account(
            code_id=checked.code,
            password=form.cleaned_data["password"],
            notice_version=_shown_notice(request),
            language=get_language() or "",
            device=device_label(request.headers.get("User-Agent", "")),
        )
    except WeakPassword as refusal:
        form.add_error("password", str(refusal))
        return _draw_password(request, form, checked, status=422)
    except NoticeNotAccepted as refusal:
        # A newer notice came out while this page was open: it stands there now, and is ticked once more.
        form = NewPasswordForm(request.POST)
        form.add_error("notice", str(refusal))
        return _draw_password(request, form, checked, status=422)
    except WrongClaim as refusal:
        return _draw_claim(request, ClaimForm(), refusal, status=refusal.status)
    services.start_session(request=request, account=account)
    return known_from_now_on(HttpResponseRedirect(after_sign_in(request, account)), account)


def _draw_password(request: HttpRequest, form: NewPasswordForm, checked: Checked, status: int = 200) -> HttpResponse:
    version = current_number()
    parts = parts_of(notice_numbered(version), get_language() or "") if version else []
    posts = own_posts(checked.person)
    context = {
        "form": form,
        "token": checked.token,
        "name": checked.name,
        "where": posts[0].path if posts else (),
        "again": checked.again,
        "version": version,
        "parts": parts,
    }
    return render(request, "people/claim_password.html", context, status=status)


def _shown_notice(request: HttpRequest) -> int:
    """Return the number of the notice that stood on the page which was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 6 else 0


@needs(PUBLIC)
@never_cache
@require_POST
def claim_refuse(request: HttpRequest) -> HttpResponse:
    """ "This is not me": the code stops, the administrators are told."""
    try:
        services.refuse_claim(code_id=Checked.read(request.POST.get("token", "")).code)
    except WrongClaim as refusal:
        return _draw_claim(request, ClaimForm(), refusal, status=refusal.status)
    return render(request, "people/claim_refused.html")
