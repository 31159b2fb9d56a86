"""Each hot door against its twin, over everything that makes a request unusual."""

import pytest

from fenjin.delivery.tests.hot_confirms import CONFIRM
from fenjin.delivery.tests.hot_emergencies import EMERGENCY
from fenjin.delivery.tests.hot_opens import OPEN
from fenjin.delivery.tests.hot_scene import play
from fenjin.delivery.tests.lane import LaneClient
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
