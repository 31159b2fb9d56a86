"""Taking one's own data along: asked for, packed by a job, fetched after giving the password again, gone in a week."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal, TooMany
from fenjin.people.exports import store
from fenjin.people.exports.pack import packed
from fenjin.people.models import Account, DataExport
from fenjin.people.selectors.personal import own_data

LASTS: Final = timedelta(days=7)
LOST_AFTER: Final = timedelta(minutes=10)
GIVEN_UP_AFTER: Final = timedelta(hours=2)
A_DAY: Final = 5  # packings of one account in 24 hours: each reads everything


class NotReady(Refusal):
    """The file is still being packed, or it is gone."""

    code = "export_not_ready"
    sentence = _("This copy is not there: it is still being packed, or its week is over. Ask for a new one.")


@transaction.atomic
def ask_for_export(*, account: Account, language: str) -> DataExport:
    """Ask for a copy of one's own data, to be packed by a job; while one is being packed that one is returned.

    Raises TooMany after five in a day.
    """
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    waiting = DataExport.objects.filter(account=account, state=DataExport.State.WAITING).first()
    if waiting is not None:
        return waiting
    now = clock.now()
    if DataExport.objects.filter(account=account, asked_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise TooMany(_("You have asked for five copies today. Take one of them, or come back tomorrow."))
    made = DataExport.objects.create(account=account, language=language[:10], asked_at=now)
    record(actor=account, act="people.export_ask", target=("person", account.person_id), details={"export": made.pk})
    # The job is a row of the same transaction; its name is spelt out, since services know no tasks.
    app.configure_task("fenjin.people.tasks.pack_own_data").defer(export_id=made.pk)
    return made


def pack_export(*, export_id: int) -> None:
    """Pack what is stored about the one who asked; a second run changes nothing."""
    wish = DataExport.objects.select_related("account__person").filter(pk=export_id).first()
    if wish is None or wish.state != DataExport.State.WAITING or wish.account.person is None:
        return
    now = clock.now()
    with translation.override(wish.language or "zh-hans"):
        content = packed(own_data(wish.account.person.pk).sheets, name=wish.account.person.name, made_at=now)
    name = store.put(content)
    changed = DataExport.objects.filter(pk=wish.pk, state=DataExport.State.WAITING).update(
        state=DataExport.State.READY, ready_at=now, expires_at=now + LASTS, stored_name=name, bytes=len(content)
    )
    if not changed:  # another run was quicker
        store.drop(name)


def fail_export(*, export_id: int) -> None:
    """Note that a copy could not be packed, so that the person can ask again."""
    waiting = DataExport.objects.filter(pk=export_id, state=DataExport.State.WAITING)
    waiting.update(state=DataExport.State.FAILED)


def take_up_lost_exports() -> int:
    """Pack copies whose job was lost with its worker; say of those that hang for two hours that it failed.

    Returns how many it looked after. Safe beside a job that is late: whoever is quicker packs it.
    """
    now = clock.now()
    waiting = DataExport.objects.filter(state=DataExport.State.WAITING, asked_at__lt=now - LOST_AFTER)
    lost = list(waiting.order_by("asked_at").values_list("pk", "asked_at"))
    for export_id, asked_at in lost:
        if asked_at < now - GIVEN_UP_AFTER:
            fail_export(export_id=export_id)
        else:
            pack_export(export_id=export_id)
    return len(lost)


@transaction.atomic
def fetch_export(*, account: Account, export_id: int) -> bytes:
    """Return the ZIP of one's own copy and write down that it was fetched.

    The caller has made sure that the password was given just now. Raises NotFound for somebody
    else's, NotReady before it is packed and after its week.
    """
    wish = DataExport.objects.select_for_update().filter(pk=export_id, account=account).first()
    if wish is None:
        raise NotFound
    if wish.state != DataExport.State.READY or wish.expires_at is None or wish.expires_at <= clock.now():
        raise NotReady
    content = store.read(wish.stored_name)
    if content is None:
        raise NotReady
    wish.fetched_at = clock.now()
    wish.save(update_fields=["fetched_at"])
    record(actor=account, act="people.export_fetch", target=("person", account.person_id), details={"export": wish.pk})
    return content


def drop_old_exports() -> int:
    """Delete the files of copies whose week is over; the row stays as a record. Return how many."""
    old = DataExport.objects.filter(state=DataExport.State.READY, expires_at__lte=clock.now())
    return drop_files(list(old))


def drop_exports_of(account_id: int) -> int:
    """Delete every packed copy of an account that is closed; return how many."""
    return drop_files(list(DataExport.objects.filter(account=account_id, state=DataExport.State.READY)))


def drop_files(rows: list[DataExport]) -> int:
    """Delete the files of some copies; return how many."""
    for row in rows:
        store.drop(row.stored_name)
        DataExport.objects.filter(pk=row.pk).update(state=DataExport.State.GONE, stored_name="")
    return len(rows)
