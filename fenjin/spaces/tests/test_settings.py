"""Settings of a space: who changes them, what is refused, and that two who change them notice."""

import pytest
from django.utils.translation import override

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import NotFound
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces import services
from fenjin.spaces.models import Space
from fenjin.spaces.ramp import ramp_of
from fenjin.spaces.selectors.looks import colours_css, look_of
from fenjin.spaces.services import BadPhone, BadSeal, SettingsChanged, SpaceNameTaken, UnknownPart
from fenjin.spaces.testing import give_role, make_space, with_rights


@pytest.fixture
def space(house):
    return make_space("华东", unit=house.east)


def change(actor, space, **changes):
    seen = changes.pop("seen", None) or Space.objects.get(pk=space.pk).revision
    return services.change_space(actor=with_rights(actor), space_id=space.pk, seen=seen, **changes)


def test_a_hue_becomes_a_ramp_and_the_house_colours_come_back(house, space):
    change(house.system, space, hue=230)
    kept = Space.objects.get(pk=space.pk)
    assert kept.ramp == ramp_of(230)
    css = colours_css(look_of(space.pk))
    assert f"--zhu-600:{kept.ramp['light']['zhu-600']}" in css
    assert css.count("--zhu-600:") == 3  # by day, by night, and as the device wants
    change(house.system, space, hue=None)
    assert Space.objects.get(pk=space.pk).ramp == {}


def test_editors_of_the_whole_space_set_it_up_and_nobody_else(house, space):
    editor = make_account(house.zhang)
    give_role(house.zhang, space_id=space.pk)
    assert change(editor, space, contact_name="信息中心", contact_phone="010-5555 0101").contact_name == "信息中心"
    event = AuditEvent.objects.get(act="spaces.change")
    assert (event.space_id, event.details["contact_name"]) == (space.pk, "信息中心")
    branch = make_person("赵敏", unit=house.plant)
    give_role(branch, space_id=space.pk, unit=house.plant)
    author = make_person("孙立", unit=house.plant)
    give_role(author, "author", space_id=space.pk)
    foreign = make_person("钱进", unit=house.west)
    give_role(foreign)
    before = Space.objects.get(pk=space.pk).revision
    for actor in (make_account(branch), make_account(author), make_account(foreign), house.security, house.audit):
        with pytest.raises(NotFound):
            change(actor, space, watermark=True)
    assert Space.objects.get(pk=space.pk).revision == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": "西北"}, SpaceNameTaken),
        ({"name": " "}, SpaceNameTaken),
        ({"seal": "华东"}, BadSeal),
        ({"contact_phone": "打给我"}, BadPhone),
        ({"sections": ["nonsense"]}, UnknownPart),
        ({"modules": ["nonsense"]}, UnknownPart),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(house, space, changes, refusal):
    make_space("西北", unit=house.west)
    with pytest.raises(refusal):
        change(house.system, space, **changes)
    assert not AuditEvent.objects.filter(act="spaces.change").exists()


def test_two_who_change_at_once_notice(house, space):
    seen = space.revision
    change(house.system, space, seen=seen, seal="东")
    with pytest.raises(SettingsChanged):
        change(house.system, space, seen=seen, seal="华")
    assert Space.objects.get(pk=space.pk).seal == "东"


def test_the_desk_saves_each_part(client, house, space):
    sign_in(client, house.system)
    url = f"/studio/settings/{space.pk}/"
    assert client.get(url).status_code == 200
    parts = [
        {"part": "name", "name": "华东公司", "name_en": "East", "seal": "东"},
        {"part": "colour", "hue": "165", "own_hue": ""},
        {"part": "home", "blend": "own", "place-newsroom": "1"},
        {"part": "modules"},
        {"part": "watermark", "watermark": "on"},
        {"part": "contact", "contact_name": "服务台", "contact_phone": "12345", "contact_hours": "工作日"}
        | {"contact_name_en": "the desk", "contact_hours_en": " "},
    ]
    for part in parts:
        seen = Space.objects.get(pk=space.pk).revision
        assert client.post(url, {"seen": seen, **part}).status_code == 302, part
    kept = Space.objects.get(pk=space.pk)
    assert (kept.name, kept.seal, kept.hue, kept.blend, kept.watermark) == ("华东公司", "东", 165, "own", True)
    assert "newsroom" in kept.hidden_sections  # it was not among those shown
    contact = look_of(space.pk).contact
    assert (contact.who, contact.when) == ("服务台", "工作日")
    with override("en"):
        assert (contact.who, contact.when) == ("the desk", "工作日")
    assert client.post(url, {"seen": 1, "part": "name", "name": "旧", "seal": "旧"}).status_code == 422
    assert client.post(url, {"seen": kept.revision, "part": "nonsense"}).status_code == 404
    assert client.post(url, {"seen": kept.revision, "part": "colour", "own_hue": "360"}).status_code == 422


def test_an_editor_finds_only_the_own_settings(client, house, space):
    other = make_space("西北", unit=house.west)
    give_role(house.zhang, space_id=space.pk)
    sign_in(client, make_account(house.zhang))
    assert client.get("/studio/settings/").url == f"/studio/settings/{space.pk}/"
    for pk in (1, other.pk, 987654):
        assert client.get(f"/studio/settings/{pk}/").status_code == 404


def test_the_first_day_shrinks_until_it_is_gone(client, house, space):
    give_role(house.zhang, space_id=space.pk)
    sign_in(client, make_account(house.zhang))
    day = client.get("/studio/").context["panels"][-1].get_context_data()["first_days"][0]
    assert day.ready == 0
    change(house.system, space, contact_name="服务台", hue=33)
    give_role(make_person("赵敏", unit=house.plant), space_id=space.pk)
    day = client.get("/studio/").context["panels"][-1].get_context_data()["first_days"][0]
    assert day.ready == 3  # colours, whom to call, and two editors
    assert [task.done for task in day.tasks] == [True] * 3 + [False] * day.left


def test_the_auditor_reads_the_log_of_the_own_space_and_nothing_else(client, house, space):
    change(house.system, space, seal="东")
    change(house.system, make_space("西北", unit=house.west), seal="西")
    give_role(house.zhang, "auditor", space_id=space.pk)
    sign_in(client, make_account(house.zhang))
    page = client.get("/studio/space-log/")
    assert {line.event.space_id for line in page.context["page"].lines} == {space.pk}
    assert AuditEvent.objects.filter(act="spaces.log_look", space_id=space.pk).count() == 1
    assert "印章上的字：东" in page.text  # details have words, too
    assert client.get("/studio/space-log/", {"space": 1}).status_code == 404
    assert client.get("/studio/articles/").status_code in (302, 403, 404)
    assert client.get("/studio/messages/").status_code == 200
    assert client.get("/studio/messages/send/").status_code == 404
