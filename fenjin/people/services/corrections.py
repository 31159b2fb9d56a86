"""Corrections: a person says what is wrong, an administrator answers with a reason."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest, NotFound, Refusal, TooMany
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.models import Account, Correction
from fenjin.people.names import clean_text
from fenjin.people.selectors.corrections import value_of
from fenjin.people.selectors.own import own_main_space

A_DAY: Final = 10


class AlreadyRight(Refusal):
    """The field says that already."""

    code = "already_right"
    status = 422
    sentence = _("That is what stands there already.")


class AlreadyDecided(Refusal):
    """Somebody else was quicker."""

    code = "already_decided"
    sentence = _("Somebody has answered this meanwhile. Load the page again to read the answer.")


class ReasonMissing(Refusal):
    """Who declines says why."""

    code = "reason_missing"
    status = 422
    sentence = _("Say in a sentence what you did, or why it stays: the person reads it.")


@transaction.atomic
def ask_correction(*, account: Account, field: str, wanted: str, note: str = "", client_key: str) -> Correction:
    """Ask to have one field corrected; the same `client_key` again is the same request.

    Raises BadRequest for no such field, AlreadyRight, TooMany.
    """
    person, wanted = account.person, clean_text(wanted)[:300]
    if person is None or field not in Correction.Field.values or not wanted:
        raise BadRequest
    with every_space(Reason.OWN_ROWS):
        known: Correction | None = Correction.objects.filter(person=person, client_key=client_key).first()
        if known is not None:
            return known
        lately = Correction.objects.filter(person=person, asked_at__gt=clock.now() - timedelta(days=1))
        if lately.count() >= A_DAY:
            raise TooMany
        stood = value_of(person, field)
        if stood == wanted:
            raise AlreadyRight
        made: Correction = Correction.objects.create(
            space_id=own_main_space(person.pk) or GROUP_SPACE,
            person=person,
            field=field,
            stood=stood[:300],
            wanted=wanted,
            note=note.strip()[:500],
            client_key=client_key,
            asked_at=clock.now(),
        )
    record(
        actor=account,
        act="people.correction_ask",
        target=("person", person.pk),
        space_id=made.space_id,
        details={"field": field, "correction": made.pk},
    )
    return made


@transaction.atomic
def decide_correction(*, actor: Account, correction_id: int, done: bool, answer: str) -> Correction:
    """Answer a request in scope: corrected at its source, or not and why. Once.

    The caller's rule said who may. Raises NotFound, AlreadyDecided, ReasonMissing.
    """
    row: Correction | None = Correction.objects.select_for_update().filter(pk=correction_id).first()
    if row is None:
        raise NotFound
    if row.state != Correction.State.OPEN:
        raise AlreadyDecided
    if not answer.strip():
        raise ReasonMissing
    row.state = Correction.State.DONE if done else Correction.State.DECLINED
    row.answer, row.decided_by, row.decided_at = answer.strip()[:500], actor, clock.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(
        actor=actor,
        act="people.correction_decide",
        target=("person", row.person_id),
        space_id=row.space_id,
        details={"correction": row.pk, "state": row.state},
    )
    return row
