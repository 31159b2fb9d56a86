"""When a reader sees a message: properties of the arithmetic, for any message, person and zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from fenjin.delivery.timing import (
    BUSY_MINUTES,
    MORNING,
    MORNING_MINUTES,
    Timetable,
    as_stored,
    came_at,
    first_morning,
    read_pauses,
    visible_from,
)

ZONES = ("Asia/Shanghai", "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12", "America/Caracas", "Africa/Luanda")
PEOPLE = st.integers(1, 2**31)
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 2 * 365 * 86_400).map(lambda seconds: _FIRST + timedelta(seconds=seconds))
DAYS = st.dates(date(2026, 1, 2), date(2027, 12, 31))
ZONE = st.sampled_from(ZONES).map(ZoneInfo)


@st.composite
def waves(draw, pauses=True):
    start, minutes = draw(INSTANTS), draw(st.integers(5, 720))
    return Timetable(
        draw(st.integers(1, 10**6)), start, "waves", minutes, pauses=_pauses(draw, start, minutes) if pauses else ()
    )


@st.composite
def mornings(draw):
    day = draw(DAYS)
    start = first_morning(day)
    return Timetable(draw(st.integers(1, 10**6)), start, "morning", 0, day, pauses=_pauses(draw, start, 2_000))


def _pauses(draw, start, minutes):
    """Return up to three pauses, one after the other."""
    found, at = [], start
    for _number in range(draw(st.integers(0, 3))):
        begin = at + timedelta(minutes=draw(st.integers(0, minutes)), seconds=draw(st.integers(0, 59)))
        at = begin + timedelta(minutes=draw(st.integers(1, 3_000)))
        found.append((begin, at))
    return tuple(found)


@given(table=waves() | mornings(), person=PEOPLE, zone=ZONE)
def test_everybody_sees_it_once_it_has_begun_and_before_it_is_over(table, person, zone):
    moment = visible_from(table, person, zone)
    assert table.starts_at <= moment <= table.ends_at
    assert visible_from(table, person, zone) == moment


@given(table=waves() | mornings(), person=PEOPLE, zone=ZONE)
def test_nobody_begins_to_see_it_in_a_pause_or_at_a_busy_minute(table, person, zone):
    moment = visible_from(table, person, zone)
    assert not any(begin < moment <= until for begin, until in table.pauses)
    assert moment == table.starts_at or moment.minute not in BUSY_MINUTES


@given(table=waves() | mornings(), person=PEOPLE, zone=ZONE, later=st.integers(1, 600))
def test_a_pause_takes_nothing_away_from_those_who_see_it_already(table, person, zone, later):
    moment = visible_from(table, person, zone)
    begin = max([moment, *(until for _begin, until in table.pauses)])
    paused = Timetable(
        table.message_id,
        table.starts_at,
        table.pace,
        table.wave_minutes,
        table.morning_on,
        (*table.pauses, (begin, begin + timedelta(minutes=later))),
    )
    assert visible_from(paused, person, zone) == moment


@given(table=waves() | mornings(), person=PEOPLE, zone=ZONE, stop=st.integers(-600, 600))
def test_stopping_splits_people_into_those_who_see_it_and_those_who_never_will(table, person, zone, stop):
    moment = visible_from(table, person, zone)
    stopped_at = moment + timedelta(minutes=stop)
    assume(stopped_at >= table.starts_at)
    stopped = Timetable(
        table.message_id,
        table.starts_at,
        table.pace,
        table.wave_minutes,
        table.morning_on,
        table.pauses,
        stopped_at,
    )
    assert visible_from(stopped, person, zone) == (moment if moment <= stopped_at else None)


@given(day=DAYS, person=PEOPLE, zone=ZONE, message=st.integers(1, 10**6))
def test_a_morning_is_the_readers_own(day, person, zone, message):
    local = visible_from(Timetable(message, first_morning(day), "morning", 0, day), person, zone).astimezone(zone)
    late = datetime.combine(day, MORNING) + timedelta(minutes=MORNING_MINUTES + 1)
    assert local.date() == day
    assert MORNING <= local.time() <= late.time()


@given(day=DAYS, person=PEOPLE, zone=ZONE, hours=st.integers(1, 30))
def test_a_morning_that_is_over_is_not_waited_for(day, person, zone, hours):
    start = first_morning(day) + timedelta(hours=hours)
    moment = visible_from(Timetable(7, start, "morning", 0, day), person, zone)
    if datetime.combine(day, time(8, 30), zone) < start:
        assert moment == start


def test_the_waves_are_even_and_differ_from_message_to_message():
    start = datetime(2026, 12, 1, 2, 10, tzinfo=UTC)
    one, other = Timetable(1, start, "waves", 60), Timetable(2, start, "waves", 60)
    quarters = [0] * 4
    for person in range(4_000):
        quarters[min(3, int((visible_from(one, person) - start) / timedelta(minutes=15)))] += 1
    assert all(900 < people < 1_100 for people in quarters)
    assert sum(visible_from(one, person) < visible_from(other, person) for person in range(400)) in range(150, 250)


@given(table=waves())
def test_pauses_come_back_from_their_row_as_they_were(table):
    assert read_pauses(as_stored(table.pauses)) == table.pauses


@given(day=DAYS, zone=ZONE)
def test_pages_say_an_own_morning_by_the_clock_of_whoever_reads(day, zone):
    began = first_morning(day)
    said = came_at("morning", began, day, zone)
    assert said.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, time(8))
    own = visible_from(Timetable(1, began, "morning", 0, day), 1, zone)
    assert timedelta() <= own - said <= timedelta(minutes=MORNING_MINUTES + 1)
    late = said + timedelta(hours=5)
    assert came_at("morning", late, day, zone) == came_at("at_once", late, None, zone) == late
