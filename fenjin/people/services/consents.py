"""Consents to optional uses: given one by one, withdrawn as easily."""

from django.db import transaction

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest
from fenjin.people.models import Account, Consent, PersonPrivate
from fenjin.people.selectors.notices import current_number


@transaction.atomic
def give_consent(*, account: Account, purpose: str, language: str = "") -> None:
    """Allow one use of one optional field; a second time changes nothing. Raises BadRequest for no such use."""
    if account.person_id is None or purpose not in Consent.Purpose.values:
        raise BadRequest
    _row, made = Consent.objects.get_or_create(
        person_id=account.person_id,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"given_at": clock.now(), "notice_number": current_number(), "language": language[:10]},
    )
    if made:
        # Who allows a use wants the field: the next roster may bring it again.
        PersonPrivate.objects.filter(person=account.person_id, withheld=True).update(withheld=False)
        _record(account, "people.consent_give", purpose)


@transaction.atomic
def withdraw_consent(*, account: Account, purpose: str) -> None:
    """Allow it no longer, from this instant; a second time changes nothing. Raises BadRequest for no such use."""
    if account.person_id is None or purpose not in Consent.Purpose.values:
        raise BadRequest
    rows = Consent.objects.filter(person=account.person_id, purpose=purpose, withdrawn_at__isnull=True)
    if rows.update(withdrawn_at=clock.now()):
        _record(account, "people.consent_withdraw", purpose)


def _record(account: Account, act: str, purpose: str) -> None:
    record(actor=account, act=act, target=("person", account.person_id), details={"purpose": purpose})
