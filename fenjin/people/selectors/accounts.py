"""Reads about accounts, their sessions and their claim codes."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.people.models import Account, Administrator, ClaimCode, Numbering, Person, Session

# A code is too long to be guessed, and its door is throttled by address. A low number here would only let
# anybody who knows a staff number spoil the code of its owner.
CODE_FAILURES = 100


def get_account(account_id: int) -> Account | None:
    """Return an account by its id, or None."""
    return Account.objects.filter(pk=account_id).select_related("person").first()


def account_of(person_id: int) -> Account:
    """Return the account of a person; raises Account.DoesNotExist for one who has none."""
    return Account.objects.select_related("person").get(person=person_id)


def account_ids(person_ids: Collection[int]) -> dict[int, int]:
    """Return person → account for those who have one that is open."""
    rows = Account.objects.filter(person__in=list(person_ids), is_active=True)
    return dict(rows.values_list("person_id", "pk"))


def spellings(number: str) -> set[str]:
    """Return the ways in which a typed staff number may be stored: in capitals, with its lost zeros."""
    found = {number, number.upper(), number.lower()}
    if number.isdigit():
        widths = Numbering.objects.filter(width__gt=len(number)).values_list("width", flat=True)
        found |= {number.zfill(width or 0) for width in widths}
    return found


def persons_numbered(number: str, numbering_id: int | None = None) -> list[Person]:
    """Return who bears a staff number: one person in each numbering at most, save for lost zeros."""
    persons = Person.objects.filter(staff_number__in=spellings(number)).select_related("numbering")
    return list(persons.filter(numbering=numbering_id) if numbering_id else persons)


def numberings_with(number: str) -> list[Numbering]:
    """Return the numberings in which a staff number exists, by name."""
    found = {person.numbering for person in persons_numbered(number)}
    return sorted(found, key=lambda numbering: numbering.name)


def accounts_named(name: str, numbering_id: int | None = None) -> list[Account]:
    """Return the accounts that somebody means who types a staff number or an operator's name."""
    persons = Q(person__staff_number__in=spellings(name))
    if numbering_id:
        persons &= Q(person__numbering=numbering_id)
    return list(Account.objects.filter(Q(operator_name=name.lower()) | persons).select_related("person"))


def list_sessions(account: Account) -> list[Session]:
    """Return the devices on which an account is signed in now, the last used first."""
    rows = Session.objects.filter(account=account, revoked_at__isnull=True, expires_at__gt=clock.now())
    return list(listing(rows.order_by("-last_seen_at", "-pk")))


def list_administrators() -> list[Administrator]:
    """Return who holds the three offices, by office."""
    rows = Administrator.objects.select_related("account", "given_by").order_by("office", "given_at")
    return list(listing(rows))


@dataclass(frozen=True, slots=True)
class AccountState:
    """How far a person has come with the own account."""

    account: Account | None
    code: ClaimCode | None

    @property
    def key(self) -> str:
        """Return claimed, closed, locked, expired, waiting or none."""
        if self.account and self.account.has_usable_password():
            return "claimed" if self.account.is_active else "closed"
        if self.code is None:
            return "none"
        if self.code.failures >= CODE_FAILURES:
            return "locked"
        return "waiting" if self.code.expires_at > clock.now() else "expired"


def account_state(person_id: int) -> AccountState:
    """Return the account of a person and the code that is out, if any."""
    return AccountState(
        account=Account.objects.filter(person=person_id).first(),
        code=ClaimCode.objects.filter(person=person_id, used_at__isnull=True, revoked_at__isnull=True).first(),
    )
