"""What a dry run would do to whom: lists for pages and downloads, read from the rows that it kept."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.people.models import RosterApproval, RosterChange, RosterImport, RosterProgress
from fenjin.people.roster.lines import split_row
from fenjin.people.selectors.roster import list_problems

GROUPS: dict[str, tuple[str, ...]] = {
    "joins": ("join", "return"),
    "leaves": ("leave",),
    "moves": ("move",),
    "changes": ("change",),
    "followed": ("follow",),
    "dual": ("join", "return", "move", "change"),
}


def list_changes(import_id: int, group: str, query: str = "") -> QuerySet[RosterChange]:
    """Return the people of one group of a dry run, in the order of the file; `query` is a number, name or unit."""
    found = RosterChange.objects.filter(roster_id=import_id, action__in=GROUPS[group])
    if group == "dual":
        found = found.exclude(second=[])
    for word in query.split()[:4]:
        found = found.filter(
            Q(number__contains=word) | Q(name__contains=word) | Q(unit__contains=word) | Q(was__contains=word)
        )
    return listing(found.order_by("action", "place"))


def names_gone(roster: RosterImport) -> bool:
    """Tell whether the people of a dry run were deleted, as they are after seven days; its numbers stay."""
    counts = roster.preview.get("counts", {})
    had_some = any(counts.get(name) for name in ("joins", "leaves", "moves", "changes", "followed"))
    return had_some and not RosterChange.objects.filter(roster_id=roster.pk).exists()


def count_leavers(roster: RosterImport) -> list[dict[str, Any]]:
    """Return how many leave each company, with its share, the largest share first."""
    people = {one["name"]: one["people"] for one in roster.preview.get("breaker", {}).get("companies", [])}
    counted = (
        RosterChange.objects.filter(roster_id=roster.pk, action="leave")
        .values("company")
        .annotate(leaves=Count("pk"))
        .order_by("-leaves", "company")
    )
    listed = []
    for one in counted:
        of = people.get(one["company"], 0)
        share = round(100 * one["leaves"] / of, 1) if of else None
        listed.append({"company": one["company"], "leaves": one["leaves"], "people": of, "share": share})
    return sorted(listed, key=lambda one: (-(one["share"] or 0), one["company"]))


def progress_of(roster: RosterImport) -> dict[str, Any] | None:
    """Return how far the work on an import is: a step in words, rows so far, percent of the whole; None at rest."""
    if roster.state not in (RosterImport.State.READING, RosterImport.State.APPLYING):
        return None
    now = RosterProgress.objects.filter(pk=roster.pk).first()
    rows = int(roster.preview.get("counts", {}).get("joins", 0)) + int(
        roster.preview.get("counts", {}).get("unchanged", 0)
    )
    if now is None:
        return {"words": _("Waiting for the worker"), "done": None, "percent": 1}
    steps = {
        "survey": (_("Reading the file"), 5, 25),
        "read": (_("Understanding the rows"), 25, 50),
        "compare": (_("Comparing with what is here"), 50, 70),
        "write": (_("Writing people, units and posts"), 70, 98),
    }
    words, first, last = steps.get(now.phase, steps["survey"])
    whole = {"compare": 4, "write": 5}.get(now.phase) or rows or 1_000_000
    percent = first + round((last - first) * min(1.0, now.done / whole))
    return {"words": words, "done": now.done if now.phase in ("survey", "read") else None, "percent": percent}


def approval_of(roster: RosterImport) -> RosterApproval | None:
    """Return the approval of a dry run as it stands now, if there is one."""
    digest = roster.preview.get("digest", "")
    found = RosterApproval.objects.select_related("approved_by__person").filter(roster=roster, digest=digest)
    return found.first()


def list_stopped() -> QuerySet[RosterImport]:
    """Return the dry runs that the breaker stopped, the newest first: those wait for the security administrator.

    One whose file was deleted after its seven days can no longer be applied, so it waits for nobody.
    """
    stopped = RosterImport.objects.filter(state=RosterImport.State.STOPPED).exclude(stored_name="")
    return listing(stopped.select_related("uploaded_by__person").order_by("-uploaded_at", "-pk"))


def header() -> list[str]:
    """Return the names of the columns of a downloaded dry run."""
    return [
        *(_("Row"), _("What happens"), _("Staff number"), _("Name"), _("Unit until now"), _("Unit by the file")),
        *(_("Second posts"), _("Post"), _("Fields that change")),
    ]


def words_of(action: str) -> str:
    """Return what happens to somebody, in words."""
    return {
        "join": _("joins"),
        "return": _("comes back"),
        "leave": _("leaves"),
        "move": _("changes unit"),
        "change": _("fields change"),
        "follow": _("comes along with a merged unit"),
    }[action]


def field_words(name: str) -> str:
    """Return the name of a field of a roster, in words."""
    return {
        "status": _("status"),
        "zone": _("time zone"),
        "started_on": _("first day of work"),
        "title": _("post"),
        "mobile": _("phone number"),
        "email": _("e-mail address"),
        "second_units": _("second posts"),
    }[name]


def lines_of(import_id: int, group: str = "") -> Iterator[list[Any]]:
    """Yield a dry run line by line for a download, all of it or one group; never phone numbers or addresses."""
    found = RosterChange.objects.filter(roster_id=import_id)
    if group:
        found = list_changes(import_id, group)
    for one in found.order_by("action", "place").iterator(chunk_size=5_000):
        row = split_row(one.row)[1] if one.row else None
        yield [
            *(row, words_of(one.action), one.number, one.name, one.was, one.unit),
            *("；".join(one.second), one.title, "、".join(map(field_words, one.fields))),
        ]


def json_rows(roster: RosterImport) -> Iterator[dict[str, Any]]:
    """Yield every row that would change something or must be mended, in the order of the file.

    Where people stand on several sheets, each row names its sheet and the number there.
    """
    sheets = roster.preview.get("sheets", ())
    for told in _raw_rows(roster):
        place, row = split_row(told["row"] or 0)
        if told["row"] and len(sheets) > 1:
            told |= {"row": row, "sheet": sheets[place]}
        yield told


def _raw_rows(roster: RosterImport) -> Iterator[dict[str, Any]]:
    problems = sorted(list_problems(roster), key=lambda one: one["row"])
    place = 0
    for one in RosterChange.objects.filter(roster_id=roster.pk).order_by("place").iterator(chunk_size=5_000):
        while place < len(problems) and problems[place]["row"] < one.place:
            yield problems[place] | {"action": "problem"}
            place += 1
        told: dict[str, Any] = {"row": one.row, "action": one.action, "number": one.number, "name": one.name}
        told |= {"title": one.title, "status": one.status, "unit": one.unit, "second": one.second}
        if one.action in ("move", "leave", "follow"):
            told["from"] = one.was
        if one.fields:
            told["fields"] = one.fields
        yield told
    for problem in problems[place:]:
        yield problem | {"action": "problem"}
