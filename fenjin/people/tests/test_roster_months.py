"""Random groups and months of random changes: whatever way the state is reached, it is the same."""

import csv
import random
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, Administrator
from fenjin.people.services import roster

pytestmark = pytest.mark.django_db
HEADER = ["员工编号", "姓名", "部门路径", "岗位", "手机号码", "人员状态", "兼职单位"]
TABLES = ("unit", "unitevent", "person", "personprivate", "personevent", "post", "postevent", "numbering")


class Group:
    """A group as its personnel office knows it; each month something happens."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - it shall be the same again
        self.fresh = 0
        self.units = [("集团",)]
        for _unit in range(self.chance.randrange(3, 14)):
            self.open()
        self.people: dict[str, list] = {}
        for _person in range(self.chance.randrange(6, 40)):
            self.join()

    def open(self):
        above = self.chance.choice([path for path in self.units if len(path) < 4])
        self.fresh += 1
        self.units.append((*above, f"{self.chance.choice('甲乙丙丁')}{self.fresh}部"))

    def join(self):
        self.fresh += 1
        number = f"{10_000 + self.fresh}"
        self.people[number] = [
            f"王{self.chance.choice('伟芳娜')}",
            self.chance.choice(self.units),
            "工人",
            "",
            "在岗",
            (),
        ]

    def month(self):
        for _event in range(self.chance.randrange(1, 8)):
            getattr(self, self.chance.choice(["join", "leave", "move", "rename", "second", "field", "open", "merge"]))()

    def somebody(self):
        return self.people[self.chance.choice(sorted(self.people))]

    def leave(self):
        if len(self.people) > 3:
            del self.people[self.chance.choice(sorted(self.people))]

    def move(self):
        self.somebody()[1] = self.chance.choice(self.units)

    def field(self):
        who = self.somebody()
        who[2], who[3], who[4] = (self.chance.choice(choices) for choices in (
            ("工人", "会计", ""), ("", "13800000001", "13800000002"), ("在岗", "借调", "内退"),
        ))  # fmt: skip

    def second(self):
        who = self.somebody()
        who[5] = tuple(sorted({self.chance.choice(self.units) for _post in range(self.chance.randrange(3))} - {who[1]}))

    def rename(self):
        old = self.chance.choice(self.units)
        if len(old) > 1:
            self.fresh += 1
            self.carry(old, (*old[:-1], f"{old[-1]}{self.fresh}"))

    def merge(self):
        old, new = self.chance.choice(self.units), self.chance.choice(self.units)
        if len(old) > 1 and new[: len(old)] != old:
            self.carry(old, new)

    def carry(self, old, new):
        def carried(path):
            return new + path[len(old) :] if path[: len(old)] == old else path

        self.units = list(dict.fromkeys(carried(path) for path in self.units))
        for who in self.people.values():
            who[1] = carried(who[1])
            who[5] = tuple(sorted({carried(path) for path in who[5]} - {who[1]}))

    def write(self, path):
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for number, (name, unit, title, mobile, status, second) in sorted(self.people.items()):
                seconds = "；".join("/".join(other) for other in second)
                writer.writerow([number, name, "/".join(unit), title, mobile, status, seconds])
        return path


def bring_in(path, security, on):
    made = roster.preview_roster(actor=None, file_path=path, original_name="月.csv", within="集团")
    if made.state == "stopped":
        roster.approve_roster(actor=security, import_id=made.pk, digest=made.preview["digest"], reason="核对过")
    assert made.state in ("previewed", "stopped"), made.preview
    assert made.preview["counts"]["problems"] == 0, made.preview["problems"]
    return roster.apply_roster(actor=None, import_id=made.pk, on=on)


def fetch(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def state():
    """Units by their paths, and people with their posts and fields, as anybody would see them."""
    units = fetch(
        """SELECT string_agg(a.name, '/' ORDER BY a.depth) FROM people_unit u JOIN people_unit a ON a.id = ANY(u.path)
           WHERE u.closed_on IS NULL GROUP BY u.id ORDER BY 1"""
    )
    people = fetch(
        """WITH paths AS (SELECT u.id, string_agg(a.name, '/' ORDER BY a.depth) AS path FROM people_unit u
                          JOIN people_unit a ON a.id = ANY(u.path) GROUP BY u.id)
           SELECT p.staff_number, p.name, p.status, coalesce(v.mobile, ''), o.main, n.path,
                  CASE WHEN o.main THEN o.title END
           FROM people_post o JOIN paths n ON n.id = o.unit_id JOIN people_person p ON p.id = o.person_id
           LEFT JOIN people_personprivate v ON v.person_id = p.id
           WHERE o.ended_on IS NULL ORDER BY 1, 5, 6"""
    )
    return units, people


def dump():
    """Everything, but where units stand on the number line."""
    return {
        table: fetch(f"SELECT to_jsonb(t) - ARRAY['pos', 'lft', 'rgt'] FROM people_{table} t ORDER BY 1")
        for table in TABLES
    }


class Back(Exception):
    """Thrown to leave an empty place behind."""


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_every_way_to_a_month_leads_to_the_same_state(seed, tmp_path_factory, settings):
    settings.FENJIN_DATA = tmp_path_factory.mktemp("data")
    group, folder = Group(seed), tmp_path_factory.mktemp("months")
    files, states = [], []
    with every_space(Reason.TEST):
        try:
            with transaction.atomic():
                security = _security()
                for month in range(1, 5):
                    files.append(group.write(folder / f"{month}.csv"))
                    on, before = date(2026, month, 1), dump()
                    done = bring_in(files[-1], security, on)
                    roster.undo_roster(actor=None, import_id=done.pk)
                    assert dump() == before
                    bring_in(files[-1], security, on)
                    after = dump()
                    again = bring_in(files[-1], security, on)
                    assert set(again.preview["done"].values()) == {0}
                    assert dump() == after
                    states.append(state())
                    group.month()
                raise Back
        except Back:
            pass
        for month, (file, reached) in enumerate(zip(files, states, strict=True), start=1):
            try:
                with transaction.atomic():
                    bring_in(file, _security(), date(2026, month, 1))
                    assert state() == reached
                    raise Back
            except Back:
                pass


def _security():
    account = Account.objects.create(operator_name="安全")
    Administrator.objects.create(account=account, office="security", given_at=clock.now())
    return account
