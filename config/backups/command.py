"""`fenjin backup` and `fenjin restore`."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from fenjin.kit import clock
from fenjin.kit.runtime.console import say
from fenjin.kit.runtime.problem import Problem, from_os_error

Django = Callable[..., AbstractContextManager[None]]
_file = click.Path(path_type=Path)


def backup_command(data_option: Any, django: Django) -> click.Command:
    """Return `fenjin backup`; `django(data, up_to_date=False)` gives it a database."""

    @click.command("backup")
    @data_option
    @click.option("--to", type=_file, help="A folder, or a file whose name ends in .age. Otherwise BACKUP_TO.")
    @click.option("--key", type=_file, help="The public or secret half of the key. Otherwise BACKUP_KEY_FILE.")
    @click.option("--daily", is_flag=True, help="As the timetable does: thin out older ones in BACKUP_TO afterwards.")
    @click.option("--new-key", type=_file, help="Make a key in this file (and .pub beside it), and nothing else.")
    @click.option("--passphrase", is_flag=True, help="With --new-key: ask for a passphrase to close the secret half.")
    def backup(
        data: Path, to: Path | None, key: Path | None, daily: bool, new_key: Path | None, passphrase: bool
    ) -> None:
        """Write database, uploads and keys into one closed file, while the platform runs."""
        if new_key is not None:
            _make_key(new_key, passphrase)
            return
        to, key = _wanted(to, key)
        _make(data, to.absolute(), key.absolute(), daily, django)

    return backup


def restore_command(data_option: Any) -> click.Command:
    """Return `fenjin restore`."""

    @click.command("restore")
    @click.argument("file", type=_file)
    @data_option
    @click.option("--key", type=_file, required=True, help="The secret half of the key.")
    @click.option("--port", envvar="PORT", type=int, default=8000, help="Only for the line that says how to go on.")
    @click.option("--check", "only_check", is_flag=True, help="Only prove that the file is whole; restore nothing.")
    @click.option("--keep-sessions", is_flag=True, help="For a planned move: nobody has to sign in again.")
    def restore(file: Path, data: Path, key: Path, port: int, only_check: bool, keep_sessions: bool) -> None:
        """Bring a backup back into an EMPTY data folder, and prove it table by table."""
        from config.backups import keys, restore

        if not file.is_file():
            raise Problem(f"There is no file {file}.", "Name the file that fenjin backup made (….tar.age).")
        opening = keys.opening(key, lambda: _passphrase(f"Passphrase of {key}"))
        if only_check:
            manifest = restore.check(file, opening)
            rows = sum(table["rows"] for table in manifest["tables"].values())
            say(f"{file} is whole: made {manifest['made_at'][:16]} UTC, {rows:,} rows, {manifest['files']} files.")
            return
        with _whole(data):
            manifest = restore.restore(file, opening, data, keep_sessions)
        restore.tell(manifest, data, port)

    return restore


def _make_key(path: Path, passphrase: bool) -> None:
    from config.backups import keys

    words = _passphrase("Passphrase", confirm=True) if passphrase else ""
    if passphrase and len(words) < 12:
        raise Problem("A passphrase has at least 12 characters.", "Take four or five words.")
    public = keys.make(path, words)
    say(f"{path} opens backups: keep it in two safe places away from this machine, then delete it here.")
    say(f"{public} closes them: it stays here. BACKUP_KEY_FILE={public}")


def _passphrase(prompt: str, confirm: bool = False) -> str:
    given = os.environ.get("BACKUP_PASSPHRASE")
    return given or str(click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True))


def _wanted(to: Path | None, key: Path | None) -> tuple[Path, Path]:
    """Return where to and with which key, from the command line or the settings."""
    from config.backups import keys, plan

    planned = None if to and key else plan.read()
    to, key = to or (planned.to if planned else None), key or (planned.key if planned else None)
    if to is None:
        raise Problem("Where should the backup go?", "Say --to FOLDER, or set BACKUP_TO.")
    if key is None:
        raise Problem("With which key should the backup be closed?", f"Say --key FILE. {keys.MAKE_ONE}")
    return to, key


def _make(data: Path, to: Path, key: Path, daily: bool, django: Django) -> None:
    """Make a backup, note how it went, thin out older ones."""
    from config.backups import make, plan
    from fenjin.kit.runtime.database import Urls

    make.require_something(data)
    now = clock.now()
    try:
        with _whole(data), django(data, up_to_date=False):
            plan.note(data, tried=now.isoformat())
            if daily:
                plan.note_timetable(data)
            urls = Urls(os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"])
            made = make.make(data, urls, to, key, now)
            _record(urls, "platform.backup", {"backup": made.id, "bytes": made.bytes, "rows": made.rows})
    except Problem as problem:
        _note_failure(data, str(problem), now)
        raise
    make.tell(made)
    planned = plan.read() if daily else None
    if planned is not None and planned.to == to:
        gone = make.thin_out(to, planned.daily, planned.weekly)
        say(f"  {gone} older ones deleted." if gone else "  No older one had to go.")


def _note_failure(data: Path, why: str, now: datetime) -> None:
    from contextlib import suppress

    from config.backups import plan

    with suppress(OSError):
        plan.note(data, failed=f"{now.astimezone():%Y-%m-%d %H:%M}: {why}")


def _record(urls: Any, act: str, details: dict[str, Any]) -> None:
    """Write the row of the log, unless the tables are of another release: then there is no log to write to yet."""
    from fenjin.audit.services import record
    from fenjin.kit.runtime import database

    if database.read_note(urls.owner).get("fingerprint") == database.fingerprint():
        record(actor=None, act=act, target=("backup", None), details=details)


@contextmanager
def _whole(data: Path) -> Iterator[None]:
    """Wind up on Ctrl-C as after a failure, and tell what the operating system refuses in words."""
    from fenjin.kit.runtime.supervisor import until_signalled

    done = False
    with until_signalled():
        try:
            yield
        except OSError as error:
            raise from_os_error(error, data) from error
        done = True
    if not done:
        raise Problem("Stopped; nothing of it was kept.")
