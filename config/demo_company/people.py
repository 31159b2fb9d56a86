"""The people of the made-up company: streamed into the database by COPY, so a million need no more memory."""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, batched
from typing import Any

from django.db import connection

from config.demo_company.units import ZONES, Planned
from fenjin.people.names import name_key

CHUNK = 20_000
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_FIRST = "海建志国晓文明丽春秀玉雪佳思永立俊振德新少家宏振嘉静雅美素云天宇子若雨一景承启望远安"
_SECOND = "宁军强平华芳敏静伟涛超明磊洋勇杰娟艳霞刚鹏飞辉玲梅琴兰英波斌宇浩凯楠博轩怡琳萍莉川原舟帆林森"
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
    "COPY people_person (id, uid, numbering_id, staff_number, name, name_key, status, zone, started_on, created_at)"
    " FROM STDIN"
)
_POST = "COPY people_post (uid, space_id, created_at, person_id, unit_id, title, main, started_on, pos) FROM STDIN"


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


def fill(places: Sequence[Place], employees: int, numbering_id: int, seed: int, since: datetime) -> int:
    """Write that many people with their posts; return how many posts there are."""
    rng = random.Random(seed)
    # Nobody else adds persons to an empty database, so the numbers drawn stand side by side.
    [(first,)] = _rows(
        "SELECT min(nextval(pg_get_serial_sequence('people_person', 'id'))) FROM generate_series(1, %s)", [employees]
    )
    posts = 0
    for chunk in batched(_everybody(places, employees, rng), CHUNK, strict=False):
        with connection.cursor() as cursor:
            with cursor.copy(_PERSON) as copy:
                for index, name, zone, started, _held in chunk:
                    uid = uuid.UUID(int=rng.getrandbits(128), version=4)
                    copy.write_row(
                        [first + index, uid, numbering_id, number_of(index), name, name_key(name), "on_duty", zone]
                        + [started, since]
                    )
            with cursor.copy(_POST) as copy:
                for index, _name, _zone, started, held in chunk:
                    for order, (place, title) in enumerate(held):
                        uid = uuid.UUID(int=rng.getrandbits(128), version=4)
                        copy.write_row(
                            [uid, place.space_id, since, first + index, place.unit_id, title, order == 0]
                            + [started, place.lft]
                        )
                        posts += 1
    _note_events(first)
    return posts


def _everybody(places: Sequence[Place], employees: int, rng: random.Random) -> Iterator[tuple[Any, ...]]:
    """Yield (index, name, zone, first day, posts) of everybody; the cast first."""
    by_name = {place.plan.name: place for place in places}
    weights = list(accumulate(place.plan.weight for place in places))
    for index in range(employees):
        if index < len(CAST):
            name, unit, title = CAST[index]
            held = [(by_name[unit], title)]
        else:
            name = _name(rng)
            place = rng.choices(places, cum_weights=weights)[0]
            held = [(place, _title(place, rng))]
            if rng.random() < 0.03:
                other = rng.choices(places, cum_weights=weights)[0]
                held += [] if other is place else [(other, "兼职安全员")]
        started = date(2026, 9, 1) - timedelta(days=rng.randrange(30, 12_000))
        yield index, name, ZONES.get(held[0][0].plan.name, ""), started, held


def _name(rng: random.Random) -> str:
    # The first family names are the most frequent ones, as in life.
    surname = _SURNAMES[min(rng.randrange(len(_SURNAMES)), rng.randrange(len(_SURNAMES)))]
    return surname + (rng.choice(_FIRST) if rng.random() < 0.72 else "") + rng.choice(_SECOND)


def _title(place: Place, rng: random.Random) -> str:
    desk = place.plan.weight < 6
    return rng.choice(_DESK_TITLES if desk else _TITLES)


def _note_events(first: int) -> None:
    """Write the dated event of each new post, as the tree service would."""
    _rows(
        """INSERT INTO people_postevent (uid, space_id, created_at, post_id, kind, "on", old, new)
           SELECT gen_random_uuid(), space_id, created_at, id, 'begun', started_on, '{}', '{}'
           FROM people_post WHERE person_id >= %s""",
        [first],
    )


def _rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def long_ago() -> datetime:
    """Return the moment at which the company came onto the platform: 40 days before now."""
    return datetime.now(UTC) - timedelta(days=40)
