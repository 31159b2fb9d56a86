"""When something may ring: arithmetic over clocks, hours and days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenjin.delivery.ringing import LONGEST_WAIT, Calm, Quiet, may_ring, rings_from

NIGHT = Quiet(time(22), time(7))
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC")
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
quiets = st.none() | st.tuples(hours, hours).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Quiet(*pair))
days = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5)
calms = st.builds(Calm, st.sampled_from(ZONES), quiets, days)


@pytest.mark.parametrize(
    ("moment", "zone", "rings"),
    [
        ("2026-11-24T12:00", "Asia/Shanghai", "2026-11-24T12:00"),
        ("2026-11-24T22:00", "Asia/Shanghai", "2026-11-25T07:00"),
        ("2026-11-24T06:59", "Asia/Shanghai", "2026-11-24T07:00"),
        ("2026-11-24T07:00", "Asia/Shanghai", "2026-11-24T07:00"),
        ("2026-10-24T23:00", "Europe/Berlin", "2026-10-25T07:00"),  # the night in which the clocks go back
        ("2026-09-30T23:00", "Asia/Shanghai", "2026-10-04T07:00"),  # three days off follow
    ],
)
def test_a_night_is_waited_for_by_the_clock_of_the_place(moment, zone, rings):
    off = frozenset(date(2026, 10, day) for day in (1, 2, 3))
    local = ZoneInfo(zone)
    found = rings_from(Calm(zone, NIGHT, off), datetime.fromisoformat(moment).replace(tzinfo=local), "confirm")
    assert found.astimezone(local).isoformat(timespec="minutes")[:16] == rings


@given(calm=calms, now=instants)
def test_what_waits_rings_at_the_first_instant_that_may_ring(calm, now):
    found = rings_from(calm, now, "ordinary")
    assert now <= found <= now + LONGEST_WAIT + timedelta(days=2)
    assert may_ring(calm, found, "ordinary")
    assert found == now or not may_ring(calm, found - timedelta(seconds=1), "ordinary")
    assert rings_from(calm, now, "emergency") == now
    assert Calm.from_json(calm.as_json(), calm.holidays) == calm
