"""A plan as people read it before they say yes: counts, the head of the table, every problem row."""

from collections import Counter
from typing import Any

from fenjin.people.roster.emptied import list_emptied
from fenjin.people.roster.lines import row_words
from fenjin.people.roster.plan import Plan
from fenjin.people.services.positions import rows

HEAD, PROBLEMS, SAMPLES, UNITS = 20, 1_000, 200, 20_000


def describe(plan: Plan) -> dict[str, Any]:
    """Return the preview as plain data; phone numbers and addresses are never part of it."""
    tally, missing, emptied = plan.tally, plan.units.missing(), list_emptied(plan)
    return {
        "refused": plan.breaker["refused"],
        "sentence": plan.breaker["sentence"],
        "breaker": {key: plan.breaker[key] for key in ("people", "leaves", "companies")},
        "range": plan.reach.as_json(),
        "recognised": [one.as_json() for one in plan.matching.found[:UNITS]],
        "counts": count(plan),
        "digest": plan.digest,
        "sheet": plan.table.sheet,
        "sheets": list(plan.table.sheets),
        "sheets_left_out": list(plan.table.left_out),
        "encoding": plan.table.encoding,
        "separator": plan.table.separator,
        "private_use": tally.private_use,
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
            "closed": len(emptied),
            "only_second": _only_second(plan),
        },
        "opened": ["/".join(path) for path in missing[:UNITS]],
        "closed": emptied[:UNITS],
        "head": list_rows(plan, "a.row > 0", HEAD),
        "changes": list_rows(plan, "a.action NOT IN ('unchanged', 'join')", SAMPLES),
        "problems": [problem.as_json() for problem in tally.problems[:PROBLEMS]],
    }


def count(plan: Plan) -> dict[str, int]:
    """Return how many rows fall under each heading.

    `dual_posts` are the second posts that the file states. `unchanged` are those of whom nothing changes, also
    when their unit has another name; `followed` of them come along with a merged unit. Units that merge into
    the same one are one merger. `kept` are people who are not in the file and stay all the same.
    """
    [(dual,)] = rows("SELECT coalesce(sum(cardinality(second)), 0) FROM roster_row")
    kinds = Counter(one.kind for one in plan.matching.found)
    return {
        "joins": plan.actions["join"] + plan.actions["return"],
        "leaves": plan.actions["leave"],
        "moves": plan.actions["move"],
        "renames": kinds["rename"],
        "mergers": len({one.new for one in plan.matching.found if one.kind == "merger"}),
        "dual_posts": int(dual),
        "problems": len(plan.tally.problems),
        "unchanged": plan.actions["unchanged"] + plan.actions["follow"],
        "changes": plan.actions["change"],
        "returns": plan.actions["return"],
        "followed": plan.actions["follow"],
        "kept": plan.kept,
        "transfers": kinds["transfer"],
        "units_opened": len(plan.units.missing()),
    }


_LISTED = """
SELECT a.row, a.action, coalesce(r.number, p.staff_number), coalesce(r.name, p.name), r.title, r.status, r.unit,
       r.second, was.path, a.fields
FROM (SELECT * FROM roster_act a WHERE {condition} ORDER BY a.row < 0, abs(a.row) LIMIT %s) a
LEFT JOIN roster_row r ON r.row = a.row LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN LATERAL (SELECT string_agg(n.name, '/' ORDER BY n.depth) AS path FROM people_unit u
                   JOIN people_unit n ON n.id = ANY(u.path) WHERE u.id = a.from_unit) was
     ON a.action IN ('move', 'leave', 'follow')
ORDER BY a.row < 0, abs(a.row)
"""


def list_rows(plan: Plan, condition: str, limit: int | None) -> list[dict[str, Any]]:
    """Return people with what happens to them; the condition is ours, never typed."""
    paths = {place: "/".join(path) for path, place in plan.units.places.items()}
    listed = []
    for row, action, number, name, title, status, unit, second, was, fields in rows(
        _LISTED.format(condition=condition), [limit]
    ):
        told: dict[str, Any] = {"row": row if row > 0 else None, "action": action, "number": number, "name": name}
        told |= {"title": title or "", "status": status or "left", "unit": paths.get(unit, "")}
        told["second"] = [paths[place] for place in second or ()]
        if len(plan.table.sheets) > 1 and row > 0:
            told["where"] = row_words(row, plan.table.sheets)
        if was is not None:
            told["from"] = was
        if fields:
            told["fields"] = fields
        listed.append(told)
    return listed


def _only_second(plan: Plan) -> list[str]:
    """Return the units that only second posts name: perhaps mistyped, so people should see them."""
    above = {path[:depth] for path in plan.units.main for depth in range(1, len(path) + 1)}
    return ["/".join(path) for path in plan.units.missing() if path not in above][:SAMPLES]
