"""The other files of the group on October's state, with the numbers that were counted by hand."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post, PostEvent, Unit, UnitEvent
from fenjin.people.selectors.roster import list_problems
from fenjin.people.selectors.tree import count_people, list_children, list_roots
from fenjin.people.services import roster
from fenjin.people.testing import make_account, make_administrator

FILES = Path(settings.BASE_DIR) / "tests" / "data" / "roster"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _october(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    with every_space(Reason.TEST):
        roster.apply_roster(actor=None, import_id=look("roster-2026-10.xlsx").pk, on=OCTOBER)
        yield


def look(name, **options):
    return roster.preview_roster(actor=None, file_path=FILES / name, original_name=name, **options)


def test_november_in_full():
    october = look("roster-2026-11.xlsx")
    counts = october.preview["counts"]
    assert counts == {
        "joins": 60, "leaves": 24, "moves": 42, "renames": 1, "mergers": 1, "dual_posts": 51, "problems": 0,
        "unchanged": 2934, "changes": 0, "returns": 0, "followed": 74, "kept": 0, "transfers": 0, "units_opened": 44,
    }  # fmt: skip
    assert [(one["kind"], one["from"], one["to"], one["together"], one["staying"], one["people"])
            for one in october.preview["recognised"]] == [
        ("merger", "远航集团/东北油田公司", "远航集团/西南油田公司", 74, 77, 77),
        ("rename", "远航集团/西北油田公司", "远航集团/西北油田有限责任公司", 124, 128, 129),
    ]  # fmt: skip
    assert (october.preview["refused"], october.preview["range"]) == (
        None,
        {"whole": True, "stated": False, "units": ["远航集团"]},
    )


def people_of(name):
    unit = Unit.objects.get(name=name, closed_on=None, depth=1)
    return count_people(unit.pk)


def open_units():
    return {unit.pk: unit for unit in Unit.objects.filter(closed_on=None)}


@pytest.mark.parametrize(
    ("name", "within"),
    [("roster-2026-11.xlsx", ""), ("roster-2026-11.xlsx", "denied"), ("roster-2026-truncated.xlsx", "")],
)
def test_the_dry_run_names_the_units_that_the_apply_closes(name, within):
    made = look(name)
    if within:
        denied = tuple(one["unit_id"] for one in made.preview["recognised"])
        made = roster.read_roster(import_id=roster.ask_again(actor=None, import_id=made.pk, denied=denied).pk)
    if made.preview["refused"]:
        security = make_administrator("security")
        told = {"import_id": made.pk, "digest": made.preview["digest"], "reason": "人事处确认"}
        roster.approve_roster(actor=security, **told)
    before = {unit.pk: "/".join(step.name for step in path_of(unit)) for unit in open_units().values()}
    roster.apply_roster(actor=None, import_id=made.pk, on=NOVEMBER)
    closed = sorted(before[pk] for pk in before.keys() - open_units().keys())
    assert sorted(made.preview["closed"]) == closed
    assert made.preview["units"]["closed"] == len(closed)
    assert closed


def path_of(unit):
    return sorted(Unit.objects.filter(pk__in=unit.path), key=lambda step: step.depth)


def test_november_applied_and_applied_again():
    done = roster.apply_roster(actor=None, import_id=look("roster-2026-11.xlsx").pk, on=NOVEMBER)
    assert done.state == "applied"
    [group] = list_roots()
    assert (len(list_children(group.pk)), count_people(group.pk)) == (39, 3036)
    renamed = Unit.objects.get(name="西北油田有限责任公司")
    assert list(UnitEvent.objects.filter(unit=renamed).order_by("on").values_list("kind", "on")) == [
        ("opened", OCTOBER),
        ("renamed", NOVEMBER),
    ]
    # Who stayed in the renamed company keeps the post of October; who came along with the merged one has a new one.
    assert (
        Post.objects.filter(unit__path__contains=[renamed.pk], started_on=OCTOBER, ended_on=None, main=True).count()
        == 124
    )
    merged = Unit.objects.get(name="东北油田公司")
    assert (merged.closed_on, people_of("西南油田公司")) == (NOVEMBER, 162)
    assert not Unit.objects.filter(path__contains=[merged.pk], closed_on=None).exists()
    second = Post.objects.get(person__staff_number="00010886", main=False, ended_on=None)
    assert (second.unit.name, second.unit.parent_id) == ("工会", renamed.pk)  # named by its old path
    assert PostEvent.objects.filter(kind="begun", on=NOVEMBER).count() == 60 + 42 + 74 + 1
    assert Person.objects.filter(left_on=NOVEMBER, status="left").count() == 24
    again = roster.apply_roster(actor=None, import_id=look("roster-2026-11.xlsx").pk, on=NOVEMBER)
    counts = again.preview["counts"]
    assert {key for key, count in counts.items() if count} == {"unchanged", "dual_posts"}
    assert set(again.preview["done"].values()) == {0}


def test_truncated_is_stopped_and_says_why():
    made = look("roster-2026-truncated.xlsx")
    assert (made.state, made.preview["refused"], made.preview["counts"]["leaves"]) == (
        "stopped",
        "too_many_leavers",
        925,
    )
    assert (made.preview["breaker"]["people"], made.preview["range"]["whole"]) == (3000, True)
    with pytest.raises(roster.RosterRefused):
        roster.apply_roster(actor=None, import_id=made.pk)
    assert Person.objects.filter(left_on=None).count() == 3000


def test_broken_tells_each_row_and_lets_nobody_go_for_a_slip():
    made = look("roster-2026-broken.xlsx")
    counts, problems = made.preview["counts"], list_problems(made)
    assert (counts["joins"], counts["moves"], counts["unchanged"], counts["problems"]) == (0, 0, 20, 180)
    assert Counter(problem["code"] for problem in problems) == dict.fromkeys(
        ["number_missing", "name_missing", "status_unknown", "unit_gap", "zone_unknown", "mobile_wrong", "formula"], 20
    ) | {"number_twice": 40}
    assert all(problem["row"] > 3 and problem["problem"] and problem["cure"] for problem in problems)
    # Whoever stands in a row that is to be mended stays; the others would leave, so the file is stopped.
    assert (counts["leaves"], counts["kept"], made.preview["refused"]) == (2281, 182, "too_many_leavers")


def test_a_subsidiary_speaks_for_its_own_subtree_only():
    before = set(Post.objects.exclude(unit__name="x").values_list("pk", "ended_on", "title"))
    made = look("roster-2026-subsidiary-gbk.csv")
    assert made.preview["range"] == {"whole": False, "stated": False, "units": ["远航集团/华东油田公司"]}
    assert (made.preview["counts"]["unchanged"], made.preview["breaker"]["people"]) == (896, 896)
    assert {key for key, count in made.preview["counts"].items() if count} == {"unchanged"}
    done = roster.apply_roster(actor=None, import_id=made.pk, on=NOVEMBER)
    assert set(done.preview["done"].values()) == {0}
    assert set(Post.objects.values_list("pk", "ended_on", "title")) == before


TABLES = ("unit", "unitevent", "person", "personprivate", "personevent", "post", "postevent", "account", "numbering")


def dump():
    """Everything about people, but where units stand on the number line."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(t) - ARRAY['pos', 'lft', 'rgt'] FROM people_{table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def test_undo_brings_back_exactly_october():
    leaver = Person.objects.get(staff_number=gone()[0])
    account = make_account(leaver)
    before = dump()
    done = roster.apply_roster(actor=None, import_id=look("roster-2026-11.xlsx").pk, on=NOVEMBER)
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert dump() != before
    undone = roster.undo_roster(actor=None, import_id=done.pk)
    assert undone.state == "undone"
    assert dump() == before
    assert roster.undo_roster(actor=None, import_id=done.pk).undone_at == undone.undone_at
    again = roster.apply_roster(actor=None, import_id=look("roster-2026-11.xlsx").pk, on=NOVEMBER)
    assert again.preview["done"] == done.preview["done"]


def gone():
    made = look("roster-2026-11.xlsx")
    return [row["number"] for row in roster.read_rows(actor=None, import_id=made.pk) if row["action"] == "leave"]
