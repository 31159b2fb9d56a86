"""`fenjin`: the operators' command line. Heavy imports stay inside the commands, so that help is instant."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from config.backups.command import backup_command, restore_command
from fenjin.audit.command import audit_commands
from fenjin.kit.runtime.console import say, tell
from fenjin.kit.runtime.problem import Problem
from fenjin.people.command import office_commands
from fenjin.people.roster.command import roster_commands

PROJECT = Path(__file__).resolve().parent.parent


class _Commands(click.Group):
    """Tells a Problem as one sentence and exits with 1; anything else is a fault of ours and keeps its trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Problem as problem:
            tell(problem)
            ctx.exit(1)


_data = click.option(
    "--data",
    envvar=["DATA", "FENJIN_DATA"],
    type=click.Path(path_type=Path),
    default=PROJECT / "var",
    callback=lambda _ctx, _param, value: Path(value).absolute(),
    help="The data folder.",
)
_employees = click.option(
    "--employees", envvar="EMPLOYEES", type=int, default=20_000, show_default=True, help="People of the demo company."
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run and look after Fenjin."""


@main.command()
@_data
@click.option("--port", envvar="PORT", type=int, default=8000, show_default=True)
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--demo/--no-demo", envvar="DEMO", default=True, help="Fill a new database with the demo company.")
@_employees
def up(data: Path, port: int, host: str, demo: bool, employees: int) -> None:
    """Start everything and run until Ctrl-C."""
    from config import up as runner
    from fenjin.kit.runtime.lifeline import end_with_make

    end_with_make()
    runner.up(runner.Options(data, host, port, employees if demo else 0))


@main.command()
@_data
@click.option("--port", envvar="PORT", type=int, default=8000)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(data: Path, port: int, as_json: bool) -> None:
    """Check this installation and say what would cure it."""
    from config import doctor as checks

    sys.exit(checks.run(data, port, as_json))


@main.command()
@_data
@_employees
def demo(data: Path, employees: int) -> None:
    """Fill the database with the demo company; Ctrl-C leaves nothing of it."""
    from config import up as runner

    runner.fill_with_demo(data, employees)


@main.command()
@click.argument("name", type=click.Choice(["house", "demo", "roster", "spaces", "delivery"]))
@click.option("--employees", envvar="EMPLOYEES", type=int, help="People of the company, where the bench has a size.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object on a line of its own.")
def bench(name: str, employees: int | None, as_json: bool) -> None:
    """Measure on a scratch installation; exits with 1 when something could not be measured."""
    import json
    from importlib import import_module

    if employees:
        os.environ["EMPLOYEES"] = str(employees)
    from bench.installation import machine

    figures = import_module(f"bench.{name}").run()
    if as_json:
        click.echo(json.dumps({"bench": name, "machine": machine(), "figures": figures}))
    else:
        for figure, value in figures.items():
            click.echo(f"{figure:20} {value}")


@main.command("first-load", hidden=True)
@_data
@click.option("--employees", type=int, default=0, help="0: the administrators alone.")
def first_load(data: Path, employees: int) -> None:
    """Fill a new database (called by `up` and `demo`)."""
    with _django(data):
        from django.db import transaction

        from config import demo as company
        from config import sign_in

        # All or nothing: an interrupted first start leaves no account whose password nobody saw.
        with transaction.atomic():
            if employees:
                company.load(employees=employees, progress=say)
            else:
                company.load_administrators()
            accounts = company.who_to_sign_in_as()
            sign_in.remember(data, accounts, company.stored_passwords([name for _role, name, *_rest in accounts]))


@main.command("after-restore", hidden=True)
@click.argument("backup")
@click.argument("made_at")
@click.option("--keep-sessions", is_flag=True)
def after_restore(backup: str, made_at: str, keep_sessions: bool) -> None:
    """Settle a restored database (called by `restore`)."""
    import django

    django.setup()
    from config.backups import settle

    settle.settle(backup, made_at, keep_sessions)


@contextmanager
def _django(data: Path, up_to_date: bool = True) -> Iterator[None]:
    """Set Django up on a database: the running platform's, or one started for the command."""
    from config.up import database_for_a_command

    with database_for_a_command(data, up_to_date) as environment:
        os.environ.update(environment)
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        import django

        django.setup()
        yield


main.add_command(roster_commands(_data, _django))
main.add_command(audit_commands(_data, _django))
main.add_command(office_commands(_data, _django))
main.add_command(backup_command(_data, _django))
main.add_command(restore_command(_data))

if __name__ == "__main__":
    main()
