"""Whoever reads English chooses and counts units by their English names, where they have one."""

import pytest
from django.utils import translation

from fenjin.audiences.access import EVERYBODY
from fenjin.audiences.selectors import by_unit, companies_of, compile_rule, examples, parse_rule
from fenjin.audiences.selectors.described import describe
from fenjin.delivery.desk.draft import Draft, browse, chosen_units
from fenjin.delivery.selectors import coverage
from fenjin.delivery.testing import make_message
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Unit
from fenjin.people.selectors.branches import search_units
from fenjin.people.testing import make_person, make_unit

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
