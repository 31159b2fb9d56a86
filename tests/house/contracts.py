"""The import contracts, written from the plan of the house: storeys, rooms, doors, registers.

`python -m tests.house.contracts --write` renews `.importlinter` (import-linter has no pattern for
"every app", so the file is generated); `lint-imports` checks it. A new folder under fenjin/ that no
storey names is a feature: one line in STOREYS when it is something else.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / ".importlinter"

# Top to bottom; names in one storey are strangers to one another. "*" is where features live.
STOREYS = (
    ("shell", "openapi"),
    ("*",),
    ("delivery",),
    ("moderation",),
    ("search",),
    ("analytics",),
    ("media",),
    ("workplace",),
    ("audiences",),
    ("spaces",),
    ("people",),
    ("audit",),
    ("kit",),
)
# Top to bottom, in every app but kit; "|" between strangers, ":" between rooms that may talk.
ROOMS = (
    "(apps)",
    "(urls) | (wagtail_hooks) | (testing)",
    "(views) : (hot) : (desk) : (tasks)",
    "(forms)",
    "(services)",
    "(selectors)",
    "(access)",
    "(models)",
    "(register)",
)
DOORS = frozenset({"services", "selectors", "access", "testing", "register"})
TABLES_AND_ABOVE = ("models", "access", "selectors", "services", "forms", "views", "desk", "tasks")
# Not a room anybody imports, or checked elsewhere.
SILENT = frozenset({"__init__", "tests", "migrations", "locale", "templates", "static", "management"})


def apps(house: Path = ROOT / "fenjin") -> list[str]:
    """Return the names of all apps, in alphabetical order."""
    return sorted(folder.name for folder in house.iterdir() if (folder / "__init__.py").exists())


def features(all_apps: list[str]) -> list[str]:
    """Return the apps that no storey names."""
    named = {name for storey in STOREYS for name in storey}
    return [app for app in all_apps if app not in named]


def rooms_of(app: str, house: Path = ROOT / "fenjin") -> list[str]:
    """Return the modules directly inside an app."""
    inside = {path.stem for path in (house / app).glob("*.py")}
    inside |= {path.parent.name for path in (house / app).glob("*/__init__.py")}
    return sorted(inside - SILENT)


def _section(key: str, name: str, kind: str, **options: object) -> str:
    lines = [f"[importlinter:contract:{key}]", f"name = {name}", f"type = {kind}"]
    for option, value in options.items():
        if isinstance(value, str):
            lines.append(f"{option} = {value}")
        else:
            lines += [f"{option} =", *(f"    {item}" for item in value)]  # type: ignore[attr-defined]
    # Tests prepare and look anywhere; what is checked is the house.
    lines += ["ignore_imports =", "    fenjin.*.tests.** -> fenjin.**", "unmatched_ignore_imports_alerting = none"]
    return "\n".join(lines)


def _storeys(all_apps: list[str]) -> list[str]:
    lines = []
    for storey in STOREYS:
        names = features(all_apps) if storey == ("*",) else [name for name in storey if name in all_apps]
        if names:
            lines.append(" | ".join(f"fenjin.{name}" for name in names))
    return lines


def render(house: Path = ROOT / "fenjin") -> str:
    """Return the text of `.importlinter` for the apps that exist."""
    all_apps = apps(house)
    parts = [
        "# Written by `python -m tests.house.contracts --write`; do not edit.\n\n"
        "[importlinter]\nroot_package = fenjin\ninclude_external_packages = False",
        _section("storeys", "Storeys: arrows point down", "layers", layers=_storeys(all_apps)),
    ]
    with_rooms = [app for app in all_apps if app != "kit"]
    parts.append(
        _section(
            "rooms",
            "Rooms: the same order inside every app",
            "layers",
            layers=ROOMS,
            containers=[f"fenjin.{app}" for app in with_rooms],
        )
    )
    registers = [f"fenjin.{app}.register" for app in with_rooms if "register" in rooms_of(app, house)]
    if registers:
        behind = [
            f"fenjin.{app}.{room}" for app in with_rooms for room in rooms_of(app, house) if room in TABLES_AND_ABOVE
        ]
        parts.append(
            _section(
                "registers",
                "Registers know no tables: apps.py reads them before tables are ready",
                "forbidden",
                source_modules=registers,
                forbidden_modules=behind,
            )
        )
    for app in with_rooms:
        private = [room for room in rooms_of(app, house) if room not in DOORS and room != "apps"]
        if private:
            parts.append(
                _section(
                    f"doors-{app}",
                    f"Doors of {app}: only {', '.join(sorted(DOORS))}",
                    "protected",
                    protected_modules=[f"fenjin.{app}.{room}" for room in private],
                    allowed_importers=[f"fenjin.{app}"],
                )
            )
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write the file, or (without --write) say whether it is fresh."""
    if "--write" in sys.argv[1:]:
        FILE.write_text(render())
        return 0
    fresh = FILE.exists() and FILE.read_text() == render()
    print("fresh" if fresh else "stale: run python -m tests.house.contracts --write")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
