"""One-time codes: made by security and unit administrators, shown once, kept only as a keyed hash."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import has_left, require_reach
from fenjin.people.models import Account, AccountNote, ClaimCode, Person
from fenjin.people.selectors.accounts import account_state
from fenjin.people.services.notes import note

# Without 0 O 1 I L U V: nothing that is misread on paper or misheard on the telephone.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH: Final = 8
VALID_FOR: Final = timedelta(days=7)


class AccountClosed(Refusal):
    """The account was closed on purpose."""

    code = "account_closed"
    sentence = _("This account was closed by an administrator. A code would open it again behind their back.")


class HasLeft(Refusal):
    """The person no longer works here."""

    code = "has_left"
    sentence = _("This person has left. A code can be issued when the roster shows the person again.")


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A fresh code; `plain` exists only in this object and on the page that shows it."""

    row: ClaimCode
    plain: str

    @property
    def grouped(self) -> str:
        """Return the code as people read it: two groups of four."""
        return f"{self.plain[:4]} {self.plain[4:]}"


def hash_of_code(code: str) -> str:
    """Return what is stored for a code; spaces, dashes and case do not count."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("people.claim_code", plain, algorithm="sha256").hexdigest()


def new_code() -> str:
    """Return a fresh code: 38 bits, so that nobody guesses one within its week."""
    return "".join(secrets.choice(ALPHABET) for _unused in range(LENGTH))


def claim_path(code: str) -> str:
    """Return what stands behind the address of the claim page in a QR code.

    A fragment: browsers do not send it, so no log and no proxy on the way sees the code.
    """
    return f"#{code}"


@transaction.atomic
def issue_claim_code(*, actor: Account, person: Person) -> IssuedCode:
    """Make a code for a person; an earlier one stops working.

    For somebody who has an account it is a code for a new password: the old one holds until the code is
    used, and the owner reads on the page Me that it was made. Raises NotYourOffice, HasLeft, AccountClosed.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require_reach(actor, person)
    if has_left(person):
        raise HasLeft
    state = account_state(person.pk)
    if state.key == "closed":
        raise AccountClosed
    now = clock.now()
    _open_codes(person).update(revoked_at=now)
    plain = new_code()
    row = ClaimCode.objects.create(
        person=person, code_hash=hash_of_code(plain), made_by=actor, made_at=now, expires_at=now + VALID_FOR
    )
    if state.account is not None:
        note(account=state.account, kind=AccountNote.Kind.CODE)
    record(actor=actor, act="people.code_issue", target=("person", person.pk), details={"code": row.pk})
    return IssuedCode(row=row, plain=plain)


@transaction.atomic
def revoke_claim_code(*, actor: Account, person: Person) -> None:
    """Stop the code that is out for a person; raises NotYourOffice, NotFound if there is none."""
    require_reach(actor, person)
    if not _open_codes(person).update(revoked_at=clock.now()):
        raise NotFound
    record(actor=actor, act="people.code_revoke", target=("person", person.pk))


def _open_codes(person: Person) -> QuerySet[ClaimCode]:
    return ClaimCode.objects.filter(person=person, used_at__isnull=True, revoked_at__isnull=True)
