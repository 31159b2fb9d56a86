"""The clock of a demo goes ahead by the hours in a file, and the true one by nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from fenjin.kit import clock
from fenjin.kit.doctor import examine_registered


@pytest.fixture(autouse=True)
def true_clock():
    yield
    clock.follow(None)


def ahead() -> timedelta:
    """Return how far our clock is ahead, to the second."""
    return timedelta(seconds=round((clock.now() - datetime.now(UTC)).total_seconds()))


def finding():
    return next(one for one in examine_registered() if one.name == "clock")


@pytest.mark.django_db
def test_a_demo_lives_ahead_by_the_hours_in_a_file_and_the_doctor_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "READ_ANEW", 0)
    file = tmp_path / "clock"
    assert (ahead(), clock.is_moved(), finding().ok) == (timedelta(), False, True)
    clock.follow(file)
    assert (ahead(), finding().ok) == (timedelta(), False)
    for written, hours in (("7.5", 7.5), ("-2\n", -2), ("tomorrow", 0), ("1e99", 0), ("12", 12)):
        file.write_text(written)
        assert ahead() == timedelta(hours=hours), written
    with clock.pretend(datetime(2026, 1, 1, tzinfo=UTC)):
        assert clock.now().year == 2026
    file.unlink()
    assert ahead() == timedelta()
