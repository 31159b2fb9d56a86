"""Ending sessions: what is open on a lost phone ends everywhere at once."""

from django.db import transaction

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.people.access import require_reach
from fenjin.people.models import Account, AccountNote, Person, Session
from fenjin.people.services.notes import note


def end_all_sessions(account: Account) -> int:
    """End every session of an account; return how many. Call it inside the transaction of the act."""
    open_ones = Session.objects.filter(account=account, revoked_at__isnull=True)
    return open_ones.update(revoked_at=clock.now())


@transaction.atomic
def end_sessions_of(*, actor: Account, person: Person) -> int:
    """Sign a person out everywhere, by the administrator's hand; return how many sessions ended.

    Raises NotYourOffice. The password stays; the owner reads on the page Me what happened.
    """
    require_reach(actor, person)
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    ended = end_all_sessions(account) if account else 0
    if account and ended:
        note(account=account, kind=AccountNote.Kind.SESSIONS)
        record(actor=actor, act="people.sessions_end", target=("person", person.pk), details={"ended": ended})
    return ended
