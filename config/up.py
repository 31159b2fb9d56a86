"""`fenjin up`: from a data folder to a running platform, and back to nothing."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import processes, sign_in
from config.backups import plan
from fenjin.kit import clock
from fenjin.kit.runtime import database, folders, ports, postgres
from fenjin.kit.runtime.console import say, step
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.problem import Problem, from_os_error
from fenjin.kit.runtime.process import Process
from fenjin.kit.runtime.supervisor import Supervisor, until_signalled

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104


@dataclass(frozen=True)
class Options:
    """What the operator chose on the command line or in the environment."""

    data: Path
    host: str
    port: int
    employees: int  # of the demo in a new database; 0: no demo

    @property
    def address(self) -> str:
        """Where the platform answers on this machine."""
        host = "127.0.0.1" if self.host in EVERY_ADDRESS else self.host
        return f"http://{host}:{self.port}"


def up(options: Options) -> None:
    """Run the platform until told to stop; raises Problem when it cannot start or go on."""
    with until_signalled():
        try:
            _run(options)
        except OSError as error:
            raise from_os_error(error, options.data) from error
    say("Fenjin has stopped.")


def _run(options: Options) -> None:
    timetable = plan.read()
    data = folders.open_data_folder(options.data)
    with folders.hold(data, url=options.address, host=options.host, port=options.port):
        plan.note_plan(data, timetable)
        folders.require_room(data, folders.ROOM_TO_RUN)
        ports.require_free(options.host, options.port)
        say("Fenjin starts:")
        with Supervisor(data / "log", say) as supervisor:
            urls = open_database(supervisor, data)
            environment = platform_environment(data, urls, options.port)
            prepare_database(supervisor, urls, environment, options.employees)
            for process in processes.processes(options.host, options.port, environment):
                with step(process.name.capitalize()):
                    supervisor.start(process)
            _say_where(options, urls)
            supervisor.watch(_Timetable(timetable, environment, data))


class _Timetable:
    """Says twice a minute whether the backup of the day is due."""

    def __init__(self, wanted: plan.Plan | None, environment: dict[str, str], data: Path) -> None:
        self._wanted, self._environment, self._data = wanted, environment, data
        self._next_look = time.monotonic() + 10  # people first, when the platform has just come up

    def __call__(self) -> Process | None:
        """Return the run to be started now, if any."""
        if self._wanted is None or time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + 30
        now = clock.now()
        if not plan.is_due(self._wanted, now, plan.notes(self._data)):
            return None
        plan.note(self._data, tried=now.isoformat())
        return processes.backup(self._environment)


def open_database(supervisor: Supervisor, data: Path) -> Urls:
    """Start the embedded PostgreSQL, or reach the one that DATABASE_URL names; return the addresses."""
    given = os.environ.get("DATABASE_URL")
    if given:
        urls = Urls(given, os.environ.get("DATABASE_OWNER_URL") or given)
        with step("External database"):
            database.require_usable(urls)
        return urls
    server = postgres.locate(data)
    if not server.home.is_relative_to(data):
        say(f"  The database of {data} is kept in {server.home}, since PostgreSQL cannot run as root.")
    new = not server.cluster.exists()
    with step("PostgreSQL (new database)" if new else "PostgreSQL"):
        postgres.prepare(server)
        try:
            supervisor.start(server.process())
        except Problem as problem:
            if problem.details and not new:
                raise postgres.damaged(server, problem.details) from None
            raise
        database.ensure_database(server)
    return database.embedded_urls(server)


def platform_environment(data: Path, urls: Urls, port: int) -> dict[str, str]:
    """Return what every process of the platform is told."""
    return {
        **urls.environment(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "FENJIN_DATA": str(data),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }


def prepare_tables(supervisor: Supervisor, urls: Urls, environment: dict[str, str]) -> None:
    """Bring the tables up to date, unless they are."""
    fingerprint = database.fingerprint()
    if database.read_note(urls.owner).get("fingerprint") != fingerprint:
        with step("Tables"):
            database.grant_to_application(urls)
            supervisor.run(processes.migration(environment))
            database.write_note(urls.owner, fingerprint=fingerprint)


def prepare_database(supervisor: Supervisor, urls: Urls, environment: dict[str, str], employees: int) -> None:
    """Bring the tables up to date and fill a new database; both are skipped when done before."""
    prepare_tables(supervisor, urls, environment)
    if "loaded" not in database.read_note(urls.owner):
        with step("Demo company" if employees else "Administrators"):
            supervisor.run(processes.first_load(environment, employees))
            database.write_note(urls.owner, loaded="demo" if employees else "administrators")


def fill_with_demo(data: Path, employees: int) -> None:
    """Fill the running platform's database, or that of a data folder, with the demo company; a new folder is made.

    All or nothing. Raises Problem when people are there already, or when it was stopped.
    """
    done = False
    with until_signalled():
        try:
            if folders.holder(data) is not None:
                with database_for_a_command(data) as environment, Supervisor(data / "log", say) as supervisor:
                    _load_demo(supervisor, environment, employees)
            else:
                folders.open_data_folder(data)
                with folders.hold(data, url="(a command)"), Supervisor(data / "log", say) as supervisor:
                    urls = open_database(supervisor, data)
                    environment = platform_environment(data, urls, 8000)
                    prepare_tables(supervisor, urls, environment)
                    _load_demo(supervisor, environment, employees)
        except OSError as error:
            raise from_os_error(error, data) from error
        done = True
    if not done:
        raise Problem("Stopped: nothing of the demo company was kept.", "Run it again when you like.")


def _load_demo(supervisor: Supervisor, environment: dict[str, str], employees: int) -> None:
    with step("Demo company"):
        supervisor.run(processes.first_load(environment, employees))
        database.write_note(environment["DATABASE_OWNER_URL"], loaded="demo")


@contextmanager
def database_for_a_command(data: Path, up_to_date: bool = True) -> Iterator[dict[str, str]]:
    """Give a command a database: that of the running platform, or one started just for the command.

    Raises Problem when its tables are not those of this code, unless the command says that it can do without.
    """
    folders.open_data_folder(data)
    if os.environ.get("DATABASE_URL"):
        given = os.environ["DATABASE_URL"]
        yield platform_environment(data, Urls(given, os.environ.get("DATABASE_OWNER_URL") or given), 8000)
        return
    about = folders.holder(data)
    if about is not None:
        yield platform_environment(data, database.embedded_urls(postgres.locate(data)), 8000)
        return
    with folders.hold(data, url="(a command)"), Supervisor(data / "log", say) as supervisor:
        urls = open_database(supervisor, data)
        environment = platform_environment(data, urls, 8000)
        if up_to_date and database.read_note(urls.owner).get("fingerprint") != database.fingerprint():
            raise Problem("The tables of this database are missing or out of date.", "Run once: make up")
        yield environment


def _say_where(options: Options, urls: Urls) -> None:
    say()
    say("Fenjin is running. Look at")
    say(f"    http://app.fenjin.localhost:{options.port}    or    {options.address}")
    names = sign_in.names(options.data)
    lines = sign_in.remembered(options.data, sign_in.stored_passwords(urls.owner, names) if names else None)
    if lines:
        say("and sign in as")
        for line in lines:
            say(f"    {line}")
    say("Stop it with Ctrl-C.")
