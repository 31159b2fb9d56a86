"""The statements of an undo; services.roster_undo decides, and holds the tree's lock."""

from typing import Any

from fenjin.people.models import Account
from fenjin.people.register import acts_on_leave
from fenjin.people.roster.journal import NOW, list_ended
from fenjin.people.services import tree
from fenjin.people.services.positions import change, rows

# Where a unit stands on the number line, and the space of a post, follow the tree; they are nobody's change.
_APART = "ARRAY['pos', 'space_id']"

_OURS = """(SELECT person_id FROM people_rosterjournal WHERE roster_id = %(roster)s
            UNION ALL SELECT id FROM people_person WHERE id > %(persons_from)s AND id <= %(persons_to)s)"""

_HINDRANCES = {
    "posts": """SELECT count(DISTINCT p.person_id) FROM people_postevent e JOIN people_post p ON p.id = e.post_id
                WHERE e.id > %(post_events_to)s AND p.person_id IN OURS""",
    "changed": """SELECT count(DISTINCT e.person_id) FROM people_personevent e
                  WHERE e.id > %(person_events_to)s AND e.person_id IN OURS""",
    "units": """SELECT count(DISTINCT e.unit_id) FROM people_unitevent e
                WHERE e.id > %(unit_events_to)s AND e.unit_id IN (
                    SELECT unit_id FROM people_unitevent
                    WHERE id > %(unit_events_from)s AND id <= %(unit_events_to)s)""",
    "claimed": """SELECT count(*) FROM people_account c JOIN people_person p ON p.id = c.person_id
                  WHERE p.id > %(persons_from)s AND p.id <= %(persons_to)s""",
    "later": """SELECT count(DISTINCT j.person_id) FROM people_rosterjournal j
                JOIN people_rosterimport i ON i.id = j.roster_id
                WHERE j.roster_id <> %(roster)s AND i.state = 'applied'
                  AND i.applied_at > (SELECT applied_at FROM people_rosterimport WHERE id = %(roster)s)
                  AND j.person_id IN OURS""",
}


def find_hindrances(roster_id: int, trace: dict[str, Any]) -> dict[str, int]:
    """Return how many things of each kind have changed since, so that an undo would lose them."""
    asked = _marks(roster_id, trace)
    found = {name: int(rows(statement.replace("OURS", _OURS), asked)[0][0]) for name, statement in _HINDRANCES.items()}
    for kind, now in NOW.items():
        if kind == "account":  # what a person did with the own account since is not undone
            continue
        [(other,)] = rows(
            f"""SELECT count(*) FROM people_rosterjournal j WHERE j.roster_id = %s AND j.kind = %s
                AND (j.after - {_APART}) IS DISTINCT FROM (({now}) - {_APART})""",  # noqa: S608 - names are ours
            [roster_id, kind],
        )
        found["changed"] += int(other)
    return found


def take_back(roster_id: int, trace: dict[str, Any], actor: Account | None) -> dict[str, int]:
    """Remove what the import made and restore what it changed; return how many of each."""
    asked = _marks(roster_id, trace)
    done = {"posts": _posts(asked), "persons": _persons(asked), "units": _units(asked, actor)}
    for part in acts_on_leave():
        done[part.kind] = part.give_back(actor, list_ended(roster_id, part.kind))
    change("UPDATE people_numbering SET width = %s WHERE id = %s", [trace.get("width"), trace.get("numbering")])
    return done


def _marks(roster_id: int, trace: dict[str, Any]) -> dict[str, Any]:
    marks = {f"{name}_{side}": trace[side][name] for side in ("from", "to") for name in trace[side]}
    return marks | {"roster": roster_id}


_RESTORE_POSTS = """
UPDATE people_post p SET main = (j.before->>'main')::boolean, title = j.before->>'title',
    ended_on = (j.before->>'ended_on')::date
FROM people_rosterjournal j
WHERE j.roster_id = %(roster)s AND j.kind = 'post' AND j.row_id = p.id AND (j.before->>'main')::boolean = %(main)s
"""


