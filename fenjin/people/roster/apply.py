"""A plan made true: a dozen statements for all rows together, in the caller's transaction.

Persons get no accounts here: an account is made when its person claims it. A post that ends keeps its
row; the new one begins on the same day.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from fenjin.people.models import Account
from fenjin.people.register import Ended
from fenjin.people.roster.columns import Field
from fenjin.people.roster.parse import UnitPath
from fenjin.people.roster.plan import Plan, Tick, no_tick
from fenjin.people.roster.recognise import Recognised
from fenjin.people.roster.staging import write_units
from fenjin.people.services import tree
from fenjin.people.services.closing import close_empty
from fenjin.people.services.growth import NewUnit, grow
from fenjin.people.services.leaving import end_access_of
from fenjin.people.services.positions import change, rows


def carry_out(plan: Plan, *, actor: Account | None, on: date, tick: Tick = no_tick) -> dict[str, int]:
    """Write what the plan says and return how many units, persons and posts changed.

    The caller holds the tree's lock, has made the plan in this same transaction, and closes the accounts of
    leavers with `end_access_of_leavers`. Raises the refusals of services.tree where a
    recognised unit cannot be renamed or moved.
    """
    inhabited = _inhabited()
    tick("write", 0)
    _carry_units(plan, actor, on)
    done = {"units": _open_units(plan, on), "persons": _add_persons(plan)}
    tick("write", 1)
    done["persons_changed"] = _change_persons(plan, on)
    _store_private(plan)
    tick("write", 2)
    done["posts_ended"] = _end_posts(plan, on)
    done["posts_changed"] = _change_posts(plan, on)
    tick("write", 3)
    done["posts_begun"] = _begin_posts(on) + _carry_merged_posts(on)
    tick("write", 4)
    done["units_closed"] = len(close_empty(unit_ids=inhabited, on=on, into=_merged_into()))
    if plan.look.width and plan.numbering.width != plan.look.width:
        plan.numbering.width = plan.look.width
        plan.numbering.save(update_fields=["width"])
    return done


def end_access_of_leavers(actor: Account | None) -> dict[str, Collection[Ended]]:
    """Close the accounts of those who leave by the plan; return what other rooms ended, by kind."""
    leavers = [person for (person,) in rows("SELECT person_id FROM roster_act WHERE action = 'leave'")]
    return end_access_of(person_ids=leavers, actor=actor)


def _inhabited() -> list[int]:
    """Return the units of the file's range in which, or below which, somebody holds a post now."""
    found = rows(
        """SELECT DISTINCT above FROM (SELECT DISTINCT unit_id FROM people_post WHERE ended_on IS NULL) p
           JOIN people_unit u ON u.id = p.unit_id CROSS JOIN unnest(u.path) AS a (above)
           JOIN roster_inside i ON i.unit_id = above"""
    )
    return [unit for (unit,) in found]


def _merged_into() -> dict[int, int]:
    """Return for each merged unit the one that its people are in now."""
    return dict(
        rows(
            """SELECT e.unit_id, u.unit_id FROM roster_expected e JOIN roster_unit u ON u.place = e.place
               WHERE e.merged AND u.unit_id IS NOT NULL"""
        )
    )


def _carry_units(plan: Plan, actor: Account | None, on: date) -> None:
    """Rename and move the units that were recognised, the highest first."""
    for one in sorted(plan.matching.found, key=lambda one: (len(one.new), one.new)):
        if one.kind == "merger":
            continue
        if one.kind == "transfer":
            _transfer(plan, one, actor, on)
        tree.rename_unit(actor=actor, unit_id=one.unit, name=one.new[-1], on=on)


def _transfer(plan: Plan, one: Recognised, actor: Account | None, on: date) -> None:
    """Put a unit below its new parent, which may be one that the file opens."""
    above = plan.units.places[one.new[:-1]]
    if above not in plan.units.known:
        _open_units(plan, on, upto=one.new[:-1])
    tree.move_unit(actor=actor, unit_id=one.unit, parent_id=plan.units.known[above], on=on)


def _open_units(plan: Plan, on: date, upto: UnitPath | None = None) -> int:
    """Open the units that the file names and that are not here; `upto` only this one and those above it."""
    missing = [path for path in plan.units.missing() if upto is None or path == upto[: len(path)]]
    index = {path: number for number, path in enumerate(missing)}
    news = []
    for path in missing:
        above = path[:-1]
        if above in index:
            news.append(NewUnit(path[-1], under=index[above]))
        else:
            news.append(NewUnit(path[-1], plan.units.known[plan.units.places[above]] if above else None))
    for path, unit in zip(missing, grow(news, on), strict=True):
        plan.units.known[plan.units.places[path]] = unit
    write_units(plan.units)
    return len(missing)


