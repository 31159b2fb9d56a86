"""Living audiences: who is meant is asked of each person who comes, and denominators stay right through moves."""

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from fenjin.delivery.models import Signpost
from fenjin.delivery.selectors import (
    coverage,
    get_message_for,
    glance,
    is_recipient,
    messages_for,
    sent_messages,
)
from fenjin.delivery.selectors.outbox import people as sets
from fenjin.delivery.services import rebuild_counters
from fenjin.delivery.services.living import count_living
from fenjin.delivery.suppression import Figures
from fenjin.delivery.testing import NOTE, make_message, rule_of, sender
from fenjin.delivery.tests.conftest import build_world
from fenjin.delivery.tests.test_receipts import confirm_as, counters, move, open_as, straight
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import EVERYTHING, Reason, Scope, every_space, use_scope
from fenjin.people.models import Post
from fenjin.people.services import tree
from fenjin.people.testing import make_person
from fenjin.spaces.testing import make_space


def living(*units, **fields):
    return make_message(*units, audience_mode="living", **fields)


def in_lists(person, message):
    rows = messages_for(person.pk).rows
    return message.pk in {row.message_id for row in rows}


def test_whoever_joins_later_gets_it_and_whoever_leaves_does_not(world):
    message = living(world.first)
    stays, goes = world.people["team"][:2]
    assert in_lists(stays, message)
    assert in_lists(goes, message)
    assert not in_lists(world.people["second"][0], message)
    newcomer = make_person("新同事", unit=world.team)
    move(goes, world.second)
    assert in_lists(newcomer, message)
    assert glance(newcomer.pk).asked[0].message_id == message.pk
    assert is_recipient(person_id=newcomer.pk, kind=NOTE, content_id=1)
    assert not in_lists(goes, message)
    with pytest.raises(NotFound):
        get_message_for(goes.pk, message.pk)
    open_as(newcomer, message)
    assert counters(message) == straight(message) == {world.team.pk: (1, 0)}


def test_whoever_has_opened_it_keeps_it_and_counts_where_it_was_opened(world):
    message, person = living(world.first), world.people["team"][0]
    open_as(person, message)
    move(person, world.second)
    confirm_as(person, message)
    assert counters(message) == straight(message) == {world.team.pk: (1, 1)}
    count_living(message)
    assert coverage(message.pk).total == Figures(16, 1, 1)
    with use_scope(Scope(content=frozenset({1}), people=EVERYTHING)):
        assert sent_messages().rows[0].figures == Figures(16, 1, 1)


def test_a_unit_that_went_to_another_sub_platform_is_out_of_reach_and_stops_no_job(world):
    first = make_space(unit=world.first)
    make_space(unit=world.second)
    message = living(world.team, world.safety, space_id=first.pk, actor=sender(space_id=first.pk))
    everybody = sets.audience(message)
    tree.move_unit(actor=None, unit_id=world.team.pk, parent_id=world.second.pk)
    stays = {person.pk for person in world.people["safety"]}
    assert set(sets.audience(message)) == stays < set(everybody)
    count_living(message)
    assert coverage(message.pk).total.people == len(stays)


def test_a_rule_without_units_is_looked_for_everywhere(world):
    by_unit = living(world.first, world.second)
    by_title = living(rule={"all": [{"status": ["on_duty"]}, {"main": True}]})
    signs = {(row.message_id, row.unit_id) for row in Signpost._base_manager.all()}
    assert signs == {(by_unit.pk, world.first.pk), (by_unit.pk, world.second.pk), (by_title.pk, 0)}
    person = make_person("后来的", unit=world.second)
    assert in_lists(person, by_unit)
    assert in_lists(person, by_title)


_STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "confirm", "move", "join"]), st.integers(0, 30), st.integers(0, 4)), max_size=10
)


@pytest.mark.django_db
@example(steps=[("open", 5, 0), ("move", 5, 3), ("open", 5, 0)], mode="living")  # whoever has read it may come again
@given(steps=_STEPS, mode=st.sampled_from(["living", "frozen"]))
def test_moves_between_sending_and_reading_keep_denominators_right(steps, mode):
    sid = connection.savepoint()
    try:
        with every_space(Reason.TEST):
            world = build_world()
            units = [world.root, world.first, world.second, world.drilling, world.team]
            people = [person for group in world.people.values() for person in group]
            counted = {person.pk: unit for name, group in world.people.items() for person in group
                       for unit in [getattr(world, name).pk]}  # fmt: skip
            message = make_message(rule=rule_of(world.root, minus=(world.drilling,)), audience_mode=mode)
            meant = {pk: unit for pk, unit in counted.items() if unit not in {world.drilling.pk, world.team.pk}}
            frozen, opened = dict(meant), {}
            for step, who, where in steps:
                person, unit = people[who % len(people)], units[where]
                if step == "join":
                    person = make_person(f"新人{len(people)}", unit=unit)
                    people.append(person)
                elif step == "move":
                    if Post.objects.filter(person=person, unit=unit).exists():
                        continue
                    move(person, unit)
                else:
                    now = frozen if mode == "frozen" else meant
                    if person.pk not in now and person.pk not in opened:
                        with pytest.raises(NotFound):
                            open_as(person, message)
                        continue
                    (open_as if step == "open" else confirm_as)(person, message)
                    opened.setdefault(person.pk, now.get(person.pk))
                    continue
                meant.pop(person.pk, None)
                if unit.pk not in {world.drilling.pk, world.team.pk}:
                    meant[person.pk] = unit.pk
            _check(message, mode, frozen, meant, opened)
    finally:
        connection.savepoint_rollback(sid)


def _check(message, mode, frozen, meant, opened):
    assert counters(message) == straight(message)
    assert rebuild_counters() == 0
    if mode == "living":
        count_living(message)
        everybody = meant | opened
        sql = "SELECT unit_id, people, opened FROM delivery_livingcount WHERE message_id = %s"
    else:
        everybody = frozen
        sql = """SELECT d.unit_id, d.people, coalesce(c.opened, 0) FROM delivery_denominator d
                 LEFT JOIN delivery_counter c USING (space_id, message_id, unit_id) WHERE d.message_id = %s"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [message.pk])
        kept = {unit: (people, seen) for unit, people, seen in cursor.fetchall()}
    units = list(everybody.values())
    told = list(opened.values())
    assert kept == {unit: (units.count(unit), told.count(unit)) for unit in set(units)}
