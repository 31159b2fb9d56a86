"""Person, then place, then sub-platform: by which clock somebody lives."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenjin.people.selectors import zones
from fenjin.people.services import persons, tree
from fenjin.people.testing import make_person, make_post, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(world):
    """A group, a company in Ürümqi and a team below it; somebody in the team."""
    group = make_unit("集团")
    company = make_unit("西部公司", group)
    team = make_unit("一班", company)
    zones.forget_places()
    yield {"group": group, "company": company, "team": team, "person": make_person(unit=team)}
    zones.forget_places()


def test_the_nearest_unit_with_a_zone_counts_then_the_own(place):
    person = place["person"]
    assert str(zones.zone_of(person)) == "Asia/Shanghai"
    tree.set_unit_zone(actor=None, unit_id=place["company"].pk, zone="Asia/Urumqi")
    assert str(zones.zone_of(person)) == "Asia/Urumqi"
    tree.set_unit_zone(actor=None, unit_id=place["group"].pk, zone="Asia/Tokyo")
    assert str(zones.zone_of(person)) == "Asia/Urumqi"
    assert zones.zone_of_unit(place["team"])[0] == "Asia/Urumqi"
    person = persons.set_person_zone(actor=None, person_id=person.pk, zone="Africa/Luanda")
    assert str(zones.zone_of(person)) == "Africa/Luanda"


def test_the_main_post_decides_not_the_second(place):
    tree.set_unit_zone(actor=None, unit_id=place["company"].pk, zone="Asia/Urumqi")
    other = make_unit("东部公司", place["group"])
    person = make_person(unit=other)
    make_post(person, place["team"], main=False)
    assert str(zones.zone_of(person)) == "Asia/Shanghai"


def test_a_platform_of_one_zone_asks_nothing_for_a_page(place):
    zones.zone_for_page(place["person"])
    with CaptureQueriesContext(connection) as asked:
        assert str(zones.zone_for_page(place["person"])) == "Asia/Shanghai"
    assert len(asked) == 0
    tree.set_unit_zone(actor=None, unit_id=place["company"].pk, zone="Asia/Urumqi")
    zones.forget_places()
    assert str(zones.zone_for_page(place["person"])) == "Asia/Urumqi"


def test_a_zone_that_does_not_exist_is_refused(place):
    with pytest.raises(tree.UnknownZone):
        tree.set_unit_zone(actor=None, unit_id=place["team"].pk, zone="Asia/Nowhere")