def _add_persons(plan: Plan) -> int:
    # In the order of the tree, so that people of one unit, and later their posts, lie side by side.
    added = change(
        """INSERT INTO people_person
               (uid, numbering_id, staff_number, name, name_key, status, zone, started_on, created_at)
           SELECT gen_random_uuid(), %s, r.number, r.name, r.name_key, r.status, r.zone, r.started_on, now()
           FROM roster_row r JOIN roster_act a USING (row)
           LEFT JOIN roster_unit f ON f.place = r.unit LEFT JOIN people_unit u ON u.id = f.unit_id
           WHERE a.action = 'join' ORDER BY u.lft, r.number""",
        [plan.numbering.pk],
    )
    change(
        """UPDATE roster_act a SET person_id = p.id FROM roster_row r, people_person p
           WHERE a.action = 'join' AND r.row = a.row AND p.numbering_id = %s AND p.staff_number = r.number""",
        [plan.numbering.pk],
    )
    return added


def _change_persons(plan: Plan, on: date) -> int:
    """Write changed fields; of those who come back or leave also what that means."""
    sets: dict[str, Any] = {field.value: plan.has(field) for field in (Field.ZONE, Field.STARTED_ON, Field.STATUS)} | {
        "on": on
    }
    change(_PERSON_EVENTS, sets)
    left = change(
        """UPDATE people_person p SET status = 'left', left_on = %(on)s
           FROM roster_act a WHERE a.person_id = p.id AND a.action = 'leave'""",
        sets,
    )
    return left + change(
        """UPDATE people_person p SET
               status = CASE WHEN %(status)s OR a.action = 'return' THEN r.status ELSE p.status END,
               zone = CASE WHEN %(zone)s THEN r.zone ELSE p.zone END,
               started_on = CASE WHEN %(started_on)s THEN r.started_on ELSE p.started_on END,
               left_on = CASE a.action WHEN 'return' THEN NULL ELSE p.left_on END
           FROM roster_row r JOIN roster_act a USING (row)
           WHERE a.person_id = p.id AND (a.action = 'return' OR a.fields && '{status,zone,started_on}')
             AND a.action IN ('change', 'move', 'return')""",
        sets,
    )


# The dated history of persons: read backwards from today, so each change says what was before.
_PERSON_EVENTS = """
INSERT INTO people_personevent (person_id, kind, "on", old, new, created_at)
SELECT p.id, CASE a.action WHEN 'leave' THEN 'left' WHEN 'return' THEN 'returned' ELSE 'status' END, %(on)s,
       jsonb_build_object('status', p.status)
           || CASE WHEN a.action = 'return' THEN jsonb_build_object('left_on', p.left_on) ELSE '{}' END,
       jsonb_build_object('status', CASE WHEN a.action = 'leave' THEN 'left' ELSE r.status END), now()
FROM roster_act a JOIN people_person p ON p.id = a.person_id LEFT JOIN roster_row r ON r.row = a.row
WHERE a.action IN ('leave', 'return') OR a.action IN ('change', 'move') AND a.fields && '{status}'
"""


def _store_private(plan: Plan) -> None:
    """Keep phone and e-mail apart from the person; a column that the file lacks is left alone."""
    fields = [field.value for field in (Field.MOBILE, Field.EMAIL) if plan.has(field)]
    if not fields:
        return
    update = ", ".join(f"{field} = excluded.{field}" for field in fields)
    change(
        f"""INSERT INTO people_personprivate (person_id, mobile, email)
            SELECT a.person_id, r.mobile, r.email FROM roster_row r JOIN roster_act a USING (row)
            WHERE (a.action = 'join' AND (r.mobile <> '' OR r.email <> ''))
               OR (a.action IN ('change', 'move', 'return') AND a.fields && '{{mobile,email}}')
            ON CONFLICT (person_id) DO UPDATE SET {update} WHERE NOT people_personprivate.withheld"""  # noqa: S608 - names are ours
    )


_END = """
WITH ended AS (
    UPDATE people_post p SET ended_on = greatest(%(on)s, p.started_on)
    FROM roster_act a
    WHERE p.person_id = a.person_id AND p.ended_on IS NULL
      AND a.action IN ('change', 'move', 'return', 'leave', 'follow')
      AND (p.main OR a.action = 'leave'
           OR %(second_units)s AND p.unit_id IN (SELECT unit_id FROM roster_inside))
      AND NOT EXISTS (SELECT 1 FROM roster_target t JOIN roster_unit u ON u.place = t.place
                      WHERE t.person_id = p.person_id AND u.unit_id = p.unit_id)
    RETURNING p.id, p.space_id, p.ended_on
)
INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'ended', ended_on, '{}', '{}' FROM ended
"""

