"""Erasing: by the person's own wish after a week in which it can be taken back, and of leavers when it is time."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.people.models import (
    Account,
    AccountNote,
    Consent,
    Erasure,
    OutsideIdentity,
    PersonPrivate,
    RosterJournal,
)
from fenjin.people.register import Fate, Subject, personal_data
from fenjin.people.selectors.personal import subject_of
from fenjin.people.services.exports import drop_exports_of
from fenjin.people.services.leaving import end_access_of

UNDO: Final = timedelta(days=7)


class NothingToTakeBack(Refusal):
    """No erasure waits, or it is done already."""

    code = "nothing_to_take_back"
    sentence = _("Nothing waits to be erased: it was taken back, or it is done already.")


@transaction.atomic
def ask_erasure(*, account: Account, kind: str) -> Erasure:
    """Ask to have something erased in a week; while one waits, that one is returned. Raises BadRequest.

    The caller has shown what goes and what stays, and has made sure that the password was given just now.
    """
    if account.person_id is None or kind not in Erasure.Kind.values:
        raise BadRequest
    now = clock.now()
    wish, made = Erasure.objects.get_or_create(
        person_id=account.person_id,
        kind=kind,
        taken_back_at=None,
        done_at=None,
        defaults={"asked_at": now, "due_at": now + UNDO},
    )
    if made:
        _record(account, "people.erasure_ask", wish)
    return wish


@transaction.atomic
def take_erasure_back(*, account: Account, erasure_id: int) -> None:
    """Take a wish back before it is carried out; raises NothingToTakeBack, also for somebody else's."""
    wish = Erasure.objects.select_for_update().filter(pk=erasure_id, person=account.person_id, done_at=None).first()
    if wish is None or wish.taken_back_at is not None:
        raise NothingToTakeBack
    wish.taken_back_at = clock.now()
    wish.save(update_fields=["taken_back_at"])
    _record(account, "people.erasure_take_back", wish)


def carry_out_erasures() -> int:
    """Carry out every wish whose week is over, each in its own transaction; return how many."""
    due = Erasure.objects.filter(due_at__lte=clock.now(), taken_back_at=None, done_at=None)
    return sum(_carry_out(pk) for pk in due.order_by("due_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _carry_out(erasure_id: int) -> int:
    wish = Erasure.objects.select_for_update(skip_locked=True).filter(pk=erasure_id, done_at=None).first()
    if wish is None or wish.taken_back_at is not None:
        return 0
    subject = subject_of(wish.person_id)
    if wish.kind == Erasure.Kind.OPTIONAL:
        wish.result = erase_contact([wish.person_id], withheld=True)
    else:
        wish.result = _close_account(subject)
    wish.done_at = clock.now()
    wish.save(update_fields=["done_at", "result"])
    details = {"kind": wish.kind, "gone": wish.result}
    record(actor=None, act="people.erasure_done", target=("person", wish.person_id), details=details)
    return 1


def _close_account(subject: Subject) -> dict[str, int]:
    """End every way in and erase what each room says may go; employment and its records stay."""
    gone: dict[str, int] = erase_contact([subject.person_id], withheld=True)
    for part in personal_data():
        gone |= part.erase(subject)
    end_access_of(person_ids=[subject.person_id])
    return gone


def erase_contact(person_ids: list[int], *, withheld: bool) -> dict[str, int]:
    """Erase mobile number and e-mail and end the consents to use them; the caller holds the transaction.

    With `withheld` rosters bring nothing for these persons any more, until they ask for it. What the undo of a
    roster remembers of them goes too: an undo would bring it back.
    """
    held = PersonPrivate.objects.filter(person__in=person_ids).filter(~Q(mobile="") | ~Q(email=""))
    gone = {"contact": held.count()}
    held.update(mobile="", email="")
    RosterJournal.objects.filter(kind="private", person_id__in=person_ids).delete()
    if withheld:
        for person_id in person_ids:
            PersonPrivate.objects.update_or_create(
                person_id=person_id, defaults={"withheld": True, "mobile": "", "email": ""}
            )
    open_consents = Consent.objects.filter(person__in=person_ids, withdrawn_at__isnull=True)
    return gone | {"consents_ended": open_consents.update(withdrawn_at=clock.now())}


# ---- the part of people in the register ----------------------------------------------------------------


def account_fates(subject: Subject) -> list[Fate]:
    """Tell what of the account and the person goes when the account is closed."""
    private = PersonPrivate.objects.filter(person=subject.person_id).first()
    values = [private.mobile, private.email] if private else []
    fates = [
        Fate(_("Mobile number and e-mail"), sum(map(bool, values)), goes=True, optional=True),
        Fate(_("Password, second factors, signed-in devices, language and appearance"), 1, goes=True),
        Fate(
            _("Name, number, unit, post and their history"),
            1,
            goes=False,
            why=_("you work here: the roster of your company says so"),
        ),
        Fate(
            _("Sign-ins and what you did as staff"),
            1,
            goes=False,
            why=_("security records are kept as the law asks, and nobody can change the audit log"),
        ),
    ]
    return [fate for fate in fates if fate.count]


def erase_account(subject: Subject) -> dict[str, int]:
    """Erase what people keeps of an account that is closed; the row stays, so that it can be claimed again."""
    if subject.account_id is None:
        return {}
    rows = Account.objects.filter(pk=subject.account_id)
    rows.update(language="", theme=Account.Theme.AUTO, scale=1, privacy_notice_version=0)
    notes, _kinds = AccountNote.objects.filter(account=subject.account_id).delete()
    outside, _kinds = OutsideIdentity.objects.filter(account=subject.account_id).delete()
    return {"notes": notes, "outside": outside, "exports": drop_exports_of(subject.account_id)}


def leavers_due(before: datetime) -> tuple[int, datetime | None]:
    """Count the leavers of before an instant who still have private fields, and tell the oldest."""
    rows = _leavers(before)
    oldest = rows.aggregate(oldest=Min("person__left_on"))["oldest"]
    return rows.count(), datetime(oldest.year, oldest.month, oldest.day, tzinfo=before.tzinfo) if oldest else None


@transaction.atomic
def purge_leavers(before: datetime) -> int:
    """Erase the private fields of people who left before an instant; return of how many."""
    gone: int = erase_contact(list(_leavers(before).values_list("person_id", flat=True)), withheld=False)["contact"]
    return gone


def _leavers(before: datetime) -> QuerySet[PersonPrivate]:
    held = ~Q(mobile="") | ~Q(email="")
    return PersonPrivate.objects.filter(held, person__left_on__lt=before.date())


def _record(account: Account, act: str, wish: Erasure) -> None:
    details = {"kind": wish.kind, "erasure": wish.pk}
    record(actor=account, act=act, target=("person", account.person_id), details=details)
