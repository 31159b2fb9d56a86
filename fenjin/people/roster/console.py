"""Decisions over a dry run at the command line. Called when Django is set up."""

import click
from django.utils.translation import gettext as _

from fenjin.kit.errors import Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, RosterImport
from fenjin.people.selectors.roster import get_import
from fenjin.people.services import roster as services
from fenjin.people.services.factors import check_code
from fenjin.people.services.roster_approval import NotStopped
from fenjin.people.services.sign_in import check_sign_in


def approve_it(number: int, reason: str, name: str) -> bool:
    """Show a stopped dry run, let the security administrator prove who that is, approve; return whether it failed.

    The log names that administrator, and says that it was done at the command line.
    """
    try:
        with every_space(Reason.COMMAND):
            roster = get_import(number)
            if roster.state != RosterImport.State.STOPPED:
                raise NotStopped
            _show(roster)
            digest = roster.preview["digest"]
            services.approve_roster(
                actor=_security(name), import_id=number, digest=digest, reason=reason, on_console=True
            )
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        return True
    click.echo(_("Approved as shown. Now: fenjin roster apply %(number)d") % {"number": number})
    return False


def apply_it(number: int) -> bool:
    """Apply a dry run that is ready, or that was stopped and approved; return whether it was refused."""
    try:
        with every_space(Reason.COMMAND):
            services.apply_roster(actor=None, import_id=number)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        return True
    click.echo(_("Applied."))
    return False


def _show(roster: RosterImport) -> None:
    counts, breaker = roster.preview["counts"], roster.preview["breaker"]
    click.echo(f"{roster.original_name}: {roster.preview['sentence']}")
    told = {"leaves": counts["leaves"], "people": breaker["people"], "joins": counts["joins"], "moves": counts["moves"]}
    click.echo(_("%(leaves)d of %(people)d people would leave; %(joins)d join, %(moves)d move.") % told)


def _security(name: str) -> Account:
    """Return the security administrator who sits at the keyboard; raises WrongSignIn, NotYourOffice, WrongCode."""
    name = name or click.prompt(_("Security administrator, name for signing in"))
    password = click.prompt(_("Password"), hide_input=True)
    account = check_sign_in(name=name, password=password, address="console")
    require_office(account, Administrator.Office.SECURITY)
    check_code(account=account, code=click.prompt(_("Code of the second factor"), hide_input=True))
    return account
