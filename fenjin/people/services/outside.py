"""Signing in by another system: who comes from there is matched by number or by a link of one's own, never by name."""

import hashlib
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock, vault
from fenjin.kit.errors import Refusal
from fenjin.people.access import has_left, may_sign_in
from fenjin.people.models import Account, Installation, OutsideIdentity, OutsideTicket, Person
from fenjin.people.outside.common import Outsider
from fenjin.people.selectors.accounts import persons_numbered
from fenjin.people.selectors.installations import identity_of

TICKET_FOR: Final = timedelta(minutes=10)
POSTED_FOR: Final = timedelta(minutes=2)
_POSTED: Final = "people.outside.posted"


class OutsiderClosed(Refusal):
    """The account does not sign in any more: its person has left, or it was closed."""

    code = "outsider_closed"
    status = 403
    sentence = _(
        "You were recognised, but your account here is closed. If you still work here, ask your administrator"
        " whether the roster says so."
    )


class AlreadyUsed(Refusal):
    """What came from the other system was used before, or lay about for too long."""

    code = "already_used"
    status = 422
    sentence = _("This sign-in was used already, or took too long. Begin again.")


class LinkTaken(Refusal):
    """The outside identity belongs to another account, or the account is linked already."""

    code = "link_taken"
    sentence = _("This link exists already: one account here goes with one over there. Ask the system administrator.")


class NoLinkForOffices(Refusal):
    """Operators sign in here only."""

    code = "no_link_for_offices"
    sentence = _("The accounts of administrators sign in here only, never by another system.")


def recognise(*, installation: Installation, who: Outsider) -> Account | Person | None:
    """Return the account that an outsider has here, or the person whom the number names, or None for an unknown one.

    Raises OutsiderClosed.
    """
    identity = identity_of(installation, corp=who.corp, user_id=who.user_id)
    if identity is not None:
        if not may_sign_in(identity.account):
            raise OutsiderClosed
        return identity.account
    if installation.match != Installation.Match.NUMBER:
        return None
    persons = persons_numbered(who.user_id, installation.numbering_id)
    if len(persons) != 1:
        return None
    if has_left(persons[0]):
        raise OutsiderClosed
    return persons[0]


def enter(*, installation: Installation, who: Outsider, ticket: str) -> Account:
    """Return the account that an outsider opens, making and linking it where the number says who it is.

    `ticket` names this one sign-in and is used up. Raises AlreadyUsed, OutsiderClosed; NotFound does not occur.
    """
    spend(ticket)
    with transaction.atomic():
        found = recognise(installation=installation, who=who)
        if found is None:
            raise AlreadyUsed
        account = found if isinstance(found, Account) else _account_of(found, installation, who)
        OutsideIdentity.objects.filter(installation=installation, account=account).update(used_at=clock.now())
    return account


def _account_of(person: Person, installation: Installation, who: Outsider) -> Account:
    """Return the person's account, made when there is none: the administrator says that this system knows people."""
    account = Account.objects.select_for_update(of=("self",)).select_related("person").filter(person=person).first()
    if account is None:
        account = Account(person=person)
        account.set_unusable_password()
        account.save()
    if not may_sign_in(account):
        raise OutsiderClosed
    _link(account, installation, who, how="number")
    return account


@transaction.atomic
def link(*, account: Account, installation: Installation, who: Outsider) -> None:
    """Let an outsider open the account from now on; raises LinkTaken, NoLinkForOffices."""
    if account.person_id is None:
        raise NoLinkForOffices
    _link(account, installation, who, how="own hand")


def _link(account: Account, installation: Installation, who: Outsider, *, how: str) -> None:
    try:
        with transaction.atomic():
            OutsideIdentity.objects.create(
                installation=installation, corp=who.corp, user_id=who.user_id, account=account, made_at=clock.now()
            )
    except IntegrityError as error:
        raise LinkTaken from error
    details = {"installation": installation.key, "how": how}
    record(actor=account, act="people.outside_link", target=("account", account.pk), details=details)


def unlink_all(*account_ids: int) -> int:
    """Take away every link of accounts that leave or change hands; return how many."""
    return OutsideIdentity.objects.filter(account__in=account_ids).delete()[0]


# ---- what may be used once -------------------------------------------------------------------------------


def spend(name: str, *, lasts: timedelta = TICKET_FOR) -> None:
    """Note that something was used; raises AlreadyUsed the second time. In a transaction of its own."""
    _made, new = OutsideTicket.objects.get_or_create(
        key_hash=_hash(f"spent {name}"), defaults={"expires_at": clock.now() + lasts}
    )
    if not new:
        raise AlreadyUsed


@transaction.atomic
def keep_posted(*, key: str, answer: str) -> str:
    """Keep, sealed, what another site's form brought, until the browser asks for it by the name returned.

    The same answer is kept once, however often it is posted. Nobody learns the name who does not have the answer.
    """
    name = salted_hmac(_POSTED, f"{key} {answer}", algorithm="sha256").hexdigest()
    kept = {"body": vault.seal(answer, purpose=_POSTED), "expires_at": clock.now() + POSTED_FOR}
    OutsideTicket.objects.update_or_create(key_hash=_hash(f"posted {key} {name}"), defaults=kept)
    return name


@transaction.atomic
def take_posted(*, key: str, name: str) -> str:
    """Return what was kept, once; raises AlreadyUsed, kit.vault.Unreadable."""
    rows = OutsideTicket.objects.select_for_update().filter(expires_at__gt=clock.now())
    row = rows.filter(key_hash=_hash(f"posted {key} {name}")).first()
    if row is None:
        raise AlreadyUsed
    row.delete()
    return vault.unseal(row.body, purpose=_POSTED)


def clear_tickets() -> int:
    """Delete what can no longer be used; return how many."""
    return OutsideTicket.objects.filter(expires_at__lt=clock.now()).delete()[0]


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
