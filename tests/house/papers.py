"""What the documents must name, and what the sources must say of themselves."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ("Purpose", "Words", "Life", "Who may do what", "URLs")
DOORS = ("services", "selectors", "access", "testing", "register")


def documents(root: Path = ROOT) -> str:
    """Return the text of all documents: docs/, the top-level pages and every README."""
    pages = [*sorted((root / "docs").rglob("*.md")), *sorted(root.glob("*.md"))]
    pages += sorted((root / "fenjin").glob("*/README.md")) + sorted((root / "frontend").glob("README.md"))
    return "\n".join(page.read_text() for page in pages)


def environment_variables(settings_source: str) -> set[str]:
    """Return the names of the variables that the settings read from the environment."""
    names = set()
    for node in ast.walk(ast.parse(settings_source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        owner = getattr(node.func.value, "id", "") or getattr(node.func.value, "attr", "")
        if owner in ("env", "environ", "os") and isinstance(first, ast.Constant) and isinstance(first.value, str):
            names.add(first.value)
    return names


def make_targets(makefile: str) -> set[str]:
    """Return the targets that the Makefile offers."""
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))


def names_word(text: str, word: str) -> bool:
    """Tell whether a text names a word as a whole."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def doors_of(app: Path) -> list[Path]:
    """Return the files that are the doors of an app."""
    single = [app / f"{door}.py" for door in DOORS]
    packages = [path for door in DOORS for path in sorted((app / door).glob("**/*.py"))]
    return [path for path in [*single, *packages] if path.exists()]


def public_functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Return the public functions and classes at the top of a module."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.parse(source).body if isinstance(node, kinds) and not node.name.startswith("_")]


def silent_functions(source: str) -> list[str]:
    """Return the public functions and classes of a door without a docstring.

    A refusal that carries its `sentence` has said it, and what an AppConfig is stands above it.
    """
    return [
        node.name for node in public_functions(source) if not ast.get_docstring(node) and not _speaks_for_itself(node)
    ]


def _speaks_for_itself(node: ast.AST) -> bool:
    if not isinstance(node, ast.ClassDef):
        return False
    assigned = {
        target.id
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    return "sentence" in assigned or any(getattr(base, "id", "") == "AppConfig" for base in node.bases)


def service_functions(app: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the service functions of an app, in alphabetical order."""
    files = [path for path in doors_of(app) if "services" in (path.stem, *path.relative_to(app).parts)]
    found = [node for path in files for node in public_functions(path.read_text())]
    return sorted((node for node in found if not isinstance(node, ast.ClassDef)), key=lambda node: node.name)


def unnamed_services(app: Path, text: str) -> list[str]:
    """Return the service functions of an app that `text` does not name."""
    return sorted({node.name for node in service_functions(app) if not names_word(text, node.name)})


DOORS_PAGE = ROOT / "docs" / "doors.md"


def render_doors(root: Path = ROOT) -> str:
    """Return the page that lists every service: what may be asked of each app, in its own words."""
    lines = [
        "# Services: what each app does when asked",
        "",
        "Written from the docstrings by `python -m tests.house.papers --write`. Arguments, errors and reasons stand in",
        "the functions; what is read stands in each app's `selectors`, who may in its `access`.",
    ]
    for app in sorted(path.parent for path in (root / "fenjin").glob("*/__init__.py")):
        functions = service_functions(app)
        if functions:
            lines += ["", f"## {app.name}", ""]
        lines += [f"- `{node.name}`: {(ast.get_docstring(node) or '?').splitlines()[0]}" for node in functions]
    return "\n".join(lines) + "\n"


def positional_doors(source: str) -> list[str]:
    """Return the service functions with more than two arguments that may be called without naming them."""
    functions = [node for node in public_functions(source) if not isinstance(node, ast.ClassDef)]
    return [node.name for node in functions if len(node.args.args) > 2]


def readme_faults(text: str) -> list[str]:
    """Return what the README of an app lacks: one of its five headings, or brevity."""
    faults = [f"no heading {heading!r}" for heading in HEADINGS if not re.search(rf"^## {heading}", text, re.MULTILINE)]
    lines = len(text.splitlines())
    return faults + ([f"{lines} lines; one screen is 60"] if lines > 60 else [])


def broken_links(page: Path) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", page.read_text())
    return [link for link in links if not (page.parent / link).exists()]


def size_faults(text: str, longest: int = 500) -> list[str]:
    """Return whether a source file is too long to be read."""
    lines = len(text.splitlines())
    return [f"{lines} lines; {longest} is the end"] if lines > longest else []


def network_faults(text: str) -> list[str]:
    """Return the addresses of the outside world that a test or a source would call."""
    found = re.findall(r"https?://([\w.-]+)", text)
    harmless = re.compile(r"(localhost|127\.0\.0\.1|\.test|\.example|example\.(com|org|cn)|\.invalid|w3\.org)$")
    return sorted({host for host in found if not harmless.search(host)})


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        DOORS_PAGE.write_text(render_doors())
    sys.exit(0 if DOORS_PAGE.read_text() == render_doors() else 1)
