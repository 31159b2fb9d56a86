"""One-time codes: made by the security administrator, shown once, kept only as a keyed hash."""

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
from fenjin.people.access import has_left, require_office
from fenjin.people.models import Account, Administrator, ClaimCode, Person
from fenjin.people.selectors.accounts import account_state

# Without 0 O 1 I L U V: nothing that is misread on paper or misheard on the telephone.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH: Final = 8
VALID_FOR: Final = timedelta(days=7)


class HasAccount(Refusal):
    """The person can sign in already."""

    code = "has_account"
    sentence = _("This person has an account already. No code is needed.")


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


@transaction.atomic
def issue_claim_code(*, actor: Account, person: Person) -> IssuedCode:
    """Make a code for a person; an earlier one stops working.

    Raises NotYourOffice, HasLeft, HasAccount.
    """
    require_office(actor, Administrator.Office.SECURITY)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if has_left(person):
        raise HasLeft
    if account_state(person.pk).key in ("claimed", "closed"):
        raise HasAccount
    now = clock.now()
    _open_codes(person).update(revoked_at=now)
    plain = "".join(secrets.choice(ALPHABET) for _unused in range(LENGTH))
    row = ClaimCode.objects.create(
        person=person, code_hash=hash_of_code(plain), made_by=actor, made_at=now, expires_at=now + VALID_FOR
    )
    record(actor=actor, act="people.code_issue", target=("person", person.pk), details={"code": row.pk})
    return IssuedCode(row=row, plain=plain)


@transaction.atomic
def revoke_claim_code(*, actor: Account, person: Person) -> None:
    """Stop the code that is out for a person; raises NotYourOffice, NotFound if there is none."""
    require_office(actor, Administrator.Office.SECURITY)
    if not _open_codes(person).update(revoked_at=clock.now()):
        raise NotFound
    record(actor=actor, act="people.code_revoke", target=("person", person.pk))


def _open_codes(person: Person) -> QuerySet[ClaimCode]:
    return ClaimCode.objects.filter(person=person, used_at__isnull=True, revoked_at__isnull=True)
