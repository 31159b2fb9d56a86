"""All clear rings whoever the emergency rang, once, and nobody else; the board says so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from fenjin.delivery.models import Outbox
from fenjin.delivery.ringing import ALL_CLEAR
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.selectors.outbox.over import all_clear_rung
from fenjin.delivery.services import Said, answer_emergency, end_emergency, keep_outbox, ring
from fenjin.delivery.testing import make_emergency
from fenjin.kit import clock
from fenjin.people.testing import sign_in
from fenjin.spaces.testing import give_role, make_editor, with_rights
from fenjin.workplace.testing import inject_faults, sent_on_console

# Far ahead, since the people of a test come today: a message reaches nobody who came after it.
NIGHT = datetime(2099, 11, 24, 16, 0, tzinfo=UTC)  # midnight in Shanghai


@pytest.fixture(autouse=True)
def console(settings, tmp_path):
    settings.WORKPLACE, settings.FENJIN_DATA = "console", tmp_path
    with clock.pretend(NIGHT):
        yield


def cards():
    """Return title and head count of each card; all of a pretended moment have no order."""
    return sorted((send["card"]["title"], len(send["accepted"])) for send in sent_on_console())


def test_all_clear_rings_those_who_were_rung_once_and_at_night_too(client, world):
    answered, unknown = world.people["first"]
    actor = make_editor(1)
    inject_faults(nobody=(unknown.staff_number,))
    message = make_emergency(world.first, actor=actor)
    keep_outbox()
    answer_emergency(person_id=answered.pk, message=message, said=Said(needs_help=False))
    assert all_clear_rung(message) is None
    ring(message=message, people=sets.audience(message), why="remind-1")  # not yet out when it ends
    ended = end_emergency(actor=actor, message_id=message.pk, words="火已扑灭。")
    assert [row.state for row in Outbox._base_manager.filter(ring="remind-1")] == [
        "dropped"
    ]  # at once, not in its turn
    with translation.override("en"):
        assert "is going out now" in all_clear_rung(ended).words
    keep_outbox()
    assert cards() == sorted([("冬季安全十条", 15), ("【警报解除 All clear】冬季安全十条", 15)])
    [over] = Outbox._base_manager.filter(ring=ALL_CLEAR)
    assert (answered.pk in sets.read(over.rung), unknown.pk in sets.read(over.people)) == (True, False)
    assert {(row.state, row.reason) for row in Outbox._base_manager.filter(ring="remind-1")} == {("dropped", "over")}
    with clock.pretend(NIGHT + timedelta(hours=20)):
        assert keep_outbox() == 0
    assert len(cards()) == 2

    give_role(actor.person, "duty_officer", space_id=1)
    sign_in(client, with_rights(actor))
    page = client.get(f"/studio/messages/{message.pk}/board/").text
    with translation.override("zh-hans"):
        assert all_clear_rung(ended).words in page


def test_a_drill_says_on_every_card_that_it_is_one_and_ends_like_it(world):
    actor = make_editor(1)
    message = make_emergency(world.second, actor=actor, drill=True)
    keep_outbox()
    end_emergency(actor=actor, message_id=message.pk)
    keep_outbox()
    ended = "【警报解除 All clear】【演练 Drill】冬季安全十条"
    assert cards() == sorted([("【演练 Drill】冬季安全十条", 7), (ended, 7)])


def test_an_emergency_that_rang_nobody_ends_without_a_ring(world, settings):
    settings.WORKPLACE = "standalone"
    actor = make_editor(1)
    message = make_emergency(world.second, actor=actor)
    keep_outbox()
    ended = end_emergency(actor=actor, message_id=message.pk)
    assert keep_outbox() == 0
    assert all_clear_rung(ended).well
    assert not Outbox._base_manager.exists()
