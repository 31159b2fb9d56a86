"""`fenjin roster …`. Heavy imports stay inside, so that the help of `fenjin` is instant."""

import json
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click


def roster_commands(data: Callable[[Any], Any], django: Callable[[Path], AbstractContextManager[None]]) -> click.Group:
    """Return the command group; `data` is the option for the data folder, `django` opens its database."""

    @click.group()
    def roster() -> None:
        """Bring in the people of the group."""

    @roster.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--apply", "apply_it", is_flag=True, help="Make it true; without this nothing changes.")
    @click.option("--width", type=click.IntRange(1, 40), help="How many digits a staff number has.")
    @click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help="Which column means what; - for none.")
    @click.option("--header-row", type=click.IntRange(1, 40), help="In which row the names of the columns stand.")
    @click.option("--range", "within", default="", help="The unit that the file speaks for, like 集团/公司.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @data
    def import_file(file: Path, apply_it: bool, as_json: bool, data: Path, **said: Any) -> None:
        """Show what a roster FILE would change, and with --apply change it."""
        with django(data):
            failed = run(file, apply_it=apply_it, as_json=as_json, **said)
        sys.exit(1 if failed else 0)

    @roster.command("undo")
    @click.argument("number", type=int)
    @data
    def undo(number: int, data: Path) -> None:
        """Bring everything back to what it was before import NUMBER, within seven days."""
        with django(data):
            failed = take_back(number)
        sys.exit(1 if failed else 0)

    @roster.command("approve")
    @click.argument("number", type=int)
    @click.option("--reason", required=True, help="Who confirmed that so many people leave.")
    @click.option("--as", "name", default="", help="Name for signing in of the security administrator.")
    @data
    def approve(number: int, reason: str, name: str, data: Path) -> None:
        """Approve dry run NUMBER, which was stopped, as the security administrator.

        Asks for the password and a code of the second factor: whoever runs the machine is not thereby the
        security administrator.
        """
        from fenjin.people.roster.console import approve_it

        with django(data):
            failed = approve_it(number, reason, name)
        sys.exit(1 if failed else 0)

    @roster.command("apply")
    @click.argument("number", type=int)
    @data
    def apply(number: int, data: Path) -> None:
        """Make dry run NUMBER true, exactly as it was shown."""
        from fenjin.people.roster.console import apply_it

        with django(data):
            failed = apply_it(number)
        sys.exit(1 if failed else 0)

    return roster


def run(
    file: Path,
    *,
    apply_it: bool,
    width: int | None = None,
    within: str = "",
    mapped: tuple[str, ...] = (),
    header_row: int | None = None,
    as_json: bool = False,
) -> bool:
    """Preview a file, apply it if asked, print either; return whether it was refused.

    `mapped` holds words like "列名=number"; what is remembered of files of this shape applies below them.
    How far the work is goes to stderr. Ctrl-C leaves everything as it was.
    """
    from django.utils.translation import gettext as _

    from fenjin.kit.errors import Refusal
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.roster.progress import working_on
    from fenjin.people.roster.report import lines
    from fenjin.people.services import roster as services
    from fenjin.people.services.roster_jobs import rest

    refused, done = False, None
    with every_space(Reason.COMMAND):
        roster = services.upload_roster(
            actor=None,
            file_path=file,
            original_name=file.name,
            width=width,
            within=within,
            choice=_choice(mapped, header_row),
        )
        told = _Teller()
        try:
            with working_on(roster.pk) as beside:
                tick = told.with_beside(beside)
                read = services.read_and_apply if apply_it else services.read_roster
                roster = read(import_id=roster.pk, tick=tick)
            told.end()
            refused, done = bool(roster.preview["refused"]), roster.preview.get("done")
            if not as_json:
                click.echo("\n".join(lines(roster.preview)))
        except Refusal as refusal:
            refused, roster.preview["refused"] = True, refusal.code
            click.echo(str(refusal), err=True)
        except KeyboardInterrupt:
            rest(roster.pk)
            click.echo("\n" + _("Stopped. Nothing has been changed."), err=True)
            return True
        finally:
            told.end()
        if as_json:
            _print_json(roster, done)
    if not as_json and not refused:
        click.echo("\n" + (_("Applied.") if apply_it else _("Nothing has been changed. Add --apply to do so.")))
    return refused


def _choice(mapped: tuple[str, ...], header_row: int | None) -> Any:
    """Return what the options say of the columns; a word that says nothing is a usage error."""
    from fenjin.kit.errors import Refusal
    from fenjin.people.roster.choice import choice_of

    try:
        return choice_of(mapped, header_row)
    except Refusal as refusal:
        raise click.BadParameter(str(refusal), param_hint="--map") from refusal


def take_back(number: int) -> bool:
    """Undo an import, print what happened; return whether it was refused."""
    from django.utils.translation import gettext as _

    from fenjin.kit.errors import Refusal
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.services import roster as services

    try:
        with every_space(Reason.COMMAND):
            services.undo_roster(actor=None, import_id=number)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        return True
    click.echo(_("Undone. People, units and posts are what they were before this import."))
    return False


class _Teller:
    """Says on stderr how far the work is: a line that is written over on a terminal, else one every few seconds."""

    def __init__(self) -> None:
        self.at, self.phase, self.open = 0.0, "", False

    def with_beside(self, beside: Callable[[str, int], None]) -> Callable[[str, int], None]:
        """Return a tick that tells the terminal as well."""

        def tick(phase: str, done: int) -> None:
            beside(phase, done)
            self.tell(phase, done)

        return tick

    def tell(self, phase: str, done: int) -> None:
        """Print one sign of life, not too many."""
        from django.utils.translation import gettext as _

        terminal = sys.stderr.isatty()
        if phase == self.phase and time.monotonic() - self.at < (0.2 if terminal else 5.0):
            return
        self.at, self.phase = time.monotonic(), phase
        words = {
            "survey": _("reading the file"),
            "read": _("understanding the rows"),
            "compare": _("comparing"),
            "write": _("writing"),
        }[phase]
        number = f" {done:,}" if phase in ("survey", "read") and done else ""
        if terminal:
            click.echo(f"\r\033[K{words}{number} …", err=True, nl=False)
            self.open = True
        else:
            click.echo(f"{words}{number} …", err=True)

    def end(self) -> None:
        """Take the line away."""
        if self.open:
            click.echo("\r\033[K", err=True, nl=False)


def _print_json(roster: Any, done: dict[str, int] | None) -> None:
    """Print the counts, and every row that would change something or must be mended, without holding them all."""
    from fenjin.people.selectors.roster_changes import json_rows

    preview: dict[str, Any] = roster.preview
    known = {"import": roster.pk, "refused": preview["refused"], "applied": done is not None}
    if done is not None:
        known["done"] = done
    if preview["refused"]:
        known["sentence"] = preview.get("sentence", "")
    counts: dict[str, int] = preview.get("counts", {})
    shown = ("lines", "width", "units", "columns", "unmapped", "range", "recognised", "breaker")
    told = {key: preview[key] for key in shown if key in preview}
    head = json.dumps({**known, **counts, "counts": counts, **told}, ensure_ascii=False)
    click.echo(head[:-1] + ', "rows": [', nl=False)
    for index, row in enumerate(json_rows(roster)):
        click.echo((", " if index else "") + json.dumps(row, ensure_ascii=False), nl=False)
    click.echo("]}")
