"""`fenjin office …`, for the day when no administrator can. Heavy imports stay inside."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click


def office_commands(data: Callable[[Any], Any], django: Callable[[Path], AbstractContextManager[None]]) -> click.Group:
    """Return the command group; `data` is the option for the data folder, `django` opens its database."""

    @click.group()
    def office() -> None:
        """Look at the three offices, and give one when nobody else can."""

    @office.command("list")
    @data
    def list_them(data: Path) -> None:
        """Say who holds which office, since when and given by whom."""
        with django(data):
            click.echo("\n".join(holders()))

    @office.command("give")
    @click.argument("which", metavar="OFFICE", type=click.Choice(["system", "security", "audit"]))
    @click.argument("name")
    @data
    def give(which: str, name: str, data: Path) -> None:
        """Give OFFICE to the operator NAME, past the administrators; prints a new first password.

        It stands in the audit log and on the administrators' page, and `fenjin doctor` shows it for thirty days.
        """
        with django(data):
            click.echo(give_it(which, name))

    return office


def holders() -> list[str]:
    """Return a line for each holder of an office."""
    from fenjin.people.selectors.accounts import list_administrators

    return [
        f"{row.office:9} {row.account.operator_name:24} since {row.given_at:%Y-%m-%d}"
        f"  by {row.given_by.operator_name if row.given_by else 'the platform'}"
        for row in list_administrators()
    ]


def give_it(which: str, name: str) -> str:
    """Give an office on the console and return what to tell; raises Problem with the reason."""
    from fenjin.kit.errors import Refusal
    from fenjin.kit.runtime.problem import Problem
    from fenjin.people.services.codes import ALPHABET
    from fenjin.people.services.offices import give_office_on_console

    password = "-".join("".join(secrets.choice(ALPHABET) for _unused in range(4)) for _group in range(4))
    try:
        account = give_office_on_console(operator_name=name, office=which, password=password)
    except Refusal as refusal:
        raise Problem(str(refusal)) from refusal
    return (
        f"{account.operator_name} holds the office {which} now. First password: {password}\n"
        "This stands in the audit log; change the password at the first sign-in."
    )
