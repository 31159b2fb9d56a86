"""What every test of the house gets; loaded by `-p tests.plugin`, before Django reads its settings."""

import gc
import os
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
os.environ["FENJIN_UNDER_TEST"] = "yes"
os.environ["FENJIN_DATA"] = str(PROJECT / "var" / "test" / "data")
os.environ["SECRET_KEY"] = os.environ.get("FENJIN_TEST_SECRET_KEY") or secrets.token_urlsafe(40)
os.environ["FENJIN_TEST_SECRET_KEY"] = os.environ["SECRET_KEY"]
# The ORM and the browser share a test's thread, and the browser brings an event loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PUBLIC_URL", "PORT", "DEMO", "DATA", "HOST", "DEBUG"):
    os.environ.pop(name, None)

import hypothesis  # noqa: E402
import pytest  # noqa: E402

PROVE = os.environ.get("FENJIN_PROVE") == "1"
hypothesis.settings.register_profile("test", deadline=None, max_examples=40, derandomize=True)
hypothesis.settings.register_profile("prove", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("prove" if PROVE else "test")


FOLDERS_IN_FULL = ("tests/isolation/", "tests/accessibility/", "tests/crash/")


def grows(item: pytest.Item) -> bool:
    """Say whether a test does more in `make prove`: attacks, kills, looks, and all whose module asks for its size."""
    if item.nodeid.startswith(FOLDERS_IN_FULL):
        return True
    module = vars(item.module)
    from_hypothesis = (str(getattr(value, "__module__", "")).startswith("hypothesis") for value in module.values())
    return "PROVE" in module or any(from_hypothesis)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `make test` what is the same at every size; begin with the longest, so that nobody waits for it alone."""
    if PROVE:
        same = [item for item in items if not grows(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if grows(item)]
    items.sort(key=lambda item: item.get_closest_marker("machine") is None)


def pytest_collection_finish() -> None:
    """Keep the collector from walking through all that is loaded again and again: a fifth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks of the house and bring its fixtures, after (so in front of) those of other plugins."""
    config.addinivalue_line("markers", "browser: drives a real browser (left out of `make check`)")
    config.addinivalue_line("markers", "machine: starts and stops whole installations (left out of `make check`)")
    for name in ("network", "database", "browser"):
        config.pluginmanager.import_plugin(f"tests.fixtures.{name}")
