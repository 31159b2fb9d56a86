"""Leaving: every way in is closed in the transaction that learns of it."""

from collections.abc import Collection

from django.db import transaction

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.people.models import Account, ClaimCode, Person, Session
from fenjin.people.register import Ended, acts_on_leave
from fenjin.people.services.factors import forget_factors
from fenjin.people.services.outside import unlink_all


def end_access(person: Person, *, actor: Account | None = None) -> None:
    """Close the account of somebody who leaves: see end_access_of."""
    end_access_of(person_ids=[person.pk], actor=actor)


@transaction.atomic
def end_access_of(*, person_ids: Collection[int], actor: Account | None = None) -> dict[str, Collection[Ended]]:
    """End sessions, codes, passwords, second factors and roles of people who leave.

    The account stays. Somebody who comes back claims it again with a new code, so that an old
    password never opens anything. Returns what other rooms ended, by kind, for an undo.
    """
    if not person_ids:
        return {}
    now = clock.now()
    accounts = Account.objects.filter(person__in=person_ids)
    Session.objects.filter(account__in=accounts, revoked_at__isnull=True).update(revoked_at=now)
    ClaimCode.objects.filter(person__in=person_ids, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )
    forget_factors(*accounts.values_list("pk", flat=True))
    unlink_all(*accounts.values_list("pk", flat=True))
    for account in accounts:
        account.set_unusable_password()
        account.save(update_fields=["password"])
        record(actor=actor, act="people.access_end", target=("person", account.person_id))
    return {part.kind: part.end(person_ids) for part in acts_on_leave()}
