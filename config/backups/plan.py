"""When backups are made without being asked for, how many are kept, and how the last ones went."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from environs import Env, EnvError

from fenjin.kit.runtime.problem import Problem

NAME = re.compile(r"fenjin-(\d{8}-\d{6})\.tar\.age")
TOO_OLD = timedelta(hours=36)
TRY_AGAIN = timedelta(hours=1)
RUNBOOK = "docs/runbook/backup.md"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operator wants: where to, closed with which key, when (time of this machine), how many are kept."""

    to: Path
    key: Path
    at: time
    daily: int
    weekly: int


def read() -> Plan | None:
    """Return the plan that the environment names, or None; raises Problem when it cannot be followed."""
    env = Env()
    to, key = env.str("BACKUP_TO", ""), env.str("BACKUP_KEY_FILE", "")
    if not to and not key:
        return None
    if not to or not key:
        missing = "BACKUP_KEY_FILE" if to else "BACKUP_TO"
        raise Problem(f"{missing} is not set, so no backup can be made.", f"Set it, or unset the other: {RUNBOOK}")
    try:
        at = time.fromisoformat(env.str("BACKUP_AT", "03:30"))
        daily, weekly = env.int("BACKUP_KEEP_DAILY", 7), env.int("BACKUP_KEEP_WEEKLY", 5)
    except (ValueError, EnvError):
        raise Problem(
            "BACKUP_AT, BACKUP_KEEP_DAILY or BACKUP_KEEP_WEEKLY cannot be read.", "Write them like 03:30, 7 and 5."
        ) from None
    return Plan(Path(to).absolute(), Path(key).absolute(), at.replace(tzinfo=None), max(1, daily), max(0, weekly))


def file_name(moment: datetime) -> str:
    """Return the name of a backup made at that moment."""
    return f"fenjin-{moment.astimezone(UTC):%Y%m%d-%H%M%S}.tar.age"


def made_at(name: str) -> datetime | None:
    """Return when a backup of that name was made; None for any other file."""
    found = NAME.fullmatch(name)
    return datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC) if found else None


def superfluous(names: Iterable[str], daily: int, weekly: int) -> list[str]:
    """Return which backups need not be kept: all but the newest of each of the last days and weeks that have one."""
    dated = sorted(((moment, name) for name in names if (moment := made_at(name))), reverse=True)
    days: dict[Any, str] = {}
    weeks: dict[Any, str] = {}
    for moment, name in dated:
        days.setdefault(moment.date(), name)
        weeks.setdefault(moment.isocalendar()[:2], name)
    kept = {*list(days.values())[:daily], *list(weeks.values())[:weekly]}
    return [name for _moment, name in dated if name not in kept]


def is_due(plan: Plan, now: datetime, notes: dict[str, Any]) -> bool:
    """Return whether a backup should be made now: the last good one is older than the last time it was due.

    After a failure it is tried again every hour; a machine that was off makes up for what it missed.
    """
    local = now.astimezone()
    slot = local.replace(hour=plan.at.hour, minute=plan.at.minute, second=0, microsecond=0)
    slot -= timedelta(days=slot > local)
    good, tried = _moment(notes, "good"), _moment(notes, "tried")
    return (good is None or good < slot) and (tried is None or now - tried >= TRY_AGAIN)


def notes(data: Path) -> dict[str, Any]:
    """Return what was noted about the last backups of this data folder; {} when there was none."""
    try:
        return dict(json.loads((data / "backup.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def note(data: Path, **news: Any) -> None:
    """Add to the notes: `tried`, `good` (moments), `file`, `bytes` of the last good one, `failed` (why, or "").

    `planned` says by whom backups are made without being asked for ("up", "timetable", or "" for nobody): who asks
    the doctor has not the environment of those.
    """
    file = data / "backup.json.new"
    file.write_text(json.dumps(notes(data) | news, ensure_ascii=False), encoding="utf-8")
    file.replace(data / "backup.json")


def note_plan(data: Path, wanted: Plan | None) -> None:
    """Note for the doctor whether the platform that starts here makes the backup of the day by itself."""
    if wanted is not None:
        note(data, planned="up")
    elif notes(data).get("planned") == "up":
        note(data, planned="")


def note_timetable(data: Path) -> None:
    """Note for the doctor that a timetable of the machine asks for the backup of the day."""
    if notes(data).get("planned") != "up":
        note(data, planned="timetable")


def condition(data: Path, now: datetime) -> tuple[bool, str]:
    """Return whether the backups of this data folder are as they should be, and a sentence about them."""
    try:
        plan = read()
    except Problem as problem:
        return False, str(problem)
    noted = notes(data)
    good, failed = _moment(noted, "good"), str(noted.get("failed", ""))
    last = f"The last backup is {_age(now - good)} old" if good else "There is no backup yet"
    if plan is None and not noted.get("planned"):
        return True, f"{last}; none is scheduled. Set BACKUP_TO and BACKUP_KEY_FILE: {RUNBOOK}"
    if failed:
        return False, f"The last attempt failed: {failed} {last}. Mend it and run: fenjin backup"
    if good is None:
        return _is_new(data, now), f"{last}; the first one is due. Or run: fenjin backup"
    if now - good > TOO_OLD:
        return False, f"{last}. Is `make up` running, or fenjin backup in the timetable? {RUNBOOK}"
    file = Path(str(noted.get("file", "")))
    if not file.exists() or file.stat().st_size != noted.get("bytes"):
        return False, f"{last}, but {file} is gone or another. Bring it back, or run: fenjin backup"
    return True, f"{last}: {file}"


def _is_new(data: Path, now: datetime) -> bool:
    """Return whether this data folder is too young to be without a backup."""
    try:
        return now.timestamp() - os.stat(data / "secret_key").st_mtime < TOO_OLD.total_seconds()
    except OSError:
        return True


def _moment(noted: dict[str, Any], name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(noted[name])
    except (KeyError, TypeError, ValueError):
        return None


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 72 else f"{hours} h" if hours else f"{int(age.total_seconds() // 60)} min"
