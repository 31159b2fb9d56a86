"""The October file, as the company keeps it, all the way in."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import (
    Account,
    Numbering,
    Person,
    PersonPrivate,
    Post,
    PostEvent,
    RosterImport,
    Unit,
    UnitEvent,
)
from fenjin.people.roster.parse import Tally, parse, survey
from fenjin.people.roster.tables import read_table
from fenjin.people.selectors.tree import count_people, list_children, list_roots
from fenjin.people.services import roster

OCTOBER = Path(settings.BASE_DIR) / "tests" / "data" / "roster" / "roster-2026-10.xlsx"
DAY = date(2026, 11, 1)


@pytest.fixture
def data(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    with every_space(Reason.TEST):
        yield tmp_path


def bring_in(path=OCTOBER, **options):
    preview = roster.preview_roster(actor=None, file_path=path, original_name=Path(path).name, **options)
    return roster.apply_roster(actor=None, import_id=preview.pk, on=DAY)


def test_october_as_it_is():
    """What the file holds, counted by hand: any change here is a change of what we understand."""
    table = read_table(OCTOBER)
    assert (table.sheet, table.header_row, table.unmapped) == ("人员花名册", 3, ("序号", "性别"))
    assert (table.declared_width, table.declared_in) == (8, "填表说明")
    look, tally = survey(table), Tally()
    rows = list(parse(table, look, tally))
    assert (look.width, look.width_from, look.root) == (8, "declared", "远航集团")
    assert (tally.persons, tally.blank, tally.totals, tally.skipped, tally.declared_total) == (3000, 7, 1, 0, 3000)
    assert tally.problems == []
    assert tally.restored == 1471  # numbers that Excel holds as figures, so without their zeros
    assert len({row.number for row in rows}) == 3000
    assert {(len(row.number), row.number.isdigit()) for row in rows} == {(8, True)}
    units = {row.path[:depth] for row in rows for depth in range(1, len(row.path) + 1)}
    assert Counter(map(len, units)) == {1: 1, 2: 40, 3: 389, 4: 1148}
    second = [path for row in rows for path in row.second]
    assert len(second) == 50
    assert set(second) - units == {("远航集团", "东北炼化公司", "后勤服务中心")}
    assert Counter(row.status for row in rows) == {
        "on_duty": 2717, "seconded": 88, "posted": 83, "sick_leave": 58, "early_retired": 54,
    }  # fmt: skip
    assert Counter(row.zone for row in rows)["Asia/Shanghai"] == 2890
    assert sum(bool(row.email) for row in rows) == 1032
    assert all(row.mobile.isascii() and len(row.mobile) == 11 for row in rows)
    assert (min(row.started_on for row in rows), max(row.started_on for row in rows)) == (
        date(1986, 1, 6),
        date(2024, 4, 16),
    )
    names = Counter(row.name for row in rows)
    assert [names[name] for name in ("𠮷田勇", "王䶮", "李㛃", "阿依古丽·吐尔逊", "Nguyễn Văn An", "O'Brien Sean")] == [
        8,
        4,
        3,
        5,
        2,
        3,
    ]
    assert names["张伟"] == 16  # five of them padded as 张 伟


@pytest.mark.django_db
def test_october_preview_changes_nothing_and_says_all(data):
    preview = roster.preview_roster(actor=None, file_path=OCTOBER, original_name="十月.xlsx").preview
    counts = preview["counts"]
    assert (counts["joins"], counts["dual_posts"], counts["problems"], counts["unchanged"]) == (3000, 50, 0, 0)
    assert (counts["leaves"], counts["moves"], counts["renames"], counts["mergers"]) == (0, 0, 0, 0)
    assert preview["refused"] is None
    assert preview["units"] | {"opened_head": 0} == {
        "named": 1579, "companies": 40, "opened": 1579, "opened_head": 0, "closed": 0,
        "only_second": ["远航集团/东北炼化公司/后勤服务中心"],
    }  # fmt: skip
    assert preview["width"] == {"digits": 8, "from": "declared", "sheet": "填表说明", "restored": 1471}
    assert preview["head"][0] == {
        "row": 4, "action": "join", "number": "00010007", "name": "华桂珍", "title": "化验员", "status": "on_duty",
        "unit": "远航集团/华东油田公司/安全环保部/二班", "second": [],
    }  # fmt: skip
    assert "15016613186" not in str(preview)  # no phone number in what is stored
    assert (Person.objects.count(), Unit.objects.count(), Post.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_october_applied(data):
    done = bring_in()
    assert done.preview["done"] == {
        "units": 1579, "persons": 3000, "persons_changed": 0, "posts_ended": 0, "posts_changed": 0, "posts_begun": 3050,
        "units_closed": 0,
    }  # fmt: skip
    [group] = list_roots()
    assert (group.name, len(list_children(group.pk)), count_people(group.pk)) == ("远航集团", 40, 3000)
    largest = Unit.objects.get(name="华东油田公司")
    here = Post.objects.filter(unit__path__contains=[largest.pk])
    assert (here.filter(main=True).count(), here.filter(main=False).count()) == (896, 1)
    assert (
        count_people(largest.pk) == len(set(here.values_list("person", flat=True))) == 896
    )  # that one works here anyway
    person = Person.objects.get(staff_number="00010008")
    assert (person.name, person.name_key, person.started_on) == ("王帆", "wang fan wf", date(1994, 2, 9))
    assert PersonPrivate.objects.get(person=person).mobile == "19246281948"
    post = Post.objects.select_related("unit").get(person=person)
    assert (post.title, post.main, post.started_on, post.pos) == ("操作工", True, DAY, post.unit.lft)
    assert (Account.objects.count(), Numbering.objects.get().width) == (0, 8)
    assert PostEvent.objects.filter(kind="begun", on=DAY).count() == 3050
    assert UnitEvent.objects.filter(kind="opened", on=DAY).count() == 1579
    assert AuditEvent.objects.filter(act="people.roster_apply").count() == 1
    assert done.stored_name == ""


@pytest.mark.django_db
def test_october_twice_changes_nothing(data):
    first = bring_in()
    assert roster.apply_roster(actor=None, import_id=first.pk).applied_at == first.applied_at
    tables = (Person, PersonPrivate, Post, PostEvent, Unit, UnitEvent)
    before = [list(table._base_manager.order_by("pk").values()) for table in tables]
    again = bring_in()
    assert again.preview["counts"] == {
        "joins": 0, "leaves": 0, "moves": 0, "renames": 0, "mergers": 0, "dual_posts": 50, "problems": 0,
        "unchanged": 3000, "changes": 0, "returns": 0, "followed": 0, "kept": 0, "transfers": 0, "units_opened": 0,
    }  # fmt: skip
    assert set(again.preview["done"].values()) == {0}
    assert [list(table._base_manager.order_by("pk").values()) for table in tables] == before
    assert RosterImport.objects.filter(state="applied").count() == 2
