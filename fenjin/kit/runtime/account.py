"""PostgreSQL refuses to run as root: the account it gets instead, and the folders it can reach."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fenjin.kit.runtime.problem import Problem

NAME = "fenjin"
ELSEWHERE = Path("/var/lib/fenjin")


@dataclass(frozen=True)
class Account:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give a file or folder, and all below it, to this account."""
        os.chown(path, self.uid, self.gid)
        for folder, folders, files in os.walk(path):
            for name in folders + files:
                os.lchown(os.path.join(folder, name), self.uid, self.gid)


def server_account() -> Account | None:
    """Return the account for PostgreSQL: None for "who we are", one without rights when we are root.

    Raises Problem when root has no such account and cannot make one.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _make()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make() -> None:
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    cure = f"Make it: useradd --system --user-group --shell /usr/sbin/nologin {NAME}"
    if useradd is None:
        raise Problem(f"As root, PostgreSQL needs an account called {NAME!r}, and useradd is missing.", cure)
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", str(ELSEWHERE)]
    made = subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True)
    if made.returncode not in (0, 9):  # 9: made by somebody else at this moment
        raise Problem(f"As root, PostgreSQL needs an account called {NAME!r}: {made.stderr.strip()}.", cure)


def can_reach(path: Path, account: Account | None, wanted: int = 0o5) -> bool:
    """Return whether the account can enter every folder above `path` and has the wanted rights on it."""
    if account is None:
        return True
    path = path.resolve()
    return all(_allows(folder, account, 0o1) for folder in path.parents) and _allows(path, account, wanted)


def _allows(path: Path, account: Account, wanted: int) -> bool:
    try:
        about = path.stat()
    except FileNotFoundError:
        return True  # will be made by us, with the rights it needs
    mode = stat.S_IMODE(about.st_mode)
    if about.st_uid == account.uid:
        mode >>= 6
    elif about.st_gid == account.gid:
        mode >>= 3
    return mode & wanted == wanted


def checksum(path: Path) -> str:
    """Return a short name for a path."""
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]


def place_elsewhere(data: Path) -> Path:
    """Return root's folder for the database of a data folder that the account cannot enter."""
    return ELSEWHERE / checksum(data)
