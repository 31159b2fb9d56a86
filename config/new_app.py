"""`make app name=quiz`: the skeleton of a new app, entered in every list of the house."""

import keyword
import os
import re
import subprocess
import sys
from pathlib import Path
from string import Template

from config.checks import BIN, PROJECT
from fenjin.kit.runtime.console import say, tell
from fenjin.kit.runtime.problem import Problem

SKELETON = Path(__file__).resolve().parent / "skeleton"


def make(name: str, project: Path = PROJECT) -> None:
    """Write the app and enter it in settings, addresses, map and contracts; raises Problem for a bad name."""
    _require_good_name(name, project)
    words = {"name": name, "Name": name.title().replace("_", ""), "title": name.replace("_", " ").capitalize()}
    for source in sorted(SKELETON.rglob("*.skeleton")):
        place = str(source.relative_to(SKELETON)).removesuffix(".skeleton").replace("__name__", name)
        target = project / "fenjin" / name / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(source.read_text()).substitute(words))
    _enter(name, project)
    _finish(name, project)


def _require_good_name(name: str, project: Path) -> None:
    if not re.fullmatch(r"[a-z][a-z_]{2,20}", name) or keyword.iskeyword(name) or name in sys.stdlib_module_names:
        raise Problem(f"{name!r} is no name for an app.", "Give a plain word: make app name=quiz")
    if (project / "fenjin" / name).exists():
        raise Problem(f"There is already an app called {name}.", "Choose another name.")


def _enter(name: str, project: Path) -> None:
    """Add a line to each hand-kept list, above the one of the shell or below the one of the newsroom."""
    _insert(project / "config/settings.py", r'"shell"(?=[\],])', f'"{name}", "shell"')
    shell = '    path("", include("fenjin.shell.urls")),'
    _insert(
        project / "config/urls.py", re.escape(shell), f'    path("{name}/", include("fenjin.{name}.urls")),\n{shell}'
    )
    _insert(project / "docs/map.md", r"( │ newsroom .*\n)", rf"\1{_map_line(name)}\n")


def _map_line(name: str) -> str:
    return f" │ {name:<12} {'(say here what it is for)':<74}│"


def _insert(file: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, file.read_text(), count=1)
    if count != 1:
        raise Problem(f"{file.name} has changed its shape.", f"Enter the app by hand where {pattern!r} was expected.")
    file.write_text(text)


def _finish(name: str, project: Path) -> None:
    """Let the tools of the house write what they keep: migration, contracts, list of doors, layout."""
    python = str(BIN / "python")
    steps = [
        [python, "-m", "django", "makemigrations", name, "--name", "first_tables", "--verbosity", "0"],
        [python, "-m", "config.translations"],
        [python, "-m", "tests.house.contracts", "--write"],
        [python, "-m", "tests.house.papers", "--write"],
        [str(BIN / "ruff"), "check", "--fix", "--quiet", f"fenjin/{name}", "config/settings.py", "config/urls.py"],
        [str(BIN / "ruff"), "format", "--quiet", f"fenjin/{name}", "config/settings.py", "config/urls.py"],
    ]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "WARNING"}
    for step in steps:
        done = subprocess.run(step, cwd=project, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise Problem(f"{' '.join(step[1:4])} failed.", "It says:", (done.stdout + done.stderr)[-2000:])


def main() -> None:
    """Make the app named on the command line."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        make(name)
    except Problem as problem:
        tell(problem)
        sys.exit(1)
    say(f"fenjin/{name} is there. Read its README.md, say what it is for (docs/map.md too), then: make check")


if __name__ == "__main__":
    main()
