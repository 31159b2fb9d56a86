"""`make app`: the skeleton stands in every list, and the checks that need no database have nothing to say."""

import shutil
import subprocess
from pathlib import Path

import pytest

from config import new_app
from config.checks import BIN
from fenjin.kit.runtime.problem import Problem
from tests.runtime.helpers import PROJECT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the project that a test may change."""
    wanted = ("config", "fenjin", "tests", "bench", "docs", "templates", "pyproject.toml", ".importlinter", "uv.lock")
    for name in wanted:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "shots"))
        elif source.exists():
            shutil.copy(source, tmp_path / name)
    return tmp_path


@pytest.mark.machine
def test_a_new_app_passes_the_checks(copy: Path) -> None:
    new_app.make("potluck", project=copy)
    app = copy / "fenjin" / "potluck"
    assert (app / "migrations" / "0001_first_tables.py").exists()
    assert '"potluck"' in (copy / "config/settings.py").read_text()
    assert "potluck" in (copy / "docs/map.md").read_text()
    assert "fenjin.potluck" in (copy / ".importlinter").read_text()
    templates = [str(path) for path in app.rglob("*.html")]
    for command in (
        ["ruff", "check", "fenjin/potluck"],
        ["ruff", "format", "--check", "fenjin/potluck"],
        ["djade", "--target-version", "6.1", "--check", *templates],
        ["djlint", "--lint", *templates],
    ):
        done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=copy, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    contracts = subprocess.run([str(BIN / "lint-imports")], cwd=copy, capture_output=True, text=True)
    assert "fenjin.potluck" not in contracts.stdout.split("Broken contracts")[-1]


@pytest.mark.parametrize("name", ["", "Quiz", "class", "json", "people", "a b", "x"])
def test_a_name_that_will_not_do_is_told(name: str) -> None:
    with pytest.raises(Problem, match=r"Give a plain word|Choose another name"):
        new_app.make(name)
