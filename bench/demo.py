"""`fenjin bench demo`: a demo of a million people from nothing: seconds, disk, memory while it is made and at rest.

EMPLOYEES makes it smaller.
"""

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from bench.installation import PROJECT, Installation, Load, cpu_of, scratch
from fenjin.kit.runtime import postgres
from fenjin.kit.runtime.problem import Problem

EMPLOYEES = int(os.environ.get("EMPLOYEES", "1000000"))
REST_SECONDS = 60
EVERY = 2.0


def run() -> dict[str, Any]:
    """Measure and return the figures; raises Problem when something could not be measured."""
    with scratch() as house:
        load = Load()
        figures = {"demo_people": EMPLOYEES, **_make(house)}
        figures["start_installed_s"] = round(house.start(), 2)
        time.sleep(REST_SECONDS)
        figures["rest_mib"] = round(house.memory_mib())
        figures |= _counts(house)
        figures["foreign_cores"] = round(load.foreign_cores(house.cpu_seconds() + cpu_of(psutil.Process())), 2)
    return figures


def _make(house: Installation) -> dict[str, Any]:
    """Make the demo company and watch disk and memory meanwhile."""
    began = time.monotonic()
    process = subprocess.Popen(
        house.command("demo", "--employees", str(EMPLOYEES)),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    seen = _Watch(process.pid, postgres.locate(house.data).home)
    seen.start()
    errors = process.communicate()[1].decode()
    seconds = time.monotonic() - began
    seen.join()
    if process.returncode:
        raise Problem("The demo company could not be made.", details=errors[-1500:])
    return {"demo_s": round(seconds, 1), "demo_peak_mib": round(seen.memory), "demo_disk_mib": round(seen.disk)}


class _Watch(threading.Thread):
    """Looks every two seconds how much memory (PSS) a family of processes and how much disk a folder takes."""

    def __init__(self, pid: int, folder: Path) -> None:
        super().__init__(daemon=True)
        self._pid, self._folder = pid, folder
        self.memory = self.disk = 0.0

    def run(self) -> None:
        """Look until the process has gone."""
        while (now := self._memory()) is not None:
            self.memory = max(self.memory, now)
            self.disk = max(self.disk, _size(self._folder) / 2**20)
            time.sleep(EVERY)

    def _memory(self) -> float | None:
        try:
            top = psutil.Process(self._pid)
            if top.status() == psutil.STATUS_ZOMBIE:
                return None
            return float(sum(_pss(process) for process in [top, *top.children(recursive=True)]) / 2**20)
        except psutil.NoSuchProcess:
            return None


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0


def _size(folder: Path) -> int:
    """Return the bytes on disk below a folder; what goes away meanwhile does not count."""
    total = 0
    for here, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(here, name)).st_blocks * 512
            except FileNotFoundError:
                continue
    return total


def _counts(house: Installation) -> dict[str, Any]:
    import psycopg

    with psycopg.connect(house.urls.application) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM people_unit),"
            " (SELECT count(*) FROM spaces_space) - 1"
        ).fetchone() or (0, 0, 0)
    if row[0] != EMPLOYEES:
        raise Problem(f"{EMPLOYEES:,} people were wanted, and {row[0]:,} are there.")
    return {"demo_units": row[1], "demo_spaces": row[2]}
