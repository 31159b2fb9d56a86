"""Signing in and out: one answer for every wrong combination, in the same time."""

from datetime import timedelta
from typing import Final

from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import may_sign_in
from fenjin.people.models import Account, Administrator, Numbering, Session
from fenjin.people.names import clean_text
from fenjin.people.selectors.accounts import accounts_named, numberings_with
from fenjin.people.services.devices import device_label
from fenjin.people.services.known_devices import known_device
from fenjin.people.services.limiter import count_attempt, forgive, note_failure

STAFF_SEEN_EVERY: Final = timedelta(minutes=1)


class WrongSignIn(Refusal):
    """Number and password do not open an account; it does not say which of the two."""

    code = "wrong_sign_in"
    status = 422
    sentence = _("The staff number or the password is not right. Check both and try again.")


class WhichCompany(Refusal):
    """The number exists in more than one numbering; `numberings` are the choices."""

    code = "which_company"
    status = 422
    sentence = _("This staff number exists in more than one company. Choose yours.")

    def __init__(self, numberings: list[Numbering]) -> None:
        super().__init__()
        self.numberings = numberings


def check_sign_in(
    *, name: str, password: str, address: str, numbering_id: int | None = None, device_cookie: str = ""
) -> Account:
    """Return the account that a staff number (or operator's name) and a password open.

    `device_cookie` is what services.known_devices gave this browser. Raises WrongSignIn, WhichCompany,
    TooMany. Unknown numbers cost the same time as known ones.
    """
    name = clean_text(name)[:80]
    meant = accounts_named(name, numbering_id)
    device = known_device(device_cookie, meant)
    count_attempt(door="sign_in", name=name.casefold(), address=address, device=device)
    if numbering_id is None and len(numberings := numberings_with(name)) > 1:
        raise WhichCompany(numberings)
    account = next(iter(meant), None)
    fits = password_fits(account, password)
    if account is None or not fits or not may_sign_in(account):
        note_failure(door="sign_in", name=name, address=address)
        raise WrongSignIn
    forgive(door="sign_in", name=name.casefold(), address=address, device=device, account_id=account.pk)
    return account


def password_fits(account: Account | None, password: str) -> bool:
    """Compare a password; for no account it does the same work and says no."""
    if account is None:
        make_password(password)
        return False
    return account.check_password(password)


@transaction.atomic
def start_session(*, request: HttpRequest, account: Account) -> Session:
    """Sign the account in on this device: a new session row that knows who it is. The studio asks for more.

    A session that the browser brought along is ended, so that nobody can plant one.
    """
    if request.session.session_key:
        request.session.flush()
    login(request, account)
    request.session.save()
    row: Session = request.session.row  # type: ignore[attr-defined]
    row.account, row.identified_at = account, clock.now()
    row.device = device_label(request.headers.get("User-Agent", ""))
    row.save(update_fields=["account", "identified_at", "device"])
    if Administrator.objects.filter(account=account).exists():
        record(actor=account, act="people.sign_in", target=("account", account.pk))
    return row


def confirm_identity(*, session: Session, account: Account, password: str, address: str) -> None:
    """Note that the password was given again here; that alone is not strong. Raises WrongSignIn, TooMany."""
    name = f"account {account.pk}"
    count_attempt(door="confirm", name=name, address=address)
    if not password_fits(account, password):
        note_failure(door="confirm", name=name, address=address)
        raise WrongSignIn(_("The password is not right."))
    forgive(door="confirm", name=name, address=address, account_id=account.pk)
    session.identified_at = clock.now()
    Session.objects.filter(pk=session.pk, account=account).update(identified_at=session.identified_at)


def sign_out(*, request: HttpRequest) -> None:
    """End the session of this browser; the row stays as a record."""
    logout(request)


def note_staff_use(session: Session) -> None:
    """Keep that the studio was used on this session, at most once a minute."""
    now = clock.now()
    if session.staff_seen_at is None or now - session.staff_seen_at >= STAFF_SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(staff_seen_at=now)
        session.staff_seen_at = now
