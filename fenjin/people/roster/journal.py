"""What an apply replaces and what it makes, so that it can be undone exactly.

Changed rows are kept as they were before and after. New rows are known by their ids: everything that
changes people, posts and units holds the tree's lock, so all ids between the two marks are ours.
"""

from collections.abc import Collection, Mapping
from typing import Any

from fenjin.people.models import RosterJournal
from fenjin.people.register import Ended
from fenjin.people.roster.plan import Plan
from fenjin.people.services.positions import change, rows

_TABLES = {
    "persons": "people_person",
    "posts": "people_post",
    "units": "people_unit",
    "post_events": "people_postevent",
    "unit_events": "people_unitevent",
    "person_events": "people_personevent",
}

_BEFORE = (
    # People who leave, come back, or whose own fields change.
    """INSERT INTO people_rosterjournal (roster_id, kind, row_id, person_id, before)
       SELECT %(roster)s, 'person', p.id, p.id, to_jsonb(p) FROM people_person p JOIN roster_act a ON a.person_id = p.id
       WHERE a.action IN ('leave', 'return')
          OR a.action IN ('change', 'move') AND a.fields && '{status,zone,started_on}'""",
    """INSERT INTO people_rosterjournal (roster_id, kind, row_id, person_id, before)
       SELECT %(roster)s, 'private', a.person_id, a.person_id, to_jsonb(v)
       FROM roster_act a LEFT JOIN people_personprivate v ON v.person_id = a.person_id
       WHERE a.action IN ('change', 'move', 'return') AND a.fields && '{mobile,email}'""",
    """INSERT INTO people_rosterjournal (roster_id, kind, row_id, person_id, before)
       SELECT %(roster)s, 'post', p.id, p.person_id, to_jsonb(p) FROM people_post p
       WHERE p.ended_on IS NULL AND (
           p.person_id IN (SELECT person_id FROM roster_act WHERE action IN ('move', 'return', 'leave', 'follow')
                           OR action = 'change' AND fields && '{title,second_units}')
           OR p.unit_id IN (SELECT unit_id FROM roster_expected WHERE merged))""",
    """INSERT INTO people_rosterjournal (roster_id, kind, row_id, person_id, before)
       SELECT %(roster)s, 'account', c.id, c.person_id,
              jsonb_build_object('password', c.password, 'is_active', c.is_active)
       FROM people_account c JOIN roster_act a ON a.person_id = c.person_id WHERE a.action = 'leave'""",
)

NOW = {
    "person": "SELECT to_jsonb(t) FROM people_person t WHERE t.id = j.row_id",
    "private": "SELECT to_jsonb(t) FROM people_personprivate t WHERE t.person_id = j.row_id",
    "post": "SELECT to_jsonb(t) FROM people_post t WHERE t.id = j.row_id",
    "account": "SELECT jsonb_build_object('password', t.password, 'is_active', t.is_active)"
    " FROM people_account t WHERE t.id = j.row_id",
}


def begin(roster_id: int, plan: Plan) -> dict[str, Any]:
    """Keep the rows that will change, and return the marks from which new rows count."""
    for statement in _BEFORE:
        change(statement, {"roster": roster_id})
    return {"from": _highest(), "width": plan.numbering.width, "numbering": plan.numbering.pk}


def keep_ended(roster_id: int, ended: Mapping[str, Collection[Ended]]) -> None:
    """Keep what other rooms ended because people left, numbered: a kind may hold rows of several tables."""
    RosterJournal.objects.bulk_create(
        RosterJournal(
            roster_id=roster_id,
            kind=kind,
            row_id=place,
            person_id=one.person_id,
            before={"row": one.row_id, "was": one.before},
            after=one.after,
        )
        for kind, rows_ended in ended.items()
        for place, one in enumerate(rows_ended)
    )


def list_ended(roster_id: int, kind: str) -> list[Ended]:
    """Return what was kept of one kind."""
    kept: Any = RosterJournal.objects.filter(roster_id=roster_id, kind=kind).order_by("row_id")
    return [
        Ended(before["row"], person, before["was"], after)
        for person, before, after in kept.values_list("person_id", "before", "after")
    ]


def finish(roster_id: int, marks: dict[str, Any]) -> dict[str, Any]:
    """Keep the same rows as they are now, forget those that stayed as they were; return the trace."""
    for kind, now in NOW.items():
        change(
            f"UPDATE people_rosterjournal j SET after = ({now}) WHERE j.roster_id = %s AND j.kind = %s",  # noqa: S608
            [roster_id, kind],
        )
    change("DELETE FROM people_rosterjournal WHERE roster_id = %s AND before = after", [roster_id])
    return marks | {"to": _highest()}


def _highest() -> dict[str, int]:
    return {
        name: rows(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0]  # noqa: S608 - names are ours
        for name, table in _TABLES.items()
    }


def forget(roster_id: int) -> None:
    """Delete what was kept for the undo of an import."""
    change("DELETE FROM people_rosterjournal WHERE roster_id = %s", [roster_id])
