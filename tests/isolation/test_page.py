"""docs/walls.md names walls and tests that exist, and leaves no test of the walls out."""

import re

from tests.house.papers import ROOT

PAGE = (ROOT / "docs" / "walls.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")][
    1:
]


def named(text: str) -> list[str]:
    return re.findall(r"`((?:fenjin|tests)/[\w/.]+\.py)`", text)


def missing(page: str) -> list[str]:
    return [name for name in named(page) if not (ROOT / name).exists()]


def test_what_the_page_names_exists():
    assert len(named(PAGE)) > 20
    assert missing(PAGE) == []


def test_every_wall_has_a_test():
    assert len(ROWS) > 12
    assert [wall for wall, _place, tests in ROWS if not any("/test_" in name for name in named(tests))] == []


def test_every_test_of_the_walls_is_named():
    files = {path.name for path in (ROOT / "tests" / "isolation").glob("test_*.py")} - {"test_page.py"}
    assert sorted(name for name in files if name not in PAGE) == []


def test_a_wall_without_a_test_is_seen():
    assert missing("`tests/isolation/test_gone.py`") == ["tests/isolation/test_gone.py"]