_CHANGE = """
WITH wanted AS (
    SELECT p.id, p.space_id, p.main AS was_main, t.main, p.title AS was_title,
           CASE WHEN t.main AND %(title)s THEN t.title ELSE p.title END AS title
    FROM roster_target t JOIN roster_unit u ON u.place = t.place
    JOIN people_post p ON p.person_id = t.person_id AND p.unit_id = u.unit_id AND p.ended_on IS NULL
    JOIN roster_act a ON a.row = t.row
    WHERE t.main = %(main)s AND a.action IN ('change', 'move', 'return', 'follow')
), changed AS (
    UPDATE people_post p SET main = w.main, title = w.title FROM wanted w
    WHERE w.id = p.id AND (w.main <> w.was_main OR w.title <> w.was_title)
    RETURNING p.id, p.space_id, w.was_main, w.main, w.was_title, w.title
)
INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'main', %(on)s,
       jsonb_build_object('main', was_main), jsonb_build_object('main', main)
FROM changed WHERE main <> was_main
UNION ALL
SELECT gen_random_uuid(), space_id, now(), id, 'retitled', %(on)s,
       jsonb_build_object('title', was_title), jsonb_build_object('title', title)
FROM changed WHERE title <> was_title
"""

_BEGIN = """
WITH begun AS (
    INSERT INTO people_post (uid, space_id, created_at, person_id, unit_id, title, main, started_on, pos)
    SELECT gen_random_uuid(), n.space_id, now(), a.person_id, n.id, t.title, t.main, %(on)s, n.lft
    FROM roster_target t JOIN roster_act a ON a.row = t.row
    JOIN roster_unit u ON u.place = t.place JOIN people_unit n ON n.id = u.unit_id
    WHERE a.action <> 'unchanged' AND NOT EXISTS (SELECT 1 FROM people_post p
                      WHERE p.person_id = a.person_id AND p.unit_id = n.id AND p.ended_on IS NULL)
    ORDER BY n.lft, a.person_id
    RETURNING id, space_id, title, main
)
INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'begun', %(on)s, '{}', jsonb_build_object('title', title, 'main', main)
FROM begun
"""


def _end_posts(plan: Plan, on: date) -> int:
    return change(_END, {"on": on, "second_units": plan.has(Field.SECOND_UNITS)})


def _change_posts(plan: Plan, on: date) -> int:
    """Retitle posts, and say anew which is the main one: first all that are no longer, then those that are."""
    asked: dict[str, Any] = {"on": on, "title": plan.has(Field.TITLE)}
    return sum(change(_CHANGE, {**asked, "main": main}) for main in (False, True))


def _begin_posts(on: date) -> int:
    return change(_BEGIN, {"on": on})


# What is left in a merged unit: posts that no row of the file speaks of.
_BEHIND = """
DROP TABLE IF EXISTS roster_behind;
CREATE TEMP TABLE roster_behind ON COMMIT DROP AS
    SELECT p.id, p.person_id, p.title, p.main, n.id AS unit_id, n.space_id, n.lft
    FROM people_post p JOIN roster_expected e ON e.unit_id = p.unit_id AND e.merged
    JOIN roster_unit u ON u.place = e.place JOIN people_unit n ON n.id = u.unit_id
    WHERE p.ended_on IS NULL
"""

_END_BEHIND = """
WITH ended AS (
    UPDATE people_post p SET ended_on = greatest(%(on)s, p.started_on) FROM roster_behind b WHERE p.id = b.id
    RETURNING p.id, p.space_id, p.ended_on
)
INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'ended', ended_on, '{}', '{}' FROM ended
"""

_BEGIN_BEHIND = """
WITH begun AS (
    INSERT INTO people_post (uid, space_id, created_at, person_id, unit_id, title, main, started_on, pos)
    SELECT DISTINCT ON (b.person_id, b.unit_id)
           gen_random_uuid(), b.space_id, now(), b.person_id, b.unit_id, b.title, b.main, %(on)s, b.lft
    FROM roster_behind b WHERE NOT EXISTS (
        SELECT 1 FROM people_post p WHERE p.person_id = b.person_id AND p.unit_id = b.unit_id AND p.ended_on IS NULL)
    ORDER BY b.person_id, b.unit_id, b.main DESC, b.id
    RETURNING id, space_id, title, main
)
INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
SELECT gen_random_uuid(), space_id, now(), id, 'begun', %(on)s, '{}', jsonb_build_object('title', title, 'main', main)
FROM begun
"""


def _carry_merged_posts(on: date) -> int:
    rows(_BEHIND)
    change(_END_BEHIND, {"on": on})
    return change(_BEGIN_BEHIND, {"on": on})
