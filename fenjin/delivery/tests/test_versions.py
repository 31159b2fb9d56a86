"""After the press: corrected, confirmed anew, taken back; and what the ledger keeps of it."""

import re
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.delivery import register
from fenjin.delivery.models import PastConfirmation
from fenjin.delivery.selectors import (
    get_message_for,
    glance,
    is_recipient,
    messages_for,
    received_content_ids,
    to_confirm,
)
from fenjin.delivery.services import (
    AlreadyWithdrawn,
    NothingCorrected,
    ReceiptsBusy,
    SayWhy,
    TooLateToUndo,
    VersionChanged,
    Withdrawn,
    confirm_message,
    correct_message,
    rebuild_counters,
    undo_confirmation,
    withdraw_message,
)
from fenjin.delivery.testing import make_message, sender
from fenjin.delivery.tests.test_receipts import confirm_as, counters, open_as
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.people.testing import make_account, sign_in

CHANGING = "test-changing"
words = {}


def send(world, **fields):
    """Return a sent message whose content can change afterwards: see say()."""
    if CHANGING not in {kind.key for kind in register.kinds()}:
        register.register_kind(
            register.ContentKind(CHANGING, "Note", lambda r: [], lambda pk: words["now"], lambda m, pk: True)
        )
    say("演练在14:00开始。\n请戴好安全帽。")
    return make_message(world.first, kind=CHANGING, actor=world.actor, **fields)


def say(text, title="演练通知"):
    html = "".join(f"<p>{line}</p>" for line in text.splitlines())
    words["now"] = register.Frozen(title, "", html, text, reading_seconds=30)


@pytest.fixture
def world(world):
    world.actor = sender()
    return world


def correct(world, message, *, material=True, text="演练在15:00开始。\n请戴好安全帽。", note="时间写错了"):
    say(text)
    return correct_message(actor=world.actor, message_id=message.pk, note=note, material=material)


def truth(message):
    """Return unit → (opened, confirmed) straight from the receipts, by the rule of the message."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r.unit_id, count(*), count(*) FILTER (WHERE r.confirmed_version >= m.confirm_from)
               FROM delivery_receipt r JOIN delivery_message m ON m.id = r.message_id
               WHERE m.id = %s GROUP BY 1""",
            [message.pk],
        )
        return {unit: (opened, confirmed) for unit, opened, confirmed in cursor.fetchall()}


def test_a_material_correction_asks_everybody_again_and_counts_anew(world):
    message, person = send(world), world.people["team"][0]
    confirm_as(person, message)
    open_as(world.people["team"][1], message)
    assert not to_confirm(person.pk)
    version = correct(world, message)
    assert (version.number, version.material, version.note) == (2, True, "时间写错了")
    found = get_message_for(person.pk, message.pk)
    assert "15:00" in found.body
    assert not found.confirmed
    assert [row.message_id for row in to_confirm(person.pk)] == [message.pk]
    assert counters(message) == truth(message) == {world.team.pk: (2, 0)}
    confirm_as(person, message, version=2, key="second-press")
    assert counters(message) == truth(message) == {world.team.pk: (2, 1)}
    assert rebuild_counters(message_id=message.pk) == 0


def test_the_ledger_keeps_the_confirmation_of_the_earlier_version(world):
    message, person = send(world), world.people["team"][0]
    first = confirm_as(person, message)
    correct(world, message)
    second = confirm_as(person, message, version=2, key="second-press")
    rows = PastConfirmation._base_manager.filter(message_id=message.pk).values_list(
        "version", "confirmed_at", "undone_at"
    )
    assert list(rows) == [(1, first.confirmed_at, None)]
    assert (second.confirmed_version, second.opened_version) == (2, 1)
    assert second.number != first.number


def test_a_small_correction_leaves_confirmations_standing(world):
    message, person, other = send(world), *world.people["team"][:2]
    confirm_as(person, message)
    correct(world, message, material=False)
    assert get_message_for(person.pk, message.pk).confirmed
    assert counters(message) == truth(message) == {world.team.pk: (1, 1)}
    assert confirm_as(person, message, version=2, key="again-again").confirmed_version == 1
    confirm_as(other, message, version=2, key="the-other")
    assert counters(message) == truth(message) == {world.team.pk: (2, 2)}


def test_what_was_read_before_cannot_be_confirmed_after(world):
    message, person = send(world), world.people["team"][0]
    found = get_message_for(person.pk, message.pk)
    correct(world, message)
    with pytest.raises(VersionChanged):
        confirm_message(person_id=person.pk, message=found.message, version=1, key="an-old-page")
    assert counters(message) == truth(message)


def test_whoever_read_the_old_text_is_shown_the_difference_and_nobody_else(world):
    message, (reader, newcomer) = send(world), world.people["team"][:2]
    confirm_as(reader, message)
    correct(world, message)
    old, new = Client(), Client()
    sign_in(old, make_account(reader))
    sign_in(new, make_account(newcomer))
    page = old.get(f"/messages/{message.pk}/").text
    assert "时间写错了" in page
    assert "<del>14</del><ins>15</ins>" in page
    assert "戴好安全帽" not in page.split("</details>")[0]
    assert "<del>" not in new.get(f"/messages/{message.pk}/").text


