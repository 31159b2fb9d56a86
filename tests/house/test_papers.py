"""The documents name what exists; doors say what they promise; files and functions fit a reader."""

import subprocess
from pathlib import Path

import pytest

from tests.house import papers
from tests.house.papers import ROOT
from tests.house.texts import machine_faults

APPS = sorted(path.parent for path in (ROOT / "fenjin").glob("*/__init__.py"))
WITH_README = [app for app in APPS if app.name != "kit"]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "fenjin").glob("*/README.md")])


def committed(*endings: str) -> list[str]:
    """Return the files under version control, and those about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True).stdout
    return [name for name in listed.splitlines() if name.endswith(endings) and (ROOT / name).exists()]


def test_every_setting_is_documented():
    sources = [path for path in (ROOT / "config").rglob("*.py") if "skeleton" not in path.parts]
    names = set().union(*(papers.environment_variables(path.read_text()) for path in sources)) - {
        "PATH",
        "DJANGO_SETTINGS_MODULE",
    }
    text = (ROOT / "docs" / "howto" / "settings.md").read_text()
    assert len(names) > 5
    assert [name for name in sorted(names) if not papers.names_word(text, name)] == []


def test_every_make_target_is_documented():
    text = papers.documents()
    targets = papers.make_targets((ROOT / "Makefile").read_text())
    assert targets
    assert [target for target in sorted(targets) if f"make {target}" not in text] == []


@pytest.mark.parametrize("app", WITH_README, ids=lambda app: app.name)
def test_app_has_a_readme_on_one_screen(app):
    readme = app / "README.md"
    assert readme.exists(), f"{app.name} has no README.md"
    assert papers.readme_faults(readme.read_text()) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_app_is_on_the_map(app):
    assert papers.names_word((ROOT / "docs" / "map.md").read_text(), app.name)


def test_every_service_is_listed():
    page = papers.DOORS_PAGE.read_text()
    assert [name for app in WITH_README for name in papers.unnamed_services(app, page)] == []
    assert page == papers.render_doors(), "python -m tests.house.papers --write"


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_doors_say_what_they_promise(app):
    doors = [*papers.doors_of(app), *(sorted(app.rglob("*.py")) if app.name == "kit" else [])]
    silent = {
        str(door.relative_to(ROOT)): papers.silent_functions(door.read_text())
        for door in doors
        if "tests" not in door.parts
    }
    assert {name: functions for name, functions in silent.items() if functions} == {}


@pytest.mark.parametrize("app", WITH_README, ids=lambda app: app.name)
def test_services_are_called_by_keyword(app):
    doors = [door for door in papers.doors_of(app) if "services" in (door.stem, *door.relative_to(app).parts)]
    doors = [door for door in doors if door.stem != "positions"]  # arithmetic for the tree, not a door
    loose = {str(door.relative_to(ROOT)): papers.positional_doors(door.read_text()) for door in doors}
    assert {name: functions for name, functions in loose.items() if functions} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    assert papers.broken_links(page) == []


def test_no_source_is_too_long():
    long = {name: papers.size_faults((ROOT / name).read_text()) for name in committed(".py", ".ts", ".css", ".html")}
    assert {name: faults for name, faults in long.items() if faults} == {}


def test_no_file_names_the_machine_it_was_written_on():
    kinds = (".py", ".ts", ".md", ".toml", ".html", ".css", ".json", ".yml", "Makefile", "run", ".lock")
    found = {name: machine_faults((ROOT / name).read_text()) for name in committed(*kinds)}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_no_test_names_a_place_outside():
    tests = [name for name in committed(".py") if "/tests/" in f"/{name}"]
    found = {name: papers.network_faults((ROOT / name).read_text()) for name in tests}
    # These files show what is to be found.
    found.pop("tests/house/test_papers.py", None)
    found.pop("tests/house/papers.py", None)
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_what_is_undocumented_is_seen(tmp_path):
    read = papers.environment_variables('A = env.str("A_NAME", "")\nB = os.environ.get("B_NAME")\nC = other.get("C")')
    assert read == {"A_NAME", "B_NAME"}
    assert papers.make_targets("help: ## x\n\t@true\nX := 1\nvar = 2\n.PHONY: help\n") == {"help"}
    assert not papers.names_word("PORTS and MY-PORT", "PORT")
    assert papers.silent_functions("class A(Refusal):\n    sentence = 1\nclass B(Refusal):\n    code = 1") == ["B"]
    assert papers.silent_functions('def f(): ...\ndef g():\n    """Promise."""\ndef _h(): ...') == ["f"]
    assert papers.positional_doors("def f(a, b, c): ...\ndef g(*, a, b, c): ...\ndef h(a, *, b): ...") == ["f"]
    assert papers.readme_faults("# App\n" + "\n" * 70) == [
        *(f"no heading {heading!r}" for heading in papers.HEADINGS),
        "71 lines; one screen is 60",
    ]
    (tmp_path / "page.md").write_text("[a](missing.md) [b](https://example.org) [c](page.md#x)")
    assert papers.broken_links(tmp_path / "page.md") == ["missing.md"]
    assert papers.size_faults("x\n" * 501)
    assert papers.network_faults("http://app.fenjin.localhost https://registry.real-place.net/x") == [
        "registry.real-place.net"
    ]
    (tmp_path / "services.py").write_text('def send_all():\n    """Send."""\n')
    assert papers.unnamed_services(tmp_path, "send_some") == ["send_all"]
    assert machine_faults("see /some/home/x", (Path("/some/home"), Path("/"))) == ["/some/home/"]
