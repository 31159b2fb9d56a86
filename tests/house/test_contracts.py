"""The import contracts hold, are fresh, and each is seen to fail on a small house that breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import contracts

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT, "--config", str(folder / ".importlinter"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def small_house(folder: Path, files: dict[str, str]) -> Path:
    """Build kit, people, delivery, newsroom and quiz with a few rooms, then lay `files` over it."""
    house = folder / "fenjin"
    for app in ("kit", "people", "delivery", "newsroom", "quiz"):
        for room in ("__init__", "models", "services", "views", "register"):
            path = house / app / f"{room}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
    (house / "__init__.py").write_text("")
    for name, text in files.items():
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).write_text(text)
    (folder / ".importlinter").write_text(contracts.render(house))
    return folder


def test_the_contracts_of_this_house_hold():
    result = lint(contracts.ROOT)
    assert result.returncode == 0, result.stdout[-4000:]


def test_the_contracts_are_fresh():
    assert contracts.FILE.read_text() == contracts.render(), "run python -m tests.house.contracts --write"


def test_a_sound_house_passes(tmp_path):
    sound = {
        "newsroom/services.py": "from fenjin.delivery import services\nfrom fenjin.newsroom import models\n",
        "delivery/tests/__init__.py": "",
        "delivery/tests/test_it.py": "from fenjin.newsroom import models\n",
    }
    result = lint(small_house(tmp_path, sound))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("files", "broken"),
    [
        ({"delivery/services.py": "from fenjin.newsroom import services\n"}, "Storeys"),
        ({"quiz/services.py": "from fenjin.newsroom import services\n"}, "Storeys"),
        ({"kit/clock.py": "from fenjin.people import services\n"}, "Storeys"),
        ({"quiz/models.py": "from fenjin.quiz import services\n"}, "Rooms"),
        ({"quiz/services.py": "from fenjin.quiz import views\n"}, "Rooms"),
        ({"quiz/models.py": "import fenjin.quiz.help\n", "quiz/help.py": "import fenjin.quiz.views\n"}, "Rooms"),
        ({"quiz/views.py": "from fenjin.people.models import Person\n"}, "Doors of people"),
        ({"quiz/views.py": "import fenjin.people.odd\n", "people/odd.py": ""}, "Doors of people"),
        ({"quiz/register.py": "from fenjin.quiz import models\n"}, "Registers"),
    ],
    ids=[
        "upward",
        "sibling",
        "kit-knows",
        "room-up",
        "service-view",
        "room-by-way-of",
        "model",
        "odd-room",
        "register",
    ],
)
def test_a_broken_house_is_seen(tmp_path, files, broken):
    result = lint(small_house(tmp_path, files))
    assert result.returncode == 1
    failed = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(broken) for line in failed), result.stdout


def test_a_stale_file_is_seen(tmp_path):
    folder = small_house(tmp_path, {})
    before = (folder / ".importlinter").read_text()
    shutil.copytree(folder / "fenjin" / "quiz", folder / "fenjin" / "surveys")
    assert contracts.render(folder / "fenjin") != before