def _posts(asked: dict[str, Any]) -> int:
    change("DELETE FROM people_postevent WHERE id > %(post_events_from)s AND id <= %(post_events_to)s", asked)
    gone = change("DELETE FROM people_post WHERE id > %(posts_from)s AND id <= %(posts_to)s", asked)
    # First those that are no main posts: a person has only one.
    return gone + sum(change(_RESTORE_POSTS, {**asked, "main": main}) for main in (False, True))


def _persons(asked: dict[str, Any]) -> int:
    change("DELETE FROM people_personevent WHERE id > %(person_events_from)s AND id <= %(person_events_to)s", asked)
    back = change(
        """UPDATE people_person p SET status = j.before->>'status', zone = j.before->>'zone',
               started_on = (j.before->>'started_on')::date, left_on = (j.before->>'left_on')::date
           FROM people_rosterjournal j WHERE j.roster_id = %(roster)s AND j.kind = 'person' AND j.row_id = p.id""",
        asked,
    )
    change(
        """UPDATE people_personprivate v SET mobile = j.before->>'mobile', email = j.before->>'email'
           FROM people_rosterjournal j
           WHERE j.roster_id = %(roster)s AND j.kind = 'private' AND j.row_id = v.person_id AND j.before IS NOT NULL
             AND NOT v.withheld""",
        asked,
    )
    change(
        """DELETE FROM people_personprivate v USING people_rosterjournal j
           WHERE j.roster_id = %(roster)s AND j.kind = 'private' AND j.row_id = v.person_id AND j.before IS NULL""",
        asked,
    )
    change(
        """UPDATE people_account c SET password = j.before->>'password', is_active = (j.before->>'is_active')::boolean
           FROM people_rosterjournal j
           WHERE j.roster_id = %(roster)s AND j.kind = 'account' AND j.row_id = c.id
             AND c.password = j.after->>'password'""",
        asked,
    )
    for table in ("people_personprivate", "people_claimcode"):
        change(
            f"DELETE FROM {table} WHERE person_id > %(persons_from)s AND person_id <= %(persons_to)s",  # noqa: S608
            asked,
        )
    return back + change("DELETE FROM people_person WHERE id > %(persons_from)s AND id <= %(persons_to)s", asked)


_EVENTS = "FROM people_unitevent e WHERE e.id > %(unit_events_from)s AND e.id <= %(unit_events_to)s AND e.kind = "


def _units(asked: dict[str, Any], actor: Account | None) -> int:
    """Open again what was closed, give back names and places, and remove what was opened."""
    back = change(
        f"""UPDATE people_unit u SET closed_on = NULL FROM (SELECT e.unit_id {_EVENTS} 'closed') e
            WHERE e.unit_id = u.id""",  # noqa: S608 - names are ours
        asked,
    )
    back += change(
        f"""UPDATE people_unit u SET name = e.old->>'name', name_en = coalesce(e.old->>'name_en', '')
            FROM (SELECT DISTINCT ON (e.unit_id) e.unit_id, e.old {_EVENTS} 'renamed' ORDER BY e.unit_id, e.id) e
            WHERE e.unit_id = u.id""",  # noqa: S608
        asked,
    )
    moved = rows(f"SELECT e.unit_id, (e.old->>'parent')::bigint {_EVENTS} 'moved' ORDER BY e.id DESC", asked)
    for unit_id, parent_id in moved:
        tree.move_unit(actor=actor, unit_id=unit_id, parent_id=parent_id)
    change(
        """DELETE FROM people_unitevent WHERE id > %(unit_events_from)s
           AND (id <= %(unit_events_to)s OR unit_id = ANY(%(moved)s) AND kind = 'moved')""",
        {**asked, "moved": [unit for unit, _parent in moved]},
    )
    return back + change("DELETE FROM people_unit WHERE id > %(units_from)s AND id <= %(units_to)s", asked)
