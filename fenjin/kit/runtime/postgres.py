"""The embedded PostgreSQL 18: its folders, its first start, and the process that the supervisor runs.

Layout below `home` (DATA/pg, mode 700): `cluster` is PostgreSQL's data directory, `socket` its only
door. No TCP port; who may enter the folder may connect.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from fenjin.kit.runtime import account as accounts
from fenjin.kit.runtime import programs
from fenjin.kit.runtime.account import Account
from fenjin.kit.runtime.folders import ROOM_FOR_A_NEW_DATABASE, ROOM_TO_RUN, require_room
from fenjin.kit.runtime.problem import NO_SPACE, Problem, disk_full
from fenjin.kit.runtime.process import Process
from fenjin.kit.runtime.programs import MAJOR

SUPERUSER = "postgres"
# The kernel allows 107 bytes for the path of a socket; PostgreSQL adds "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Postgres:
    """One embedded server: where it lives, whose programs it runs and as whom."""

    home: Path
    programs: Path
    account: Account | None
    socket: Path
    throwaway: bool = False

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    def url(self, role: str, database: str) -> str:
        """Return the address for one role and database, through the socket."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='/')}"

    def accepts(self) -> bool:
        """Return whether the server takes connections now."""
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def process(self) -> Process:
        """Return the process for the supervisor; `prepare` comes first."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Process(
            name="postgres",
            command=(str(self.programs / "bin/postgres"), "-D", str(self.cluster), *options),
            environment={"LC_ALL": "C", "TZ": "UTC"},
            folder=self.home,
            account=self.account,
            ready=self.accepts,
            ready_within=120,
            stop_signal=signal.SIGINT,  # a fast shutdown: sessions are ended, everything is written
            patience=60,
            orphan_signal=signal.SIGINT,
        )


def locate(data: Path, name: str = "pg", throwaway: bool = False) -> Postgres:
    """Return the embedded server of a data folder, without touching anything.

    As root below a folder that others cannot enter, the database and a copy of the programs live
    elsewhere (`account.place_elsewhere`). Raises Problem when root lacks the account for it.
    """
    account = _owner(data / name) or accounts.server_account()
    home = data / name
    if not accounts.can_reach(home, account, 0o1):
        home = accounts.place_elsewhere(data) / name
    return Postgres(home, programs.locate(account), account, socket_folder(home, account), throwaway)


def prepare(server: Postgres) -> None:
    """Make folders and, the first time, the cluster; raises Problem when that cannot be."""
    programs.copy_to(server.programs)
    _make_private_folder(server.home, server.account)
    _make_private_folder(server.socket, server.account)
    require_room(server.home, ROOM_TO_RUN if server.cluster.exists() else ROOM_FOR_A_NEW_DATABASE)
    if server.cluster.exists():
        require_sound(server)
        _wait_for_predecessor(server)
    else:
        _make_cluster(server)


def _owner(home: Path) -> Account | None:
    """As root, return the ordinary account that made this database before us, if any."""
    if os.geteuid() != 0 or not home.exists() or home.stat().st_uid == 0:
        return None
    about = home.stat()
    return Account(str(about.st_uid), about.st_uid, about.st_gid)


def socket_folder(home: Path, account: Account | None) -> Path:
    """Return where the socket goes: inside, or to a short place when the path would be too long for one."""
    inside = home / "socket"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    uid = account.uid if account else os.geteuid()
    return Path(tempfile.gettempdir()) / f"fenjin-{uid}-{accounts.checksum(home)}"


def _make_private_folder(folder: Path, account: Account | None) -> None:
    """Make a folder that only the account enters; one that is somebody else's is refused."""
    owner = account.uid if account else os.geteuid()
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
    if folder.lstat().st_uid != owner:
        raise Problem(
            f"{folder} belongs to another account of this machine.",
            "Run as that account, or give DATA= a folder of your own.",
        )
    folder.chmod(0o700)


def _make_cluster(server: Postgres) -> None:
    """Run initdb aside and rename, so that an interrupted first start leaves nothing half made."""
    unfinished = server.home / "cluster.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    settings = [part for name, value in _tuning(server).items() for part in ("--set", f"{name}={value}")]
    made = subprocess.run(
        [
            *(str(server.programs / "bin/initdb"), "--pgdata", str(unfinished), "--username", SUPERUSER),
            *("--auth-local", "trust", "--auth-host", "reject", "--encoding", "UTF8"),
            *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *(*settings, "--no-instructions", *(["--no-sync"] if server.throwaway else [])),
        ],
        user=server.account.uid if server.account else None,
        group=server.account.gid if server.account else None,
        extra_groups=[] if server.account else None,
        cwd=server.home,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        if NO_SPACE in made.stderr:
            raise disk_full(server.home)
        raise Problem("PostgreSQL could not make its data folder.", "It says:", made.stderr.strip())
    unfinished.rename(server.cluster)


def _tuning(server: Postgres) -> dict[str, str]:
    """Settings for a machine that is shared with the web server, written once at the first start."""
    memory = psutil.virtual_memory().total // 2**20
    settings = {
        "jit": "off",
        "shared_buffers": f"{max(128, min(2048, memory // 8))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_connections": "200",
        "wal_compression": "pglz",
        "max_wal_size": "4GB",
        "random_page_cost": "1.1",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%u@%d ",
    }
    if server.throwaway:
        settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "128MB"}
        settings |= {"max_wal_size": "1GB"}  # it may live in memory
    return settings


def require_sound(server: Postgres) -> None:
    """Raise Problem when the cluster is not one, or of another version."""
    version_file = server.cluster / "PG_VERSION"
    if not version_file.exists() or not (server.cluster / "global/pg_control").exists():
        raise damaged(server)
    version = version_file.read_text().strip()
    if version != str(MAJOR):
        raise Problem(
            f"The database in {server.cluster} was made by PostgreSQL {version}; Fenjin brings PostgreSQL {MAJOR}.",
            "Restore a backup into a new DATA= folder, or start with the Fenjin release that made it.",
        )


def damaged(server: Postgres, details: str = "") -> Problem:
    """Return the problem to raise when the cluster cannot be used."""
    return Problem(
        f"The database in {server.cluster} is damaged or incomplete.",
        f"Restore your backup, or move {server.home} away and start again with an empty one.",
        details,
    )


def _wait_for_predecessor(server: Postgres) -> None:
    """See off a server of ours that is still winding up after its supervisor was killed."""
    for attempt in range(200):
        pid = _running_pid(server)
        if pid is None:
            return
        if attempt == 50:
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    raise Problem(f"Another PostgreSQL (process {pid}) still uses {server.cluster}.", f"Stop it: kill -INT {pid}")


def _running_pid(server: Postgres) -> int | None:
    """Return the server process that uses the cluster; a stale note of one is removed."""
    note = server.cluster / "postmaster.pid"
    try:
        pid = int(note.read_text().splitlines()[0])
        if Path(psutil.Process(pid).cwd()) == server.cluster.resolve():
            return pid
    except (OSError, ValueError, IndexError, psutil.Error):
        pass
    note.unlink(missing_ok=True)
    return None
