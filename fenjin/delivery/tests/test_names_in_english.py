"""Whoever reads English chooses and counts units by their English names, where they have one."""

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from fenjin.audiences.access import EVERYBODY
from fenjin.audiences.desk import places
from fenjin.audiences.selectors import by_unit, companies_of, compile_rule, examples, parse_rule, shares_of
from fenjin.audiences.selectors.described import describe
from fenjin.audiences.selectors.offered import spaces_offered
from fenjin.delivery.desk.draft import Draft, browse, chosen_units
from fenjin.delivery.selectors import coverage, sent_messages
from fenjin.delivery.selectors.burden import most_loaded
from fenjin.delivery.selectors.duty import names_without_duty_desk
from fenjin.delivery.selectors.safety import answers_for_desk, emergencies_for_desk
from fenjin.delivery.selectors.told import messages_to_tell, readings, units_to_tell
from fenjin.delivery.services import Said, answer_emergency, name_silent
from fenjin.delivery.services.burden import keep_burden
from fenjin.delivery.services.naming import name_unconfirmed
from fenjin.delivery.services.reading_aloud import say_read_aloud
from fenjin.delivery.testing import make_emergency, make_message
from fenjin.delivery.tests.test_named import administrator, stated
from fenjin.kit import clock
from fenjin.kit.scope import EVERYTHING, GROUP_SPACE, Reason, Scope, every_space, use_scope
from fenjin.people.models import Unit
from fenjin.people.selectors.branches import search_units
from fenjin.people.testing import make_person, make_unit
from fenjin.spaces.models import Space

ENGLISH, CHINESE = {"East Branch", "西部公司"}, {"华东公司", "西部公司"}


@pytest.mark.django_db
def test_units_are_called_in_the_readers_language_wherever_they_are_chosen_and_counted():
    group = make_unit("集团")
    east, west = make_unit("华东公司", group), make_unit("西部公司", group)
    for unit, name in ((group, "The Group"), (east, "East Branch")):
        Unit._base_manager.filter(pk=unit.pk).update(name_en=name)
    for unit in (east, west):
        for _person in range(6):
            make_person(unit=unit)
    message = make_message(group)
    with every_space(Reason.TEST):
        meant = compile_rule(parse_rule(message.rule), EVERYBODY)
        units = by_unit(meant)
        with translation.override("en"):
            browser = browse(Draft(at=group.pk))
            assert browser.here is not None
            assert browser.here.name == "The Group"
            assert {choice.name for choice in browser.choices} == ENGLISH
            assert {chosen.name for chosen in chosen_units([east.pk, west.pk])} == ENGLISH
            assert {part.name for part in companies_of(units)} == ENGLISH
            assert {somebody.units for somebody in examples(meant, units=units)} == ENGLISH
            assert {row.name for row in coverage(message.pk).rows} == ENGLISH
            assert describe(parse_rule(message.rule)) == "people in The Group"
            assert [unit.pk for unit in search_units("east")] == [east.pk]
        with translation.override("zh-hans"):
            assert {part.name for part in companies_of(units)} == CHINESE
            assert {row.name for row in coverage(message.pk).rows} == CHINESE


def _told(world, emergency, named, actor):
    """Return what each desk calls the team, the company above it, and the group's own sub-platform."""
    note = name_unconfirmed(actor=actor, message_id=named.pk, unit_id=world.team.pk).people
    with use_scope(Scope(content=frozenset({GROUP_SPACE}), people=EVERYTHING)):
        sent = sent_messages().rows
    _message, silent, _more = name_silent(actor=actor, message_id=emergency.pk, unit_id=world.team.pk)
    return {
        "answers": {one.unit_name for one in answers_for_desk(emergency)[0]},
        "emergencies": {row.space_name for row in emergencies_for_desk()},
        "silent": {one.unit_name for one in silent},
        "unconfirmed": {one.unit_name for one in note},
        "sent": {row.space_name for row in sent},
        "to tell": {row.space_name for row in messages_to_tell(actor.membership)[0]},
        "units to tell": {(unit.name, unit.place) for unit in units_to_tell(actor.membership, named)},
        "readings": {one.unit_name for one in readings(named, world.team.pk)},
        "loaded": {(unit.name, unit.place) for unit in most_loaded() if unit.unit_id == world.team.pk},
        "shares": {one.name for one in shares_of({world.team.pk: 5})},
        "offered": {name for space, name in spaces_offered(EVERYBODY) if space == GROUP_SPACE},
        "nobody on duty": set(names_without_duty_desk()),
        "places": {unit.name for unit in places.browse(QueryDict(f"look={world.drilling.pk}")).units},
    }


def test_the_desks_of_messages_call_units_and_sub_platforms_in_the_readers_language(world):
    Unit._base_manager.filter(pk=world.team.pk).update(name_en="Crew One")
    Unit._base_manager.filter(pk=world.drilling.pk).update(name_en="Drilling")
    Unit._base_manager.filter(pk=world.first.pk).update(name_en="First Company")
    Space.objects.filter(pk=GROUP_SPACE).update(name="集团", name_en="The Group")
    actor = administrator(world.team)
    with every_space(Reason.TEST):
        emergency, named = make_emergency(world.first), stated(world.first)
        answer_emergency(person_id=world.people["team"][0].pk, message=emergency, said=Said(needs_help=False))
        say_read_aloud(
            actor=actor, message_id=named.pk, unit_id=world.team.pk, told_on=timezone.localdate(clock.now()), people=2,
            present=(), key="told-once-here",
        )  # fmt: skip
        keep_burden()
        with translation.override("en"):
            english = _told(world, emergency, named, actor)
        with translation.override("zh-hans"):
            chinese = _told(world, emergency, named, actor)
    own = ("emergencies", "sent", "to tell", "offered", "shares", "nobody on duty")
    assert english == {desk: {"The Group"} if desk in own else {"Crew One"} for desk in english} | {
        "units to tell": {("Crew One", "First Company / Drilling")},
        "loaded": {("Crew One", "The Group")},
        "places": {"Drilling", "Crew One"},
    }
    assert not {name for names in chinese.values() for name in names if str(name).isascii()}
