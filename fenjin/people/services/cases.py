"""Cases: "this is not me" and "somebody else claimed my account". A person looks into each of them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import has_left, require_reach
from fenjin.people.models import Account, AccountCase, AccountNote, ClaimCode, Person
from fenjin.people.names import clean_text, same_name
from fenjin.people.selectors.accounts import persons_numbered
from fenjin.people.services.codes import IssuedCode, issue_claim_code
from fenjin.people.services.ending import end_all_sessions
from fenjin.people.services.factors import forget_factors
from fenjin.people.services.limiter import count_attempt
from fenjin.people.services.notes import note
from fenjin.people.services.outside import unlink_all


class CaseClosed(Refusal):
    """Somebody else was quicker."""

    code = "case_closed"
    sentence = _("This case was closed meanwhile. Load the page again to see how.")


def open_case(*, person: Person, kind: str, note_text: str = "", phone: str = "") -> AccountCase:
    """Put a case on the administrators' desk, or add to the one that is open for the same person."""
    case, new = AccountCase.objects.get_or_create(
        person=person,
        kind=kind,
        closed_at=None,
        defaults={"made_at": clock.now(), "note": note_text[:500], "phone": phone[:30]},
    )
    if not new and (note_text or phone):
        case.note, case.phone = note_text[:500] or case.note, phone[:30] or case.phone
        case.save(update_fields=["note", "phone"])
    return case


def report_taken(*, number: str, name: str, note_text: str, phone: str, address: str) -> None:
    """Take in that somebody else uses an account; raises TooMany.

    It answers nothing: whether number and name belong to anybody, or to an account, is not to be learnt here.
    """
    number = clean_text(number)[:80]
    count_attempt(door="help", name=number.casefold(), address=address)
    meant = [one for one in persons_numbered(number) if same_name(one.name, name) and not has_left(one)]
    with transaction.atomic():
        for person in meant:
            case = open_case(person=person, kind=AccountCase.Kind.TAKEN, note_text=note_text, phone=phone)
            record(actor=None, act="people.case_open", target=("person", person.pk), details={"case": case.pk})


@transaction.atomic
def give_back(*, actor: Account, case: AccountCase) -> IssuedCode:
    """Close an account to everybody and make a new code for its owner: sessions, password and old codes end.

    Raises NotYourOffice, CaseClosed, HasLeft, AccountClosed.
    """
    case = _open(case)
    require_reach(actor, case.person)
    account = Account.objects.select_for_update(of=("self",)).filter(person=case.person).first()
    ended = 0
    if account is not None:
        ended = end_all_sessions(account)
        # What the wrong person added: a factor of their own, a link to their own account elsewhere.
        forget_factors(account.pk)
        unlink_all(account.pk)
        if account.is_active:
            account.set_unusable_password()
            account.save(update_fields=["password"])
        note(account=account, kind=AccountNote.Kind.SECURED)
    ClaimCode.objects.filter(person=case.person, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=clock.now()
    )
    issued = issue_claim_code(actor=actor, person=case.person)
    _close(actor, case, AccountCase.Outcome.SECURED, sessions=ended)
    return issued


@transaction.atomic
def close_case(*, actor: Account, case: AccountCase) -> None:
    """Close a case because all was in order; raises NotYourOffice, CaseClosed."""
    case = _open(case)
    require_reach(actor, case.person)
    _close(actor, case, AccountCase.Outcome.UNFOUNDED)


def _open(case: AccountCase) -> AccountCase:
    found = (
        AccountCase.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=case.pk, closed_at__isnull=True)
        .first()
    )
    if found is None:
        raise CaseClosed
    return found


def _close(actor: Account, case: AccountCase, outcome: str, **details: int) -> None:
    case.closed_at, case.closed_by, case.outcome = clock.now(), actor, outcome
    # What a stranger may have written is needed no longer.
    case.note = case.phone = ""
    case.save(update_fields=["closed_at", "closed_by", "outcome", "note", "phone"])
    record(
        actor=actor,
        act="people.case_close",
        target=("person", case.person_id),
        details={"case": case.pk, "outcome": str(outcome), **details},
    )
