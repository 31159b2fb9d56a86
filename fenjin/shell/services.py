"""Writes of the shell: complaints and their answers. What belongs to an account is written by people."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal, TooMany
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.shell.models import Complaint

A_DAY = 10  # complaints of one person in 24 hours


class AlreadyAnswered(Refusal):
    code = "already_answered"
    sentence = _("Somebody has answered this meanwhile. Load the page again to read the answer.")


@transaction.atomic
def send_complaint(
    *, person_id: int, space_id: int | None, category: str, text: str, may_contact: bool, client_key: str
) -> Complaint:
    """Keep a complaint once, however often it is sent; raises TooMany after ten in a day."""
    now = clock.now()
    with every_space(Reason.OWN_ROWS):
        mine = Complaint.objects.filter(person_id=person_id)
        known = mine.filter(client_key=client_key).first()
        if known is not None:
            return known
        if mine.filter(sent_at__gt=now - timedelta(days=1)).count() >= A_DAY:
            raise TooMany
        made, _new = Complaint.objects.get_or_create(
            person_id=person_id,
            client_key=client_key,
            defaults={
                "space_id": space_id or GROUP_SPACE,
                "category": Complaint.Category(category),
                "text": text.strip(),
                "may_contact": may_contact,
                "sent_at": now,
            },
        )
        return made


def note_answer_seen(*, person_id: int, complaint: Complaint) -> None:
    """Note that the sender has looked at the answer, so that the home page tells of it no more."""
    if complaint.state == Complaint.State.ANSWERED and complaint.seen_at is None:
        with every_space(Reason.OWN_ROWS):
            Complaint.objects.filter(pk=complaint.pk, person=person_id).update(seen_at=clock.now())


@transaction.atomic
def answer_complaint(*, actor: audit.Actor, complaint_id: int, answer: str) -> Complaint:
    """Answer a complaint, once; raises NotFound and AlreadyAnswered."""
    complaint = Complaint.objects.select_for_update().filter(pk=complaint_id).first()
    if complaint is None:
        raise NotFound
    if complaint.state == Complaint.State.ANSWERED:
        raise AlreadyAnswered
    complaint.state, complaint.answer = Complaint.State.ANSWERED, answer.strip()
    complaint.answered_by_id, complaint.answered_at = actor.pk, clock.now()
    complaint.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record(
        actor=actor,
        act="shell.complaint_answer",
        target=("complaint", complaint.pk),
        space_id=complaint.space_id,
        details={"number": complaint.number},
    )
    return complaint
