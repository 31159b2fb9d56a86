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
