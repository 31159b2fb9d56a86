"""The second factor of staff: added at the first entry into the studio, asked for again, reset when it is lost.

Only it makes a session strong. A password alone never does: see `add_app` and `give_code`.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock, vault
from fenjin.kit.demo import is_demo_database
from fenjin.kit.errors import Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, AccountNote, Administrator, Factor, RecoveryCode, Session
from fenjin.people.selectors.factors import factor_state
from fenjin.people.services import totp
from fenjin.people.services.codes import ALPHABET
from fenjin.people.services.limiter import count_attempt, forgive, note_failure

# How lately the password must have been given on a session that adds the first factor.
ENROL_WITHIN: Final = timedelta(minutes=30)
RECOVERY_CODES: Final = 10
RECOVERY_LENGTH: Final = 10  # of 29 signs: 48 bits
SEALED_FOR: Final = "people.factor"
_OFFER: Final = "people.factor.offer"


class WrongCode(Refusal):
    """The code does not fit, is old, or was used before; it does not say which."""

    code = "wrong_code"
    status = 422
    sentence = _("This code is not right or was used already. Wait for the next one in your app and type that.")


class OfferOver(Refusal):
    """The page that shows the secret lay open for too long, or belongs to somebody else."""

    code = "offer_over"
    status = 422
    sentence = _("This page was open for too long. Here is a new code to scan; take the old entry out of your app.")


class NotYetProven(Refusal):
    """A factor cannot be added on this session: the password, or the factor that is there, comes first."""

    code = "not_yet_proven"
    status = 403
    sentence = _("Show first that it is you, then add the second factor.")


class NotYourOwn(Refusal):
    """Nobody resets the own second factor."""

    code = "not_your_own"
    sentence = _("Your own second factor is reset by another security administrator, or with a recovery code.")


class NoFactor(Refusal):
    """There is nothing to reset."""

    code = "no_factor"
    sentence = _("This account has no second factor yet: it is added at the first entry into the studio.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that an app may take in; `token` carries it, sealed, so that nothing half-made is kept."""

    secret: str
    token: str
    address: str

    @property
    def grouped(self) -> str:
        """Return the secret as people type it: in groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def offer_app(account: Account) -> Offer:
    """Return a new secret for the account; it is valid on this page for half an hour."""
    return _offer(account, totp.new_secret())


def offer_again(account: Account, token: str) -> Offer:
    """Return the offer that a page carried; raises OfferOver."""
    try:
        owner, secret = vault.unseal(token, purpose=_OFFER, seconds=int(ENROL_WITHIN.total_seconds())).split()
    except (vault.Unreadable, ValueError):
        raise OfferOver from None
    if owner != str(account.pk):
        raise OfferOver
    return _offer(account, secret, token)


def _offer(account: Account, secret: str, token: str = "") -> Offer:
    token = token or vault.seal(f"{account.pk} {secret}", purpose=_OFFER)
    name = account.operator_name or (account.person.staff_number if account.person else "")
    return Offer(secret, token, totp.address_for_apps(secret, name or ""))


def is_identified(session: Session) -> bool:
    """Tell whether a password, or a sign-in from outside, was given on this session in the last eight hours."""
    within = timedelta(seconds=settings.STRONG_SESSION_SECONDS)
    return session.identified_at is not None and clock.now() - session.identified_at <= within


def may_enrol(session: Session, account: Account, *, strong: bool) -> bool:
    """Tell whether a factor may be added on this session: by the one that is there, or by a fresh password."""
    if factor_state(account.pk).enrolled:
        return strong
    return session.identified_at is not None and clock.now() - session.identified_at <= ENROL_WITHIN


def add_app(*, session: Session, account: Account, token: str, code: str, strong: bool) -> list[str]:
    """Take in an app that shows the right code, in place of an earlier one, and make the session strong.

    Returns the ten recovery codes when there were none, else an empty list. Raises OfferOver, WrongCode,
    NotYetProven, TooMany.
    """
    offer = offer_again(account, token)
    _count(account)
    step = totp.matching_step(offer.secret, _plain(code))
    if step is None:
        raise WrongCode(_("This code is not right. Check the clock of your phone, then type the code shown now."))
    with transaction.atomic():
        lock_for_enrolment(session, account, strong=strong)
        Factor.objects.update_or_create(
            account=account,
            kind=Factor.Kind.APP,
            defaults={
                "secret": vault.seal(offer.secret, purpose=SEALED_FOR),
                "counter": step,
                "label": session.device,
                "made_at": clock.now(),
                "used_at": clock.now(),
            },
        )
        record(actor=account, act="people.factor_add", target=("account", account.pk), details={"kind": "app"})
        codes = first_recovery_codes(account)
        make_strong(session, account, by="app")
    _forgive(account)
    return codes


def lock_for_enrolment(session: Session, account: Account, *, strong: bool) -> None:
    """Let one enrolment of an account go on at a time; raises NotYetProven when the session may not add a factor."""
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if not may_enrol(session, account, strong=strong):
        raise NotYetProven


def give_code(*, session: Session, account: Account, code: str) -> str:
    """Make the session strong by a code of the app, or by a recovery code; return which: app, recovery, demo.

    Raises WrongCode, TooMany, and NotYetProven when the password was given too long ago. A code that was right
    once is wrong from then on.
    """
    if not is_identified(session):
        raise NotYetProven
    return check_code(account=account, code=code, session=session)


def check_code(*, account: Account, code: str, session: Session | None = None) -> str:
    """Use up a code of the second factor and return what it was: app, recovery, demo; raises WrongCode, TooMany.

    With a session, that one becomes strong by it.
    """
    _count(account)
    plain = _plain(code)
    with transaction.atomic():
        by = _use(account, plain)
        if by is not None and session is not None:
            make_strong(session, account, by=by)
    if by is None:
        note_failure(door="factor", name=f"account {account.pk}", address="")
        raise WrongCode
    _forgive(account)
    return by


def _use(account: Account, code: str) -> str | None:
    """Use up a code and return what it was, or None."""
    if len(code) == totp.DIGITS:
        for factor in Factor.objects.select_for_update().filter(account=account, kind=Factor.Kind.APP):
            secret = vault.unseal(factor.secret, purpose=SEALED_FOR)
            step = totp.matching_step(secret, code, after=factor.counter)
            if step is not None:
                factor.counter, factor.used_at = step, clock.now()
                factor.save(update_fields=["counter", "used_at"])
                return "app"
        demo = Factor.objects.filter(account=account, kind=Factor.Kind.DEMO).first()
        if demo and constant_time_compare(demo.secret, _hash(account, code)) and is_demo_database():
            return "demo"
    open_codes = RecoveryCode.objects.filter(account=account, code_hash=_hash(account, code), used_at__isnull=True)
    return "recovery" if code and open_codes.update(used_at=clock.now()) else None


def make_strong(session: Session, account: Account, *, by: str) -> None:
    """Note that a second factor was given on this session, and how."""
    now = clock.now()
    Session.objects.filter(pk=session.pk, account=account).update(strong_at=now, staff_seen_at=now)
    record(actor=account, act="people.factor_given", target=("account", account.pk), details={"by": by})


def first_recovery_codes(account: Account) -> list[str]:
    """Make recovery codes if none is left; return them, this once."""
    if RecoveryCode.objects.filter(account=account, used_at__isnull=True).exists():
        return []
    return _make_recovery_codes(account)


@transaction.atomic
def renew_recovery_codes(*, account: Account) -> list[str]:
    """Make ten new recovery codes and return them, this once; the earlier ones stop working."""
    codes = _make_recovery_codes(account)
    record(actor=account, act="people.recovery_codes", target=("account", account.pk))
    return codes


def _make_recovery_codes(account: Account) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    codes = ["".join(secrets.choice(ALPHABET) for _sign in range(RECOVERY_LENGTH)) for _code in range(RECOVERY_CODES)]
    now = clock.now()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=_hash(account, code), made_at=now) for code in codes
    )
    return [f"{code[:5]} {code[5:]}" for code in codes]


@transaction.atomic
def reset_factors(*, actor: Account, account: Account) -> None:
    """Take the second factor of somebody who lost it: every session ends, a new one is added at the next entry.

    Raises NotYourOffice, NotYourOwn, NoFactor.
    """
    require_office(actor, Administrator.Office.SECURITY)
    if actor.pk == account.pk:
        raise NotYourOwn
    if not forget_factors(account.pk):
        raise NoFactor
    now = clock.now()
    Session.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=now)
    AccountNote.objects.create(account=account, kind=AccountNote.Kind.FACTOR, at=now)
    record(actor=actor, act="people.factor_reset", target=("account", account.pk))


def forget_factors(*account_ids: int) -> int:
    """Delete second factors and recovery codes of accounts that leave or change hands; return how many factors."""
    RecoveryCode.objects.filter(account__in=account_ids).delete()
    Session.objects.filter(account__in=account_ids).update(strong_at=None)
    return Factor.objects.filter(account__in=account_ids).delete()[0]


def give_demo_code(account: Account) -> str:
    """Give an account of the made-up company a code that never changes; return it.

    It opens nothing in a database that is not flagged as demo.
    """
    code = "".join(secrets.choice("0123456789") for _digit in range(totp.DIGITS))
    values = {"secret": _hash(account, code), "made_at": clock.now()}
    Factor.objects.update_or_create(account=account, kind=Factor.Kind.DEMO, defaults=values)
    return code


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper()[:40] if sign.isascii() and sign.isalnum())


def _hash(account: Account, code: str) -> str:
    return salted_hmac("people.recovery_code", f"{account.pk} {code}", algorithm="sha256").hexdigest()


def _count(account: Account) -> None:
    """Count a try: ten in a quarter of an hour, wherever they come from; who gets here knows the password already."""
    count_attempt(door="factor", name=f"account {account.pk}", address=f"account {account.pk}")


def _forgive(account: Account) -> None:
    name = f"account {account.pk}"
    forgive(door="factor", name=name, address=name, account_id=account.pk)
