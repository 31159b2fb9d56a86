"""`fenjin audit …`. Heavy imports stay inside, so that the help of `fenjin` is instant."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click


def audit_commands(data: Callable[[Any], Any], django: Callable[[Path], AbstractContextManager[None]]) -> click.Group:
    """Return the command group; `data` is the option for the data folder, `django` opens its database."""

    @click.group()
    def audit() -> None:
        """Prove that nobody changed the audit log."""

    @audit.command("verify")
    @click.option("--from", "since", type=click.IntRange(min=0), default=0, help="Trust the chain up to this row.")
    @click.option("--head", "head", multiple=True, help="A head that was kept outside, as ROW:HASH.")
    @click.option("--heads", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of such heads.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @data
    def verify(since: int, head: tuple[str, ...], heads: Path | None, as_json: bool, data: Path) -> None:
        """Compute every link of the hash chain again; exits with 1 at the first broken place."""
        with django(data):
            whole = run_verify(since=since, given=head, file=heads, as_json=as_json)
        sys.exit(0 if whole else 1)

    @audit.command("head")
    @data
    def head(data: Path) -> None:
        """Print the newest link as ROW:HASH, to be kept outside."""
        with django(data):
            from fenjin.audit.selectors.chain import current_head

            click.echo(str(current_head() or ""))

    return audit


def run_verify(*, since: int, given: tuple[str, ...], file: Path | None, as_json: bool) -> bool:
    """Verify the chain, print what was found, and return whether it is whole; heads kept in DATA count too."""
    from django.utils.translation import gettext as _

    from fenjin.audit.selectors.broken import as_dict, sentence_of
    from fenjin.audit.selectors.chain import chain_state, find_broken, parse_head
    from fenjin.audit.selectors.ledgers import DOORS
    from fenjin.audit.services.events import record
    from fenjin.audit.services.heads import kept_heads
    from fenjin.kit.runtime.problem import Problem

    try:
        heads = [parse_head(text) for text in given] + kept_heads(file) + kept_heads()
    except ValueError as error:
        raise Problem(f"This is no head of a chain: {error}. It looks like 1234:0f3a… (64 signs).") from error
    found: dict[str, Any]
    broken, state, doors = find_broken(since=since, heads=heads), chain_state(), chain_state(DOORS)
    found = {"broken": as_dict(broken)} if broken else {"from": since, "to": state.sealed_to, "heads": len(heads)}
    record(actor=None, act="audit.verify", target=("log", None), details=found)
    if as_json:
        told: dict[str, Any] = {
            "ok": broken is None,
            "from": since,
            "sealed_to": state.sealed_to,
            "waiting": state.waiting,
        }
        told |= {"head": f"{state.sealed_to}:{state.sha256}", "heads_compared": len(heads)}
        told |= {"doors_sealed_to": doors.sealed_to, "doors_waiting": doors.waiting}
        click.echo(json.dumps(told | {"broken": as_dict(broken) if broken else None}, ensure_ascii=False))
    elif broken:
        click.echo(sentence_of(broken), err=True)
    else:
        click.echo(_("The chain is whole up to row %(row)s; %(waiting)s rows wait for their link.") % {
            "row": state.sealed_to, "waiting": state.waiting,
        })  # fmt: skip
        click.echo(_("The record of the doors is whole up to row %(row)s; %(waiting)s rows wait for their link.") % {
            "row": doors.sealed_to, "waiting": doors.waiting,
        })  # fmt: skip
        click.echo(_("%(count)s heads that were kept outside fit.") % {"count": len(heads)})
    return broken is None
