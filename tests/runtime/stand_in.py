"""A stand-in for the platform: a supervisor with two small processes, one of which has a worker.

Run as a program: `python -m tests.runtime.stand_in FOLDER [crash]`. Each process writes its id to FOLDER.
"""

import sys
from pathlib import Path

from fenjin.kit.runtime.console import tell
from fenjin.kit.runtime.problem import Problem
from fenjin.kit.runtime.process import Process
from fenjin.kit.runtime.supervisor import Supervisor, until_signalled

_NOTE = "import os, sys, time; open(os.path.join(sys.argv[1], sys.argv[2]), 'w').write(str(os.getpid()));"
# Like a worker of the web server: tied to the process that made it, deaf to a polite signal.
_WORKER = _NOTE + (
    "import signal; from fenjin.kit.runtime.lifeline import end_with_parent;"
    "end_with_parent(int(sys.argv[3])); signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
)
_WEB = _NOTE + (
    "import subprocess;"
    f"w = subprocess.Popen([sys.executable, '-c', {_WORKER!r}, sys.argv[1], 'web-worker', str(os.getpid())]); w.wait()"
)


def processes(folder: Path, crash: bool) -> list[Process]:
    """Return a quiet process and one with a worker; or one that always falls over."""
    if crash:
        return [
            _python("faller", "import sys, time; print('the reason of the fall'); time.sleep(0.5); sys.exit(3)", folder)
        ]
    return [_python("quiet", _NOTE + "time.sleep(600)", folder), _python("web", _WEB, folder)]


def _python(name: str, code: str, folder: Path) -> Process:
    there = (folder / name).exists if "fall" not in code else (lambda: True)
    return Process(name, (sys.executable, "-c", code, str(folder), name), ready=there, ready_within=20, patience=1)


def main() -> None:
    """Run until told to stop."""
    folder = Path(sys.argv[1])
    (folder / "log").mkdir(exist_ok=True)
    with until_signalled():
        try:
            with Supervisor(folder / "log") as supervisor:
                supervisor.start(*processes(folder, crash="crash" in sys.argv))
                (folder / "up").touch()
                supervisor.watch()
        except Problem as problem:
            tell(problem)
            sys.exit(1)


if __name__ == "__main__":
    main()
