"""When a backup is due, which ones are kept, and what the doctor says of it all."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from config.backups import plan
from fenjin.kit.runtime.problem import Problem

NOON = datetime(2026, 11, 22, 12, 0).astimezone()
DAILY = plan.Plan(Path("/to"), Path("/key"), time(3, 30), 7, 5)


def _noted(**hours_ago: float) -> dict[str, str]:
    return {name: (NOON - timedelta(hours=hours)).isoformat() for name, hours in hours_ago.items()}


@pytest.mark.parametrize(
    ("noted", "due"),
    [
        ({}, True),  # the first one is made at once
        (_noted(good=8, tried=8), False),  # made after 03:30
        (_noted(good=9, tried=9), True),  # 03:00 was before today's time
        (_noted(good=30, tried=0.5), False),  # failed a moment ago
        (_noted(good=30, tried=1.5), True),  # failed, and an hour has gone
        ({"good": "nonsense"}, True),
    ],
)
def test_a_backup_is_due_when_the_last_good_one_is_older_than_its_time(noted: dict[str, str], due: bool) -> None:
    assert plan.is_due(DAILY, NOON, noted) is due


def test_the_newest_of_each_day_and_week_stay() -> None:
    sunday = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    moments = [sunday - timedelta(hours=12 * number) for number in range(200)]
    names = [plan.file_name(moment) for moment in moments]
    gone = set(plan.superfluous([*names, "holiday.jpg", "fenjin.tar.age"], daily=7, weekly=5))
    kept = [moment for moment, name in zip(moments, names, strict=True) if name not in gone]
    assert gone < set(names)
    assert len({moment.date() for moment in kept}) == len(kept) == 7 + 5 - 1  # one week's newest is among the days
    assert kept[0] == moments[0]
    assert (moments[0] - kept[-1]).days >= 27


def test_settings_that_cannot_be_followed_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BACKUP_TO", "BACKUP_KEY_FILE", "BACKUP_AT", "BACKUP_KEEP_DAILY", "BACKUP_KEEP_WEEKLY"):
        monkeypatch.delenv(name, raising=False)
    assert plan.read() is None
    monkeypatch.setenv("BACKUP_TO", "/srv/backup")
    with pytest.raises(Problem, match="BACKUP_KEY_FILE is not set"):
        plan.read()
    monkeypatch.setenv("BACKUP_KEY_FILE", "/etc/fenjin.key.pub")
    assert plan.read() == plan.Plan(Path("/srv/backup"), Path("/etc/fenjin.key.pub"), time(3, 30), 7, 5)
    monkeypatch.setenv("BACKUP_AT", "half past three")
    with pytest.raises(Problem, match="Write them like 03:30"):
        plan.read()


def test_the_doctor_says_how_old_the_last_one_is_and_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKUP_TO", raising=False)
    monkeypatch.delenv("BACKUP_KEY_FILE", raising=False)
    assert plan.condition(tmp_path, NOON) == (
        True,
        "There is no backup yet; none is scheduled. Set BACKUP_TO and BACKUP_KEY_FILE: docs/runbook/backup.md",
    )
    monkeypatch.setenv("BACKUP_TO", str(tmp_path))
    monkeypatch.setenv("BACKUP_KEY_FILE", "/k")
    assert plan.condition(tmp_path, NOON)[0], "a new installation is not ill"
    file = tmp_path / "x.tar.age"
    file.write_bytes(b"x")
    plan.note(tmp_path, **_noted(good=5), file=str(file), bytes=1, failed="")
    assert plan.condition(tmp_path, NOON) == (True, f"The last backup is 5 h old: {file}")
    assert plan.condition(tmp_path, NOON + timedelta(hours=32))[0] is False
    plan.note(tmp_path, failed="2026-11-22 03:30: The disk is full.")
    ok, sentence = plan.condition(tmp_path, NOON)
    assert (ok, "The disk is full" in sentence) == (False, True)
    plan.note(tmp_path, failed="")
    file.unlink()
    assert "is gone" in plan.condition(tmp_path, NOON)[1]


def test_the_doctor_knows_of_a_plan_that_stands_in_another_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKUP_TO", raising=False)
    monkeypatch.delenv("BACKUP_KEY_FILE", raising=False)
    file = tmp_path / "x.tar.age"
    file.write_bytes(b"x")
    plan.note(tmp_path, **_noted(good=5), file=str(file), bytes=1, failed="")
    assert "none is scheduled" in plan.condition(tmp_path, NOON)[1]
    plan.note_plan(tmp_path, plan.Plan(tmp_path, tmp_path / "k", time(3, 30), 7, 5))
    plan.note_timetable(tmp_path)  # the platform's own run of the day is no timetable of the machine
    assert plan.condition(tmp_path, NOON) == (True, f"The last backup is 5 h old: {file}")
    assert plan.condition(tmp_path, NOON + timedelta(hours=32))[0] is False
    plan.note_plan(tmp_path, None)
    assert "none is scheduled" in plan.condition(tmp_path, NOON)[1]
    plan.note_timetable(tmp_path)
    plan.note_plan(tmp_path, None)
    assert plan.condition(tmp_path, NOON + timedelta(hours=32))[0] is False
