"""What people change about their own account: password, preferences, sessions."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest, NotFound
from fenjin.people.models import Account, AccountNote, Session
from fenjin.people.services.claim import WeakPassword, require_good_password
from fenjin.people.services.limiter import count_attempt, forgive
from fenjin.people.services.notes import note
from fenjin.people.services.sign_in import WrongSignIn, password_fits


def change_password(*, account: Account, old: str, new: str, address: str, device: str = "") -> None:
    """Set a new password and end every session; the caller starts a new one on this device.

    Raises WrongSignIn when the old one is wrong, WeakPassword, TooMany.
    """
    name = f"account {account.pk}"
    count_attempt(door="confirm", name=name, address=address)
    if not password_fits(account, old):
        raise WrongSignIn(_("The password you have now is not right."))
    require_good_password(new, account)
    forgive(door="confirm", name=name, address=address)
    with transaction.atomic():
        account.set_password(new)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        _open_sessions(account).update(revoked_at=clock.now())
        note(account=account, kind=AccountNote.Kind.PASSWORD, device=device)
        record(actor=account, act="people.password_change", target=("account", account.pk))


@transaction.atomic
def take_first_password(*, account: Account, password: str) -> None:
    """Put a password of one's own in place of the one that somebody else has seen; every session ends.

    The caller starts a new one on this device. Raises WeakPassword, also for the same password again.
    """
    if account.check_password(password):
        raise WeakPassword(_("That is the password you were given. Choose one that nobody else has seen."))
    require_good_password(password, account)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    _open_sessions(account).update(revoked_at=clock.now())
    note(account=account, kind=AccountNote.Kind.PASSWORD)
    record(actor=account, act="people.password_change", target=("account", account.pk), details={"first": True})


def change_preferences(
    *, account: Account, theme: str | None = None, scale: int | None = None, language: str | None = None
) -> None:
    """Keep how the pages look and speak for this account; None leaves a value as it is.

    Raises BadRequest for a value that does not exist.
    """
    offered = {code for code, _name in settings.LANGUAGES} | {""}
    if theme not in (None, *Account.Theme.values) or scale not in (None, 1, 2, 3) or language not in (None, *offered):
        raise BadRequest
    changes = {"theme": theme, "scale": scale, "language": language}
    kept = {name: value for name, value in changes.items() if value is not None}
    if kept:
        Account.objects.filter(pk=account.pk).update(**kept)
        for name, value in kept.items():
            setattr(account, name, value)


@transaction.atomic
def end_session(*, account: Account, session_id: int) -> None:
    """End one of the account's own sessions; raises NotFound for somebody else's."""
    if not _open_sessions(account).filter(pk=session_id).update(revoked_at=clock.now()):
        raise NotFound
    record(actor=account, act="people.session_end", target=("account", account.pk), details={"session": session_id})


@transaction.atomic
def end_other_sessions(*, account: Account, session_id: int) -> int:
    """End every session of the account but this one; return how many."""
    ended = _open_sessions(account).exclude(pk=session_id).update(revoked_at=clock.now())
    if ended:
        record(actor=account, act="people.session_end_others", target=("account", account.pk), details={"ended": ended})
    return ended


def _open_sessions(account: Account) -> QuerySet[Session]:
    return Session.objects.filter(account=account, revoked_at__isnull=True)
