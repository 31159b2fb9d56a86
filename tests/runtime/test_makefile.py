"""What `make` tells the programs it starts."""

import os
import subprocess

from tests.runtime.helpers import PROJECT


def test_processes_may_keep_what_python_has_compiled() -> None:
    """An environment that forbids it costs each process three seconds at its start."""
    done = subprocess.run(
        ["make", "setup", "BOOTSTRAP=sh -c env"],
        cwd=PROJECT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "SOMETHING_ELSE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    said = {line.partition("=")[0] for line in done.stdout.splitlines()}
    assert "SOMETHING_ELSE" in said
    assert "PYTHONDONTWRITEBYTECODE" not in said
