"""Coverage: rolled up it equals the straight count, and no subtraction between pages shows a small group."""

from datetime import timedelta
from itertools import combinations
from unittest.mock import patch

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from fenjin.delivery.selectors import TooFewPeople, coverage, sent_messages
from fenjin.delivery.services import rollups
from fenjin.delivery.services.totals import keep_totals
from fenjin.delivery.suppression import FEWEST, Cell, Figures, suppress, total
from fenjin.delivery.testing import make_message, sender
from fenjin.delivery.tests.test_receipts import confirm_as, open_as
from fenjin.delivery.tests.test_versions import correct
from fenjin.delivery.tests.test_versions import send as send_changing
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import EVERYTHING, Reason, Scope, every_space, use_scope
from fenjin.people.models import Person, Unit
from fenjin.people.services import tree
from fenjin.people.testing import make_person, make_unit
from fenjin.spaces.testing import make_space

# ---- the arithmetic -------------------------------------------------------------------------------

_SIZES = st.lists(st.integers(0, 30), max_size=12)


@given(_SIZES)
def test_what_is_shown_has_five_people_and_nobody_hides_alone(sizes):
    cells = [Cell(number, Figures(people, people // 2, people // 3)) for number, people in enumerate(sizes)]
    if total(cells).people < FEWEST:
        return  # such a page is not shown at all
    shown = suppress(cells)
    assert all(cell.figures.enough for cell in shown.cells)
    merged = shown.merged.cells if shown.merged else ()
    assert total([*shown.cells, *merged]) == total(cells)
    if merged:
        assert total(merged).enough
        assert len(merged) >= 2
    assert {c.unit_id for c in (*shown.cells, *merged)} == {c.unit_id for c in cells if c.figures.people}


def test_small_ones_merge_with_the_smallest_others():
    cells = [Cell(1, Figures(20)), Cell(2, Figures(3)), Cell(3, Figures(6)), Cell(4, Figures(9))]
    shown = suppress(cells)
    assert sorted(cell.unit_id for cell in shown.merged.cells) == [2, 3]
    assert sorted(cell.unit_id for cell in shown.cells) == [1, 4]
    assert suppress([Cell(1, Figures(5)), Cell(2, Figures(8))]).merged is None


# ---- on a random organisation ------------------------------------------------------------------------

_TREES = st.lists(st.integers(0, 100), min_size=1, max_size=14)
_HEADS = st.lists(st.integers(0, 9), min_size=15, max_size=15)


def _grow(parents, heads):
    root = make_unit("根")
    units = [root]
    for place, parent in enumerate(parents):
        units.append(make_unit(f"单位{place}", units[parent % len(units)]))
    people = {unit.pk: [make_person(unit=unit) for _n in range(heads[n])] for n, unit in enumerate(units)}
    return root, units, people


def _pages(message):
    """Return every page that a reader of the whole group gets, by unit: the attacker tries each address."""
    first = coverage(message.pk)
    pages = {first.unit_id: first}
    for unit_id in Unit.objects.values_list("pk", flat=True):
        try:
            pages[unit_id] = coverage(message.pk, unit_id)
        except (TooFewPeople, NotFound):
            continue
    return pages


def _published(pages, everybody):
    """Return every set of people whose numbers are published, by name of the cell."""
    below = {unit: set(people) for unit, people in everybody.items()}
    sets = {}
    for unit, page in pages.items():
        sets["page", unit] = below[unit]
        rows = {(row.unit_id, row.direct) for row in page.rows}
        for child, direct in rows:
            sets["row", unit, child, direct] = _direct(unit, everybody) if direct else below[child]
        rest = below[unit] - set().union(*[sets["row", unit, child, direct] for child, direct in rows])
        assert (page.merged is not None) == bool(rest)
        if rest:
            sets["merged", unit] = rest
    return sets


def _direct(unit_id, everybody):
    children = Unit.objects.filter(parent=unit_id).values_list("pk", flat=True)
    return set(everybody[unit_id]) - set().union(*[everybody[child] for child in children])


def _everybody(people):
    """Return unit → ids of all people in it or below."""
    paths = dict(Unit.objects.values_list("pk", "path"))
    found = {unit: set() for unit in people}
    for unit, persons in people.items():
        for above in paths[unit]:
            found[above] |= {person.pk for person in persons}
    return found


@pytest.mark.django_db
@given(parents=_TREES, heads=_HEADS)
def test_no_subtraction_between_pages_gives_a_group_smaller_than_five(parents, heads):
    sid = connection.savepoint()
    try:
        with every_space(Reason.TEST):
            root, _units, people = _grow(parents, heads)
            if sum(map(len, people.values())) < FEWEST:
                return
            message = make_message(root)
            everybody = _everybody(people)
            sets = {frozenset(members) for members in _published(_pages(message), everybody).values() if members}
            assert all(len(members) >= FEWEST for members in sets)
            assert all(len(piece) >= FEWEST for piece in _pieces(sets))
            for one, other in combinations(sets, 2):
                for left in (one - other, other - one):
                    assert not left or len(left) >= FEWEST
    finally:
        connection.savepoint_rollback(sid)


def _pieces(sets):
    """Return the smallest pieces that any sums and differences of the sets can be made of."""
    everybody = frozenset().union(*sets)
    names = {}
    for person in everybody:
        names.setdefault(frozenset(index for index, members in enumerate(sets) if person in members), set()).add(person)
    return list(names.values())


@pytest.mark.django_db
@given(
    parents=_TREES,
    heads=_HEADS,
    who=st.lists(st.integers(0, 200), max_size=20),
    moved=st.booleans(),
    large=st.sampled_from([0, 1, 3]),
)
def test_every_page_equals_the_straight_count(parents, heads, who, moved, large):
    sid = connection.savepoint()
    try:
        with every_space(Reason.TEST):
            root, units, people = _grow(parents, heads)
            if sum(map(len, people.values())) < FEWEST:
                return
            message = make_message(root)
            persons = [person for group in people.values() for person in group]
            for number, choice in enumerate(who):
                (open_as if number % 2 else confirm_as)(persons[choice % len(persons)], message)
            if moved and len(units) > 2 and units[1].pk not in Unit.objects.get(pk=units[-1].pk).path:
                tree.move_unit(actor=None, unit_id=units[-1].pk, parent_id=units[1].pk)
            everybody = _everybody(people)
            pages = _pages(message)
            for unit, page in pages.items():
                assert page.total == _straight(message, everybody[unit])
                for row in page.rows:
                    members = _direct(unit, everybody) if row.direct else everybody[row.unit_id]
                    assert row.figures == _straight(message, members)
                parts = [row.figures for row in page.rows] + ([page.merged] if page.merged else [])
                assert sum(parts, Figures()) == page.total
            assert _pages_of_sums(message, large) == {unit: _numbers(page) for unit, page in pages.items()}
    finally:
        connection.savepoint_rollback(sid)


def _numbers(page):
    return page.total, page.rows, page.merged, page.merged_names, page.way


def _pages_of_sums(message, large):
    """Return every page as it is read from sums of the branches of units that are at least so large."""
    with patch.multiple(rollups, FEW_UNITS=0, LARGE=large):
        rollups.watch_coverage(message=message)
        rollups.roll_up(message)
    pages = _pages(message)
    assert large or not any(page.live for page in pages.values())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE delivery_watch SET rolled_at = NULL")
    return {unit: _numbers(page) for unit, page in pages.items()}


def _straight(message, members):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(confirmed_at) FROM delivery_receipt WHERE message_id = %s AND person_id = ANY(%s)",
            [message.pk, list(members)],
        )
        return Figures(len(members), *cursor.fetchone())


# ---- who may look where ------------------------------------------------------------------------------


def test_a_hidden_unit_has_no_page(world):
    message = make_message(world.root)
    with pytest.raises(TooFewPeople):
        coverage(message.pk, world.safety.pk)
    assert coverage(message.pk, world.drilling.pk).total.people == 11


def test_a_unit_that_was_merged_to_hide_another_has_no_page(world):
    small, hider = make_unit("小", world.second), make_unit("大", world.second)
    for unit, people in ((small, 2), (hider, 6)):
        for _n in range(people):
            make_person(unit=unit)
    message = make_message(world.root)
    page = coverage(message.pk, world.second.pk)
    assert page.merged_names == ("小", "大")
    assert page.merged.people == 8
    with pytest.raises(TooFewPeople):
        coverage(message.pk, hider.pk)


def test_an_audience_of_fewer_than_five_shows_its_size_only(world):
    message = make_message(world.safety)
    confirm_as(world.people["safety"][0], message)
    page = coverage(message.pk)
    assert (page.total, page.rows, page.merged) == (Figures(people=3), (), None)


def test_a_space_sees_its_part_of_a_group_message(world):
    first, second = make_space(unit=world.first), make_space(unit=world.second)
    message = make_message(world.root)
    for person in world.people["second"]:
        open_as(person, message)
    with use_scope(Scope.of_space(second.pk)):
        page = coverage(message.pk)
        assert (page.unit_id, page.total) == (world.second.pk, Figures(7, 7, 0))
        for unit in (world.first, world.root, world.team):
            with pytest.raises(NotFound):
                coverage(message.pk, unit.pk)
    with use_scope(Scope.of_space(first.pk)):
        assert coverage(message.pk).total == Figures(16, 0, 0)
    with patch.multiple(rollups, FEW_UNITS=0, LARGE=3):
        rollups.watch_coverage(message=message)
    for space, unit, figures in ((first, world.first, Figures(16, 0, 0)), (second, world.second, Figures(7, 7, 0))):
        with use_scope(Scope.of_space(space.pk)):
            page = coverage(message.pk)
            assert (page.unit_id, page.total) == (unit.pk, figures)


def test_sums_are_shown_for_five_seconds_and_say_as_of_when(world):
    message = make_message(world.root)
    with patch.multiple(rollups, FEW_UNITS=0, LARGE=3):
        rollups.watch_coverage(message=message)
        open_as(world.people["team"][0], message)
        before = coverage(message.pk)
        assert (before.total.opened, before.live) == (0, False)
        assert (coverage(message.pk, world.team.pk).total.opened, coverage(message.pk, world.team.pk).live) == (1, True)
        with clock.pretend(clock.now() + timedelta(seconds=6)):
            late = coverage(message.pk)
            assert (late.total.opened, late.live) == (1, True)  # nobody kept them fresh: counted here and now
            assert rollups.refresh_watched() == 1
            fresh = coverage(message.pk)
            assert (fresh.total.opened, fresh.live, fresh.at > before.at) == (1, False, True)
        with clock.pretend(clock.now() + timedelta(minutes=10)):
            assert rollups.refresh_watched() == 0


def test_lists_show_what_coverage_shows_and_sums_of_many_units_for_a_minute(world, monkeypatch):
    monkeypatch.setattr("fenjin.delivery.services.totals.FEW_UNITS", 1)
    first, second = make_space(unit=world.first), make_space(unit=world.second)
    world.actor = sender()
    world.first = world.root
    message = send_changing(world)
    confirm_as(world.people["team"][0], message)
    readers = [Scope(content=frozenset({1}), people=EVERYTHING), Scope.of_space(first.pk), Scope.of_space(second.pk)]
    readers.append(Scope(content=frozenset({first.pk}), people=frozenset({first.pk}),
                         branches=frozenset({(first.pk, world.drilling.pk)})))  # fmt: skip

    def look(scope):
        with use_scope(scope):
            page = sent_messages()
            keep_totals(sums=page.totals.sums)
            return page.rows[0].figures, page.totals.live

    def truth(scope):
        with use_scope(scope):
            return coverage(message.pk).total

    assert [look(scope) for scope in readers] == [(truth(scope), True) for scope in readers]
    before = [truth(scope) for scope in readers]
    open_as(world.people["team"][1], message)
    open_as(world.people["second"][0], message)
    kept = [look(scope) for scope in readers]
    # Two units with receipts or more were added up for the group and its first company, one alone for the second.
    assert [live for _figures, live in kept] == [True, False, True, False]
    assert (kept[1][0], kept[3][0]) == (before[1], before[3])
    with clock.pretend(clock.now() + timedelta(seconds=61)):
        assert [look(scope) for scope in readers] == [(truth(scope), True) for scope in readers]
        correct(world, message)  # it matters: confirmations begin anew, and no list says otherwise
        assert look(readers[0]) == (truth(readers[0]), True)
        assert truth(readers[0]).confirmed == 0


def test_nobody_sees_the_messages_of_another_space(world):
    first, second = make_space(unit=world.first), make_space(unit=world.second)
    message = make_message(world.first, space_id=first.pk, actor=sender(space_id=first.pk))
    with use_scope(Scope.of_space(second.pk)), pytest.raises(NotFound):
        coverage(message.pk)
    with use_scope(Scope.of_space(first.pk)):
        assert coverage(message.pk).total.people == 16
    assert Person.objects.count() > 0
