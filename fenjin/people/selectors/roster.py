"""Reads of roster imports. They belong to the whole tree: only the system administrator's desk asks."""

from typing import Any

from django.db.models import QuerySet

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.people.models import RosterImport
from fenjin.people.roster.lines import row_words
from fenjin.people.roster.problems import sentence


def get_import(import_id: int) -> RosterImport:
    """Return an import with its preview; raises NotFound."""
    roster = (
        RosterImport.objects.select_related("uploaded_by__person", "applied_by__person").filter(pk=import_id).first()
    )
    if roster is None:
        raise NotFound
    return roster


def list_imports() -> QuerySet[RosterImport]:
    """Return all imports, the newest first, without their previews."""
    rosters = RosterImport.objects.select_related("uploaded_by__person", "applied_by__person")
    return listing(rosters.defer("preview").order_by("-uploaded_at", "-pk"))


def list_problems(roster: RosterImport) -> list[dict[str, Any]]:
    """Return the problem rows of a preview: row, number, name, what is wrong, what to do."""
    found = []
    for problem in roster.preview.get("problems", []):
        wrong, cure = sentence(problem)
        where = row_words(problem["row"], roster.preview.get("sheets", ()))
        found.append({**problem, "where": where, "problem": wrong, "cure": cure})
    return found


UNIT_KINDS = ("recognised", "opened", "closed")


def list_unit_changes(roster: RosterImport, kind: str = "", query: str = "") -> list[dict[str, Any]]:
    """Return what a dry run would do to units: found under another name or place, opened, closed.

    `kind` is one of UNIT_KINDS or empty for all; `query` holds words of the paths.
    """
    preview = roster.preview
    listed = [one | {"path": one["to"]} for one in preview.get("recognised", [])] if kind in ("", "recognised") else []
    for name in ("opened", "closed"):
        if kind in ("", name):
            listed += [{"kind": name, "path": path, "from": ""} for path in preview.get(name, [])]
    words = query.split()[:4]
    return [one for one in listed if all(word in f"{one['from']} {one['path']}" for word in words)]


def count_unit_changes(roster: RosterImport) -> dict[str, int]:
    """Return how many units of each of UNIT_KINDS a dry run would change."""
    units = roster.preview.get("units", {})
    found = {"recognised": len(roster.preview.get("recognised", []))}
    return found | {name: units.get(name, 0) for name in ("opened", "closed")}
