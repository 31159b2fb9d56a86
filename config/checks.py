"""The list of checks behind `make check`, `make test` and `make prove`; a failure never hides the next one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from config import browser
from fenjin.kit.runtime import testbed
from fenjin.kit.runtime.console import say, tell
from fenjin.kit.runtime.problem import Problem

PROJECT = Path(__file__).resolve().parent.parent
BIN = PROJECT / ".venv" / "bin"


@dataclass(frozen=True)
class Check:
    """One headline: commands that must all succeed."""

    title: str
    commands: Sequence[Sequence[str]]
    quick: bool = True
    needs_database: bool = False
    grows: bool = False  # asks more at full size


def checks(kind: str) -> Iterator[Check]:
    """Yield the checks of `check` (quick), `test` (all) or `prove` (the tests that grow, at full size)."""
    for check in _all(kind):
        if kind == "test" or (kind == "prove" and check.grows) or (kind == "check" and check.quick):
            yield check


def _all(kind: str) -> list[Check]:
    only_quick = ["-m", "not browser and not machine"] if kind == "check" else []
    manage = ["python", "-m", "django"]
    return [
        Check("Format", [["ruff", "format", "--check", "--quiet", "."]]),
        Check("Lint", [["ruff", "check", "--quiet", "."]]),
        Check("Types", [["mypy", "config", "fenjin", "bench"]]),
        Check("Import contracts", [["lint-imports"]]),
        Check(
            "Templates",
            [["djade", "--target-version", "6.1", "--check", *templates()], ["djlint", "--lint", *templates()]],
        ),
        Check(
            "Migrations",
            [[*manage, "makemigrations", "--check", "--dry-run"]],  # the rest of it in tests/house
            needs_database=True,
        ),
        Check("Front end", [["npm", "run", "--silent", "check"], ["npm", "test", "--silent"]]),
        Check("Tests", [["pytest", "-n", "3", *only_quick]], grows=True),
    ]


def templates() -> list[str]:
    """Return every template of the project."""
    folders = ("templates/**/*.html", "fenjin/*/templates/**/*.html")
    return [str(path.relative_to(PROJECT)) for pattern in folders for path in sorted(PROJECT.glob(pattern))]


def run(kind: str) -> int:
    """Run the checks, then say how each went; return 0 when all went well.

    Those before the tests run two at a time, since most of them use one processor only; what they say stands together.
    """
    todo, results = list(checks(kind)), []
    environment = _environment(kind)
    with ExitStack() as open_things, ThreadPoolExecutor(2) as pool:
        if kind != "check":
            browser.ensure()
        early = {
            check.title: pool.submit(_run_check, check, environment, open_things, aside=True)
            for check in todo
            if not check.grows
        }
        for number, check in enumerate(todo, start=1):
            say(f"\n── {number}/{len(todo)} {check.title} " + "─" * max(0, 60 - len(check.title)))
            waiting = early.get(check.title)
            outcome = waiting.result() if waiting else _run_check(check, environment, open_things)
            if outcome.said:
                say(outcome.said)
            results.append((check.title, outcome))
    say("\n── Summary " + "─" * 56)
    for title, outcome in results:
        say(f"  {'✓' if outcome.passed else '✗'} {title} ({outcome.seconds:.1f} s)")
    failed = [title for title, outcome in results if not outcome.passed]
    say(f"\n{', '.join(failed)} failed." if failed else "\nAll checks are green.")
    return 1 if failed else 0


@dataclass(frozen=True)
class Outcome:
    """How a check went; `said` is empty where its commands spoke for themselves."""

    passed: bool
    seconds: float
    said: str = ""


def _run_check(check: Check, environment: Mapping[str, str], open_things: ExitStack, *, aside: bool = False) -> Outcome:
    """Run all commands of a check, also after one that failed; `aside`: keep what they say for later."""
    started, words = time.monotonic(), list[str]()
    if check.needs_database:
        try:
            environment = {**environment, **_database(open_things)}
        except Problem as problem:
            tell(problem)
            return Outcome(False, time.monotonic() - started)
    passed = True
    for command in check.commands:
        shown = "$ " + " ".join(command if len(command) < 12 else [*command[:8], "…"])
        words.append(shown) if aside else say(shown)
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE if aside else None,
            stderr=subprocess.STDOUT if aside else None,
            text=True,
        )
        words.append((done.stdout or "").strip())
        passed = passed and done.returncode == 0
    return Outcome(passed, time.monotonic() - started, "\n".join(filter(None, words)))


def _environment(kind: str) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    if kind == "prove":
        settings["FENJIN_PROVE"] = "1"
    outside = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATA", "PORT", "DEMO", "HOST"}
    return {name: value for name, value in os.environ.items() if name not in outside} | settings


def _database(open_things: ExitStack) -> dict[str, str]:
    server = open_things.enter_context(testbed.running())
    name = f"test_checks_{os.getpid()}"
    urls = testbed.clone(server, testbed.template(server), name)
    open_things.callback(testbed.drop, server, name)
    return {**urls.environment(), "FENJIN_AS_OWNER": "yes", "FENJIN_DATA": str(testbed.FOLDER / "data")}


def main() -> None:
    """Run the kind of checks named on the command line."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "test"
    if kind not in ("check", "test", "prove"):
        sys.exit("Say which checks to run: check, test or prove.")
    try:
        sys.exit(run(kind))
    except Problem as problem:
        tell(problem)
        sys.exit(1)


if __name__ == "__main__":
    main()
