"""Opening a sub-platform: its people change hands at once, and spaces do not nest."""

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Post, Unit
from fenjin.people.services.tree import RootStays, SpacesNest
from fenjin.people.testing import make_account, sign_in
from fenjin.spaces import services
from fenjin.spaces.models import Space
from fenjin.spaces.selectors import load_account
from fenjin.spaces.services import BadSeal, SpaceNameTaken


def open_on(actor, unit, name="华东", **more):
    return services.open_space(actor=actor, unit_id=unit.pk, name=name, **more)


def test_units_posts_and_people_belong_to_the_new_space_at_once(house):
    space = open_on(house.system, house.east)
    assert set(Unit.objects.filter(space=space).values_list("name", flat=True)) == {"华东公司", "乙烯厂"}
    assert Post.objects.get(person=house.zhang).space_id == space.pk
    assert Post.objects.get(person=house.li).space_id == 1
    assert load_account(make_account(house.zhang).pk).membership.spaces == {space.pk}
    assert space.seal == "华"
    assert AuditEvent.objects.get(act="spaces.open").target_id == space.pk


def refused(house, error, unit, actor=None, **more):
    before = Space.objects.count(), list(Unit.objects.order_by("pk").values_list("pk", "space"))
    events = AuditEvent.objects.count()
    with pytest.raises(error):
        open_on(actor or house.system, unit, **{"name": "另一个", **more})
    assert (Space.objects.count(), list(Unit.objects.order_by("pk").values_list("pk", "space"))) == before
    assert AuditEvent.objects.count() == events


def test_a_refused_opening_changes_nothing(house):
    open_on(house.system, house.east)
    refused(house, SpacesNest, house.east)
    refused(house, SpacesNest, house.plant)
    refused(house, RootStays, house.root)
    refused(house, SpaceNameTaken, house.west, name="华东")
    refused(house, SpaceNameTaken, house.west, name="  ")
    refused(house, BadSeal, house.west, seal="西北")
    refused(house, NotYourOffice, house.west, actor=house.security)


def test_a_unit_that_holds_a_sub_platform_cannot_become_one(house):
    open_on(house.system, house.plant, name="乙烯")
    refused(house, SpacesNest, house.east)


def test_the_desk_opens_one(client, house):
    sign_in(client, house.system)
    page = client.get("/studio/sub-platforms/open/")
    assert {unit.name for unit, _path, _taken in page.context["rows"]} == {"华东公司", "西北公司"}
    url = f"/studio/sub-platforms/open/{house.east.pk}/"
    assert client.get(url).context["people"] == 1
    assert client.post(url, {"name": "华东", "seal": "东", "name_en": "East"}).status_code == 302
    assert Space.objects.get(name="华东").seal == "东"
    assert client.post(url, {"name": "又一个", "seal": ""}).status_code == 422
    assert client.get("/studio/sub-platforms/").status_code == 200
