"""A plan as people read it before they say yes: counts, the head of the table, every problem row."""

from typing import Any

from fenjin.people.roster.plan import Plan
from fenjin.people.services.positions import rows

HEAD, PROBLEMS, SAMPLES = 20, 1_000, 200


def describe(plan: Plan) -> dict[str, Any]:
    """Return the preview as plain data; phone numbers and addresses are never part of it."""
    tally, missing = plan.tally, plan.units.missing()
    return {
        "refused": None,
        "counts": count(plan),
        "digest": plan.digest,
        "sheet": plan.table.sheet,
        "title": list(plan.table.title),
        "header_row": plan.table.header_row,
        "columns": [
            {"column": plan.table.header[index], "field": field.value} for index, field in plan.table.columns.items()
        ],
        "unmapped": list(plan.table.unmapped),
        "width": {
            "digits": plan.look.width,
            "from": plan.look.width_from,
            "sheet": plan.table.declared_in,
            "restored": tally.restored,
        },
        "lines": {
            "persons": tally.persons,
            "blank": tally.blank,
            "totals": tally.totals,
            "skipped": tally.skipped,
            "repeated": plan.repeated,
            "unknown_leavers": plan.unknown_leavers,
            "declared_total": tally.declared_total,
        },
        "units": {
            "named": len(plan.units.wanted),
            "companies": sum(len(path) == 2 for path in plan.units.wanted),
            "opened": len(missing),
            "opened_head": ["/".join(path) for path in missing[:SAMPLES]],
            "only_second": _only_second(plan),
        },
        "head": name_units(plan, list_rows("TRUE", HEAD)),
        "changes": name_units(plan, list_rows("action NOT IN ('unchanged', 'join')", SAMPLES)),
        "problems": [problem.as_json() for problem in tally.problems[:PROBLEMS]],
    }


def count(plan: Plan) -> dict[str, int]:
    """Return how many rows fall under each heading. Renamed and merged units are not recognised yet.

    `dual_posts` are the second posts that the file states; `absent` are people here whom the file
    does not name: they stay as they are.
    """
    [(dual,)] = rows("SELECT coalesce(sum(cardinality(second)), 0) FROM roster_row")
    [(absent,)] = rows(
        """SELECT count(*) FROM people_post p WHERE p.main AND p.ended_on IS NULL
           AND NOT EXISTS (SELECT 1 FROM roster_row r WHERE r.person_id = p.person_id)"""
    )
    return {
        "joins": plan.actions["join"] + plan.actions["return"],
        "leaves": plan.actions["leave"],
        "moves": plan.actions["move"],
        "renames": 0,
        "mergers": 0,
        "dual_posts": int(dual),
        "problems": len(plan.tally.problems),
        "unchanged": plan.actions["unchanged"],
        "changes": plan.actions["change"],
        "returns": plan.actions["return"],
        "absent": int(absent),
        "units_opened": len(plan.units.missing()),
    }


def list_rows(condition: str, limit: int | None) -> list[dict[str, Any]]:
    """Return rows of the staged file with what happens to them; the condition is ours, never typed."""
    found = rows(
        f"""SELECT r.row, r.action, r.number, r.name, r.title, r.status, r.unit, r.second, old.path
            FROM roster_row r LEFT JOIN people_post p ON p.person_id = r.person_id AND p.main AND p.ended_on IS NULL
            LEFT JOIN LATERAL (SELECT string_agg(a.name, '/' ORDER BY a.depth) AS path FROM people_unit u
                               JOIN people_unit a ON a.id = ANY(u.path) WHERE u.id = p.unit_id) old
                 ON r.action IN ('move', 'leave')
            WHERE {condition} ORDER BY r.row LIMIT %s""",  # noqa: S608
        [limit],
    )
    names = ("row", "action", "number", "name", "title", "status", "unit", "second", "from")
    return [dict(zip(names, row, strict=True)) for row in found]


def name_units(plan: Plan, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the paths of units in place of their places in the file."""
    paths = {place: "/".join(path) for path, place in plan.units.places.items()}
    for row in listed:
        row["unit"] = paths.get(row["unit"], "")
        row["second"] = [paths[place] for place in row["second"]]
        if row["from"] is None:
            del row["from"]
    return listed


def _only_second(plan: Plan) -> list[str]:
    """Return the units that only second posts name: perhaps mistyped, so people should see them."""
    above = {path[:depth] for path in plan.units.main for depth in range(1, len(path) + 1)}
    return ["/".join(path) for path in plan.units.missing() if path not in above][:SAMPLES]
