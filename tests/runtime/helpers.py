"""Small helpers of the tests that start real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[2]


def eventually(condition: Callable[[], bool], within: float = 15.0) -> bool:
    """Return whether the condition comes true in time."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def start(*command: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a Python module of ours in the background, its output caught."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=PROJECT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def family(pid: int) -> list[psutil.Process]:
    """Return a process with all that descend from it."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def all_gone(processes: list[psutil.Process]) -> bool:
    """Return whether none of them runs any more."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)
