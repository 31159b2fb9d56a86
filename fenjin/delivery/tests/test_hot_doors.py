"""Each hot door against its twin, over everything that makes a request unusual."""

from dataclasses import replace

import pytest

from fenjin.delivery import register
from fenjin.delivery.testing import note_kind
from fenjin.delivery.tests.hot_confirms import CONFIRM
from fenjin.delivery.tests.hot_emergencies import EMERGENCY
from fenjin.delivery.tests.hot_opens import OPEN
from fenjin.delivery.tests.hot_scene import PAGE, play, scene_of
from fenjin.delivery.tests.lane import LaneClient, cookies_of
from fenjin.people.testing import publish_notice


@pytest.fixture
def lane(monkeypatch, lasting_world):
    client = LaneClient(monkeypatch)
    yield client
    client.close()


@pytest.mark.parametrize("table", [OPEN | EMERGENCY, CONFIRM], ids=["open", "confirm"])
def test_each_door_answers_as_its_twin_or_leaves_the_answer_to_it(lane, lasting_world, table):
    publish_notice()
    faults = {name: play(lane, make(lasting_world)) for name, make in table.items()}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_a_feature_that_follows_its_content_is_told_of_each_open(lane, lasting_world, monkeypatch):
    told, note = [], note_kind()
    kind = replace(note, key="followed", opened=lambda *seen: told.append(seen), follows=lambda content: content == 1)
    monkeypatch.setitem(register._kinds, kind.key, kind)
    for content_id in (1, 2):
        scene = scene_of(lasting_world, kind=kind.key, content_id=content_id)
        for _twice in range(2):
            assert lane.ask("GET", PAGE.format(pk=scene.message.pk), cookies=cookies_of(scene.client)).hot
        assert told == [(scene.person.pk, 1)] * 2 if content_id == 1 else not told
        told.clear()
