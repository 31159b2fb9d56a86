"""The list of checks behind `make check`, `make test` and `make prove`; a failure never hides the next one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
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
        Check("Tests", [["pytest", "-n", "2", *only_quick]], grows=True),
    ]


def templates() -> list[str]:
    """Return every template of the project."""
    folders = ("templates/**/*.html", "fenjin/*/templates/**/*.html")
    return [str(path.relative_to(PROJECT)) for pattern in folders for path in sorted(PROJECT.glob(pattern))]


def run(kind: str) -> int:
    """Run the checks one after another, then a summary; return 0 when all went well."""
    todo, results = list(checks(kind)), []
    environment = _environment(kind)
    with ExitStack() as open_things:
        if kind != "check":
            browser.ensure()
        for number, check in enumerate(todo, start=1):
            say(f"\n── {number}/{len(todo)} {check.title} " + "─" * max(0, 60 - len(check.title)))
            started = time.monotonic()
            outcomes = [_succeeds(command, environment, check, open_things) for command in check.commands]
            passed = all(outcomes)
            results.append((check.title, passed, time.monotonic() - started))
    say("\n── Summary " + "─" * 56)
    for title, passed, seconds in results:
        say(f"  {'✓' if passed else '✗'} {title} ({seconds:.1f} s)")
    failed = [title for title, passed, _seconds in results if not passed]
    say(f"\n{', '.join(failed)} failed." if failed else "\nAll checks are green.")
    return 1 if failed else 0


def _environment(kind: str) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    if kind == "prove":
        settings["FENJIN_PROVE"] = "1"
    outside = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATA", "PORT", "DEMO", "HOST"}
    return {name: value for name, value in os.environ.items() if name not in outside} | settings


def _succeeds(command: Sequence[str], environment: Mapping[str, str], check: Check, open_things: ExitStack) -> bool:
    """Run one command, on a copy of the migrated template when it needs a database."""
    program = BIN / command[0]
    if check.needs_database:
        try:
            environment = {**environment, **_database(open_things)}
        except Problem as problem:
            tell(problem)
            return False
    say("$ " + " ".join(command if len(command) < 12 else [*command[:8], "…"]))
    return subprocess.run([str(program), *command[1:]], cwd=PROJECT, env=environment).returncode == 0


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
