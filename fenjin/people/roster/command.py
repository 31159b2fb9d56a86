"""`fenjin roster …`. Heavy imports stay inside, so that the help of `fenjin` is instant."""

import json
import sys
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
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @data
    def import_file(file: Path, apply_it: bool, as_json: bool, data: Path, **said: Any) -> None:
        """Show what a roster FILE would change, and with --apply change it."""
        with django(data):
            failed = run(file, apply_it=apply_it, as_json=as_json, **said)
        sys.exit(1 if failed else 0)

    return roster


def run(
    file: Path,
    *,
    apply_it: bool,
    width: int | None = None,
    mapped: tuple[str, ...] = (),
    header_row: int | None = None,
    as_json: bool = False,
) -> bool:
    """Preview a file, apply it if asked, print either; return whether it was refused.

    `mapped` holds words like "列名=number"; what is remembered of files of this shape applies below them.
    """
    from django.utils.translation import gettext as _

    from fenjin.kit.errors import Refusal
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.roster.choice import choice_of
    from fenjin.people.roster.report import lines
    from fenjin.people.services import roster as services

    try:
        choice = choice_of(mapped, header_row)
    except Refusal as refusal:
        told = {"refused": refusal.code, "sentence": str(refusal), "counts": {}, "rows": []}
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else str(refusal), err=not as_json)
        return True
    with every_space(Reason.COMMAND):
        roster = services.preview_roster(
            actor=None, file_path=file, original_name=file.name, width=width, choice=choice
        )
        if not as_json:
            click.echo("\n".join(lines(roster.preview)))
        result = _as_json(roster) if as_json else {}
        refused = bool(roster.preview["refused"])
        if apply_it and not refused:
            try:
                roster = services.apply_roster(actor=None, import_id=roster.pk)
            except Refusal as refusal:
                refused, result["refused"] = True, refusal.code
                click.echo(str(refusal), err=True)
            else:
                result |= {"applied": True, "done": roster.preview["done"]}
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    elif not refused:
        click.echo("\n" + (_("Applied.") if apply_it else _("Nothing has been changed. Add --apply to do so.")))
    return refused


def _as_json(roster: Any) -> dict[str, Any]:
    """Return the counts, and every row that would change something or must be mended."""
    from fenjin.people.selectors.roster import list_problems
    from fenjin.people.services import roster as services

    preview: dict[str, Any] = roster.preview
    known = {"import": roster.pk, "refused": preview["refused"], "applied": False}
    if preview["refused"]:
        return known | {"sentence": preview["sentence"], "counts": {}, "rows": []}
    rows = services.read_rows(actor=None, import_id=roster.pk)
    rows += [problem | {"action": "problem"} for problem in list_problems(roster)]
    told = {key: preview[key] for key in ("lines", "width", "units", "columns", "unmapped")}
    counts: dict[str, int] = preview["counts"]
    return {**known, **counts, "counts": counts, "rows": sorted(rows, key=lambda row: row["row"]), **told}
