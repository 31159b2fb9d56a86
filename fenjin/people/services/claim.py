"""Claiming: staff number, name and a one-time code make an account with a password of one's own."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import has_left
from fenjin.people.models import Account, ClaimCode, Person
from fenjin.people.names import clean_text, same_name
from fenjin.people.selectors.accounts import CODE_FAILURES, persons_numbered
from fenjin.people.selectors.notices import current_number
from fenjin.people.services.codes import hash_of_code
from fenjin.people.services.limiter import count_attempt, forgive
from fenjin.people.services.notices import NoticeNotAccepted, note_reading


class WrongClaim(Refusal):
    """Number, name and code do not belong together, or the code is used, old, revoked or locked."""

    code = "wrong_claim"
    status = 422
    sentence = _(
        "These three do not fit together, or the code no longer works. Check each sign;"
        " if it still fails, ask your administrator for a new code."
    )


class WeakPassword(Refusal):
    """The password is too short, too common or only digits; `sentence` says which."""

    code = "weak_password"
    status = 422


def check_claim(*, number: str, name: str, code: str, address: str) -> ClaimCode:
    """Return the code that fits a number and a name; raises WrongClaim, TooMany.

    A wrong combination counts against the code of that number; after five the code is locked.
    """
    number = clean_text(number)[:80]
    count_attempt(door="claim", name=number.casefold(), address=address)
    wanted = hash_of_code(code[:40])
    persons = persons_numbered(number)
    now = clock.now()
    out = ClaimCode.objects.filter(
        person__in=persons, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
    ).select_related("person")
    for row in out:
        # Counted first, in one statement, so that no more than five can be compared at the same time.
        untried = ClaimCode.objects.filter(pk=row.pk, failures__lt=CODE_FAILURES).update(failures=F("failures") + 1)
        fits = constant_time_compare(row.code_hash, wanted) and same_name(row.person.name, name)
        if untried and fits and not has_left(row.person):
            ClaimCode.objects.filter(pk=row.pk).update(failures=F("failures") - 1)
            forgive(door="claim", name=number.casefold(), address=address)
            return row
    raise WrongClaim


@transaction.atomic
def claim_account(*, code_id: int, password: str, notice_version: int, language: str = "") -> Account:
    """Use up a checked code: make the person's account with this password.

    Raises WrongClaim when the code was used, revoked or ran out meanwhile, WeakPassword, NoticeNotAccepted.
    """
    if notice_version != current_number():
        raise NoticeNotAccepted
    now = clock.now()
    code = (
        ClaimCode.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=code_id, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if code is None or has_left(code.person):
        raise WrongClaim
    account = _account_for(code.person)
    require_good_password(password, account)
    account.set_password(password)
    account.is_active = True
    account.language = account.language or language
    account.save()
    note_reading(account=account, version=notice_version, language=language)
    code.used_at = now
    code.save(update_fields=["used_at"])
    record(actor=account, act="people.claim", target=("person", code.person_id), details={"code": code.pk})
    return account


def require_good_password(password: str, account: Account | None = None) -> None:
    """Do nothing for a password that may be used; raises WeakPassword with the reasons."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error


def _account_for(person: Person) -> Account:
    """Return the person's account: a new one, or that of somebody who came back, without a password."""
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    if account is None:
        return Account(person=person)
    if account.has_usable_password():
        raise WrongClaim
    return account
