"""Claiming: staff number, name and a one-time code make an account with a password of one's own.

A code for somebody who has an account gives a new password in the same way.
"""

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
from fenjin.people.models import Account, AccountCase, AccountNote, ClaimCode, Person
from fenjin.people.names import clean_text, same_name
from fenjin.people.selectors.accounts import CODE_FAILURES, persons_numbered
from fenjin.people.selectors.notices import current_number
from fenjin.people.services.cases import open_case
from fenjin.people.services.codes import hash_of_code
from fenjin.people.services.ending import end_all_sessions
from fenjin.people.services.limiter import count_attempt, forgive, note_failure
from fenjin.people.services.notes import note
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

    A wrong combination counts against the code of that number; after a hundred it is locked. The company
    is never asked: number, name and code together fit one person only.
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
        # Counted first, in one statement, so that no more than the limit can be compared at the same time.
        untried = ClaimCode.objects.filter(pk=row.pk, failures__lt=CODE_FAILURES).update(failures=F("failures") + 1)
        fits = constant_time_compare(row.code_hash, wanted) and same_name(row.person.name, name)
        if untried and fits and not has_left(row.person):
            ClaimCode.objects.filter(pk=row.pk).update(failures=F("failures") - 1)
            forgive(door="claim", name=number.casefold(), address=address)
            return row
    note_failure(door="claim", name=number, address=address)
    raise WrongClaim


@transaction.atomic
def claim_account(*, code_id: int, password: str, notice_version: int, language: str = "", device: str = "") -> Account:
    """Use up a checked code: make the person's account with this password, or give it this new one.

    Whoever was signed in to it is signed out. Raises WrongClaim when the code was used, revoked or ran out
    meanwhile, WeakPassword, NoticeNotAccepted.
    """
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
    again = account.pk is not None and account.has_usable_password()
    if account.privacy_notice_version < current_number() and notice_version != current_number():
        raise NoticeNotAccepted
    require_good_password(password, account)
    account.set_password(password)
    account.is_active, account.must_change_password = True, False
    account.language = account.language or language
    account.save()
    if account.privacy_notice_version < notice_version:
        note_reading(account=account, version=notice_version, language=language)
    end_all_sessions(account)
    if again:
        note(account=account, kind=AccountNote.Kind.PASSWORD, device=device)
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
    """Return the person's account, or a new one; raises WrongClaim for one that an administrator closed."""
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    if account is None:
        return Account(person=person)
    if account.has_usable_password() and not account.is_active:
        raise WrongClaim
    account.person = person
    return account


@transaction.atomic
def refuse_claim(*, code_id: int) -> None:
    """Stop a code because the one who typed it is not the person it names, and tell the administrators.

    Raises WrongClaim when the code was used or stopped meanwhile.
    """
    code = ClaimCode.objects.select_for_update(of=("self",)).select_related("person").filter(pk=code_id).first()
    if code is None or code.used_at or code.revoked_at:
        raise WrongClaim
    code.revoked_at = clock.now()
    code.save(update_fields=["revoked_at"])
    open_case(person=code.person, kind=AccountCase.Kind.NOT_ME)
    record(actor=None, act="people.claim_refuse", target=("person", code.person_id), details={"code": code.pk})