def test_a_correction_that_changes_nothing_is_refused(world):
    message = send(world)
    for note, error in (("没有变", NothingCorrected), ("  ", SayWhy)):
        with pytest.raises(error):
            correct_message(actor=world.actor, message_id=message.pk, note=note, material=True)
    assert message.versions.count() == 1


def test_only_a_sender_of_the_space_corrects_and_withdraws(world):
    message = send(world)
    branch = sender(unit=world.second)
    for act in (
        lambda: correct_message(actor=branch, message_id=message.pk, note="改", material=False),
        lambda: withdraw_message(actor=branch, message_id=message.pk, why="改"),
        lambda: withdraw_message(actor=world.actor, message_id=message.pk + 1, why="改"),
    ):
        with pytest.raises(NotFound):
            act()
    withdraw_message(actor=sender(), message_id=message.pk, why="另一位编辑")


def test_a_withdrawn_message_leaves_every_list_and_its_page_says_why(world):
    message, person = send(world), world.people["team"][0]
    confirm_as(person, message)
    kept = counters(message)
    withdraw_message(actor=world.actor, message_id=message.pk, why="发错了单位")
    assert messages_for(person.pk).rows == ()
    assert to_confirm(person.pk) == []
    assert not glance(person.pk).unread
    assert not is_recipient(person_id=person.pk, kind=CHANGING, content_id=1)
    assert received_content_ids(person_id=person.pk, kind=CHANGING) == frozenset()
    client = Client()
    sign_in(client, make_account(person))
    page = client.get(f"/messages/{message.pk}/")
    assert page.status_code == 410
    assert "发错了单位" in page.text
    assert "演练在" not in page.text
    with pytest.raises(Withdrawn):
        confirm_as(world.people["team"][1], message)
    with pytest.raises(AlreadyWithdrawn):
        correct(world, message)
    assert counters(message) == kept
    stranger = Client()
    sign_in(stranger, make_account(world.people["second"][0]))
    assert stranger.get(f"/messages/{message.pk}/").status_code == 404


def test_the_acts_are_in_the_audit_once(world):
    message = send(world)
    correct(world, message)
    for _twice in range(2):
        withdraw_message(actor=world.actor, message_id=message.pk, why="发错了")
    acts = AuditEvent.objects.filter(target_kind="message", target_id=message.pk).order_by("pk")
    assert [event.act for event in acts] == ["delivery.send", "delivery.correct", "delivery.withdraw"]
    assert acts[1].details == {"version": 2, "material": True}


def test_a_confirmation_can_be_taken_back_for_five_minutes_and_is_kept_as_taken_back(world):
    message, person = send(world), world.people["team"][0]
    receipt = confirm_as(person, message)
    found = get_message_for(person.pk, message.pk)
    with clock.pretend(receipt.confirmed_at + timedelta(minutes=4)):
        for _twice in range(2):
            undo_confirmation(person_id=person.pk, message=found.message)
    assert counters(message) == truth(message) == {world.team.pk: (1, 0)}
    past = PastConfirmation._base_manager.get(message_id=message.pk)
    assert (past.version, past.confirmed_at) == (1, receipt.confirmed_at)
    assert past.undone_at is not None
    # A phone that repeats the old press confirms nothing; a new press does.
    assert confirm_as(person, message).confirmed_at is None
    assert confirm_as(person, message, key="a-new-press").confirmed_version == 1
    assert counters(message) == truth(message) == {world.team.pk: (1, 1)}


def test_after_five_minutes_a_confirmation_stands(world):
    message, person = send(world), world.people["team"][0]
    receipt = confirm_as(person, message)
    found = get_message_for(person.pk, message.pk)
    with clock.pretend(receipt.confirmed_at + timedelta(minutes=5, seconds=1)), pytest.raises(TooLateToUndo):
        undo_confirmation(person_id=person.pk, message=found.message)
    assert counters(message) == {world.team.pk: (1, 1)}


def test_the_page_offers_to_take_back_and_a_new_key_afterwards(world):
    message, client = send(world), Client()
    sign_in(client, make_account(world.people["team"][0]))
    page = client.get(f"/messages/{message.pk}/").text
    first_key = re.search(r'data-key-for="([^"]+)"', page).group(1)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    client.post(f"/messages/{message.pk}/confirm/", fields)
    assert f"/messages/{message.pk}/undo/" in client.get(f"/messages/{message.pk}/").text
    assert client.post(f"/messages/{message.pk}/undo/").status_code == 302
    page = client.get(f"/messages/{message.pk}/").text
    assert "data-confirm" in page
    assert re.search(r'data-key-for="([^"]+)"', page).group(1) != first_key


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_during_a_correction_counts_for_the_version_it_was_given_to(lasting_world):
    world = lasting_world
    world.actor = sender()
    message = send(world)
    barrier, people = Barrier(6), world.people["team"]

    def press(person):
        found = get_message_for(person.pk, message.pk)
        barrier.wait()
        try:
            confirm_message(person_id=person.pk, message=found.message, version=1, key=f"press-{person.pk}")
        except VersionChanged:
            pass
        finally:
            connection.close()

    threads = [Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    barrier.wait()
    while message.versions.count() == 1:
        with suppress(ReceiptsBusy):  # on a machine that is very busy: nothing was changed, so it tries again
            correct(world, message)
    for thread in threads:
        thread.join()
    assert counters(message) == truth(message)
    assert rebuild_counters(message_id=message.pk) == 0
