"""The people of the made-up company: streamed into the database by COPY, so a million need no more memory."""

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, batched
from typing import Any

from django.db import connection

from config.demo_company.names import name_of
from config.demo_company.units import Planned
from fenjin.people.names import name_key

CHUNK = 20_000
_TITLES = (
    "操作工",
    "巡检工",
    "维修工",
    "班长",
    "技术员",
    "调度员",
    "安全员",
    "司机",
    "电工",
    "焊工",
    "工程师",
    "质检员",
)
_DESK_TITLES = ("专员", "主管", "工程师", "助理", "部门经理")
_PERSON = (
    "COPY people_person"
    " (id, uid, numbering_id, staff_number, name, name_key, status, zone, started_on, left_on, created_at) FROM STDIN"
)
_POST = "COPY people_post (uid, space_id, created_at, person_id, unit_id, title, main, started_on, ended_on, pos) FROM STDIN"
TODAY = date(2026, 11, 1)  # of the roster that the demo stands for
LARGE = 1_000  # a smaller company has no room for every fate
# Of every thousand: seconded, early retired, long ill, posted elsewhere, left in the last months.
_FATES = (("seconded", 14), ("early_retired", 22), ("sick_leave", 6), ("posted", 12), ("left", 9))
_MOVED = 0.06  # so many stood in another unit of their company before


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stands in the database."""

    unit_id: int
    space_id: int
    lft: int
    plan: Planned


# Whom the story needs, in the order of their staff numbers: name, unit, title.
CAST: tuple[tuple[str, str, str], ...] = (
    ("林晓舟", "党群工作部", "新闻编辑"),
    ("赵一帆", "华东石化公司", "宣传干事"),
    ("王海宁", "检修一班", "钳工"),
    ("周远", "裂解车间", "主操"),
    ("马春梅", "第三采气队", "采气工"),
)


def number_of(index: int) -> str:
    """Return the staff number of the person at this place (0 is the first)."""
    return f"QM{index + 1:06d}"


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds or held."""

    place: Place
    title: str
    main: bool
    started: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person to be written, with the posts."""

    index: int
    name: str
    status: str
    zone: str
    started: date
    left: date | None
    posts: tuple[Held, ...]


def fill(
    places: Sequence[Place],
    employees: int,
    numbering_id: int,
    seed: int,
    since: datetime,
    progress: Callable[[int], None] = lambda _written: None,
) -> int:
    """Write that many people with their posts, telling how many are there; return how many posts there are."""
    rng = random.Random(seed)
    # Nobody else adds persons to an empty database, so the numbers drawn stand side by side.
    [(first,)] = _rows(
        "SELECT min(nextval(pg_get_serial_sequence('people_person', 'id'))) FROM generate_series(1, %s)", [employees]
    )
    posts = written = 0
    for chunk in batched(_everybody(places, employees, rng), CHUNK, strict=False):
        with connection.cursor() as cursor:
            with cursor.copy(_PERSON) as copy:
                for who in chunk:
                    copy.write_row(
                        (first + who.index, _uid(rng), numbering_id, number_of(who.index), who.name, _key(who.name))
                        + (who.status, who.zone, who.started, who.left, since)
                    )
            with cursor.copy(_POST) as copy:
                for who in chunk:
                    for post in who.posts:
                        place = post.place
                        copy.write_row(
                            (_uid(rng), place.space_id, since, first + who.index, place.unit_id, post.title, post.main)
                            + (post.started, post.ended, place.lft)
                        )
                    posts += len(who.posts)
        written += len(chunk)
        progress(written)
    _note_events(first)
    return posts


_key = lru_cache(maxsize=200_000)(name_key)


def _uid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _everybody(places: Sequence[Place], employees: int, rng: random.Random) -> Iterator[Somebody]:
    """Yield everybody; the cast first."""
    by_name: dict[str, Place] = {}
    near: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_name.setdefault(place.plan.name, place)
        near[place.plan.company].append(place)
    weights = list(accumulate(place.plan.weight for place in places))
    for index in range(employees):
        started = TODAY - timedelta(days=60 + int(rng.betavariate(1.3, 1.7) * 13_000))
        if index < len(CAST):
            name, unit, title = CAST[index]
            place = by_name[unit]
            yield Somebody(index, name, "on_duty", place.plan.zone, started, None, (Held(place, title, True, started),))
            continue
        years = (TODAY - started).days / 365
        name = name_of(rng, 0 if years > 27 else 1 if years > 13 else 2)
        place = rng.choices(places, cum_weights=weights)[0]
        status, left = _fate(rng, years) if employees >= LARGE else ("on_duty", None)
        posts = _posts(rng, place, near[place.plan.company], started, left)
        yield Somebody(index, name, status, place.plan.zone, started, left, posts)


def _fate(rng: random.Random, years: float) -> tuple[str, date | None]:
    """Return a status, and for those who left the day; nobody retires early who has just come."""
    number = rng.randrange(1000)
    for status, share in _FATES:
        number -= share
        if number < 0:
            if status == "early_retired" and years < 24:
                break
            return status, TODAY - timedelta(days=rng.randrange(1, 50)) if status == "left" else None
    return "on_duty", None


def _posts(
    rng: random.Random, place: Place, near: Sequence[Place], started: date, left: date | None
) -> tuple[Held, ...]:
    """Return the main post, before it perhaps a former one, beside it perhaps a second one in the same company."""
    since, posts = started, []
    if rng.random() < _MOVED and (TODAY - started).days > 900:
        before, since = rng.choice(near), TODAY - timedelta(days=rng.randrange(90, 800))
        posts.append(Held(before, _title(before, rng), True, started, since))
    posts.append(Held(place, _title(place, rng), True, since, left))
    if rng.random() < 0.03 and left is None:
        other = rng.choice(near)
        if other is not place:
            posts.append(Held(other, "兼职安全员", False, max(since, TODAY - timedelta(days=rng.randrange(60, 700)))))
    return tuple(posts)


def _title(place: Place, rng: random.Random) -> str:
    return rng.choice(_DESK_TITLES if place.plan.desk else _TITLES)


def _note_events(first: int) -> None:
    """Write the dated events of the posts, as the tree service would."""
    for kind, day in (("begun", "started_on"), ("ended", "ended_on")):
        _rows(
            f"""INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
                SELECT gen_random_uuid(), space_id, created_at, id, %s, {day}, '{{}}', '{{}}'
                FROM people_post WHERE person_id >= %s AND {day} IS NOT NULL""",  # noqa: S608
            [kind, first],
        )


def _rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def long_ago() -> datetime:
    """Return the moment at which the company came onto the platform: 40 days before now."""
    return datetime.now(UTC) - timedelta(days=40)
