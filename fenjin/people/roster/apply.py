"""A plan made true: a dozen statements for all rows together, in the caller's transaction.

Persons get no accounts here: an account is made when its person claims it. Somebody the file does
not name stays as is. A post that ends keeps its row; the new one begins on the same day.
"""

from datetime import date
from typing import Any

from fenjin.people.models import Account
from fenjin.people.roster.columns import Field
from fenjin.people.roster.plan import Plan
from fenjin.people.roster.staging import write_units
from fenjin.people.services.growth import NewUnit, grow
from fenjin.people.services.leaving import end_access_of
from fenjin.people.services.positions import change, rows


def carry_out(plan: Plan, *, actor: Account | None, on: date) -> dict[str, int]:
    """Write what the plan says and return how many units, persons and posts changed.

    The caller holds the tree's lock and has made the plan in this same transaction.
    """
    done = {"units": _open_units(plan, on), "persons": _add_persons(plan)}
    done["persons_changed"] = _change_persons(plan, on)
    _store_private(plan)
    change("UPDATE roster_target t SET person_id = r.person_id FROM roster_row r WHERE r.row = t.row")
    done["posts_ended"] = _end_posts(plan, on)
    done["posts_changed"] = _change_posts(plan, on)
    done["posts_begun"] = _begin_posts(on)
    leavers = [person for (person,) in rows("SELECT person_id FROM roster_row WHERE action = 'leave'")]
    end_access_of(person_ids=leavers, actor=actor)
    if plan.look.width and plan.numbering.width != plan.look.width:
        plan.numbering.width = plan.look.width
        plan.numbering.save(update_fields=["width"])
    return done


def _open_units(plan: Plan, on: date) -> int:
    missing = plan.units.missing()
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
    added = change(
        """INSERT INTO people_person
               (uid, numbering_id, staff_number, name, name_key, status, zone, started_on, created_at)
           SELECT gen_random_uuid(), %s, number, name, name_key, status, zone, started_on, now()
           FROM roster_row WHERE action = 'join' ORDER BY number""",
        [plan.numbering.pk],
    )
    change(
        """UPDATE roster_row r SET person_id = p.id FROM people_person p
           WHERE r.action = 'join' AND p.numbering_id = %s AND p.staff_number = r.number""",
        [plan.numbering.pk],
    )
    return added


def _change_persons(plan: Plan, on: date) -> int:
    """Write changed fields; of those who come back or leave also what that means."""
    sets: dict[str, Any] = {field.value: plan.has(field) for field in (Field.ZONE, Field.STARTED_ON, Field.STATUS)} | {
        "on": on
    }
    return change(
        """UPDATE people_person p SET
               status = CASE WHEN %(status)s OR r.action = 'return' THEN r.status ELSE p.status END,
               zone = CASE WHEN %(zone)s THEN r.zone ELSE p.zone END,
               started_on = CASE WHEN %(started_on)s THEN r.started_on ELSE p.started_on END,
               left_on = CASE r.action WHEN 'return' THEN NULL WHEN 'leave' THEN %(on)s ELSE p.left_on END
           FROM roster_row r WHERE r.person_id = p.id AND r.action IN ('change', 'move', 'return', 'leave')""",
        sets,
    )


def _store_private(plan: Plan) -> None:
    """Keep phone and e-mail apart from the person; a column that the file lacks is left alone."""
    fields = [field.value for field in (Field.MOBILE, Field.EMAIL) if plan.has(field)]
    if not fields:
        return
    update = ", ".join(f"{field} = excluded.{field}" for field in fields)
    change(
        f"""INSERT INTO people_personprivate (person_id, mobile, email)
            SELECT person_id, mobile, email FROM roster_row
            WHERE action NOT IN ('unchanged', 'leave') AND (mobile <> '' OR email <> '' OR action <> 'join')
            ON CONFLICT (person_id) DO UPDATE SET {update}"""  # noqa: S608 - names are ours
    )


_END = """
WITH ended AS (
    UPDATE people_post p SET ended_on = greatest(%(on)s, p.started_on)
    FROM roster_row r
    WHERE p.person_id = r.person_id AND p.ended_on IS NULL AND r.action IN ('change', 'move', 'return', 'leave')
      AND (p.main OR %(second_units)s OR r.action = 'leave')
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
    WHERE t.main = %(main)s
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
    SELECT gen_random_uuid(), n.space_id, now(), t.person_id, n.id, t.title, t.main, %(on)s, n.lft
    FROM roster_target t JOIN roster_unit u ON u.place = t.place JOIN people_unit n ON n.id = u.unit_id
    WHERE NOT EXISTS (SELECT 1 FROM people_post p
                      WHERE p.person_id = t.person_id AND p.unit_id = n.id AND p.ended_on IS NULL)
    ORDER BY n.lft
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
