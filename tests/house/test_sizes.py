"""What `make prove` takes from the tests: all that grow with the size, and nothing that is the same at every size."""

from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest

from tests.plugin import PROJECT, grows

FOLDERS = ("bench", "config", "fenjin", "tests")
OWNERS = {"config/checks.py", "tests/plugin.py", "tests/house/test_sizes.py"}


@pytest.mark.parametrize(
    ("path", "names", "grown"),
    [
        ("fenjin/people/tests/test_names.py", {"Any": Any}, False),
        ("fenjin/people/tests/test_rules.py", {"given": hypothesis.given}, True),
        ("fenjin/people/tests/test_moves.py", {"PROVE": False}, True),
        ("tests/isolation/test_page.py", {}, True),
        ("tests/crash/test_receipts.py", {}, True),
        ("tests/journeys/test_account.py", {}, False),
    ],
)
def test_make_prove_takes_what_grows(path, names, grown):
    item: Any = SimpleNamespace(nodeid=f"{path}::test_it", module=SimpleNamespace(**names))
    assert grows(item) is grown


def test_the_size_has_one_name():
    """A module that asked the environment itself would be left out of `make prove` unseen."""
    sources = (path for folder in FOLDERS for path in (PROJECT / folder).rglob("*.py"))
    assert {str(path.relative_to(PROJECT)) for path in sources if "FENJIN_PROVE" in path.read_text()} == OWNERS
