"""Who decides over a roster: the breaker, the security administrator, the range, the undo, the worker."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import translation

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, Administrator, Person, PersonPrivate, Post, RosterChange, RosterImport, Unit
from fenjin.people.roster import progress
from fenjin.people.roster.breaker import sentence_of
from fenjin.people.roster.progress import Cancelled, working_on
from fenjin.people.services import persons, roster, tree
from fenjin.people.services.roster_approval import NotStopped, OtherPlan, OwnUpload, ReasonMissing
from fenjin.people.services.roster_jobs import cancel_work, start_apply, take_up_again, work_on
from fenjin.people.services.roster_undo import NotApplied, UndoTooLate

pytestmark = pytest.mark.django_db
HEADER = "工号,姓名,部门路径,岗位,手机,状态"
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _data(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def sheet(tmp_path):
    def write(*lines):
        path = tmp_path / "roster.csv"
        path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
        return path

    return write


def many(first, count, unit, **_fields):
    return [f"{10000 + first + index},王伟,集团/{unit},工人,13800000001,在岗" for index in range(count)]


def look(path, **options):
    return roster.preview_roster(actor=None, file_path=path, original_name="名册.csv", **options)


def bring_in(path, on=MAY, **options):
    return roster.apply_roster(actor=None, import_id=look(path, **options).pk, on=on)


def officer(office):
    account = Account.objects.create(operator_name=f"{office}{Account.objects.count()}")
    Administrator.objects.create(account=account, office=office, given_at=clock.now())
    return account


def counts(made):
    return {key: value for key, value in made.preview["counts"].items() if value}


@pytest.mark.parametrize(
    ("gone", "refused"),
    [(2, None), (3, "too_many_leavers")],  # of 100: two are 2 %, and not more
)
def test_the_breaker_counts_leavers_of_the_range(sheet, gone, refused):
    bring_in(sheet(*many(0, 50, "甲公司/一处"), *many(50, 50, "乙公司/一处")))
    made = look(sheet(*many(0, 50, "甲公司/一处"), *many(50, 50 - gone, "乙公司/一处")))
    assert (made.preview["counts"]["leaves"], made.preview["refused"]) == (gone, refused)
    assert sentence_of(made.preview) == made.preview["sentence"]
    with translation.override("en"):
        assert sentence_of(made.preview).startswith(f"{gone} of 100 people would leave" if refused else "")


@pytest.mark.parametrize(
    ("size", "gone", "refused"),
    [(24, 5, "company_shrinks"), (25, 5, None), (12, 4, None)],  # more than 20 %, and at least five
)
def test_the_breaker_counts_leavers_of_each_company(sheet, size, gone, refused):
    rest = many(100, 300, "甲公司/一处")
    bring_in(sheet(*rest, *many(0, size, "乙公司/一处")))
    made = look(sheet(*rest, *many(0, size - gone, "乙公司/一处")))
    assert (made.preview["counts"]["leaves"], made.preview["refused"]) == (gone, refused)
    with translation.override("en"):
        assert ("people of 乙公司 would leave" in sentence_of(made.preview)) is bool(refused)


def test_a_company_that_is_renamed_or_merged_sends_nobody_away(sheet):
    bring_in(sheet(*many(0, 40, "甲公司/一处"), *many(40, 40, "乙公司/一处"), *many(80, 40, "丙公司/一处")))
    made = look(sheet(*many(0, 40, "新甲公司/一处"), *many(40, 40, "丙公司/一处"), *many(80, 40, "丙公司/一处")))
    assert counts(made) == {"renames": 1, "mergers": 1, "unchanged": 120, "followed": 40}
    assert made.preview["refused"] is None


def test_two_units_in_a_new_one_are_one_merger(sheet):
    bring_in(sheet(*many(0, 10, "甲公司/一处"), *many(10, 10, "甲公司/二处"), *many(20, 10, "甲公司/工会")))
    made = look(sheet(*many(0, 20, "甲公司/综合部"), *many(20, 10, "甲公司/工会")))
    assert counts(made) == {"mergers": 1, "unchanged": 30, "followed": 20, "units_opened": 1}
    assert [(one["kind"], one["together"]) for one in made.preview["recognised"]] == [("merger", 10), ("merger", 10)]


def test_what_was_recognised_may_be_un_ticked(sheet):
    bring_in(sheet(*many(0, 10, "甲公司/一处"), *many(10, 10, "乙公司/一处")))
    made = look(sheet(*many(0, 10, "新甲公司/一处"), *many(10, 10, "乙公司/一处")))
    [found] = made.preview["recognised"]
    roster.ask_again(actor=None, import_id=made.pk, denied=(found["unit_id"],))
    again = roster.read_roster(import_id=made.pk)
    assert counts(again) == {"moves": 10, "unchanged": 10, "units_opened": 2}
    roster.apply_roster(actor=None, import_id=made.pk, on=JUNE)
    assert Unit.objects.get(name="甲公司").closed_on == JUNE


def test_three_people_make_a_unit_and_two_do_not(sheet):
    bring_in(sheet(*many(0, 3, "甲公司/一处"), *many(3, 2, "甲公司/二处"), *many(5, 9, "甲公司/工会")))
    made = look(sheet(*many(0, 3, "甲公司/三处"), *many(3, 2, "甲公司/四处"), *many(5, 9, "甲公司/工会")))
    assert counts(made) == {"renames": 1, "moves": 2, "unchanged": 12, "units_opened": 1}


def test_a_department_moves_as_a_whole(sheet):
    bring_in(sheet(*many(0, 9, "甲公司/一处/一班"), *many(9, 9, "甲公司/工会"), *many(18, 9, "乙公司/工会")))
    unit = Unit.objects.get(name="一处")
    made = bring_in(
        sheet(*many(0, 9, "乙公司/一处/一班"), *many(9, 9, "甲公司/工会"), *many(18, 9, "乙公司/工会")), on=JUNE
    )
    assert counts(made) == {"transfers": 1, "unchanged": 27}
    unit.refresh_from_db()
    assert unit.parent.name == "乙公司"
    assert Post.objects.filter(ended_on__isnull=False).count() == 0


def test_only_the_security_administrator_approves_exactly_what_was_shown(sheet):
    bring_in(sheet(*many(0, 50, "甲公司/一处")))
    security, system = officer("security"), officer("system")
    made = look(sheet(*many(0, 25, "甲公司/一处")))
    digest = made.preview["digest"]
    said = {"import_id": made.pk, "digest": digest, "reason": "人事处电话确认"}
    with pytest.raises(roster.RosterRefused):
        roster.apply_roster(actor=None, import_id=made.pk)
    with pytest.raises(NotYourOffice):
        roster.approve_roster(actor=system, **said)
    with pytest.raises(ReasonMissing):
        roster.approve_roster(actor=security, **said | {"reason": "  "})
    with pytest.raises(OtherPlan):
        roster.approve_roster(actor=security, **said | {"digest": "0" * 64})
    RosterImport.objects.filter(pk=made.pk).update(uploaded_by=security)
    with pytest.raises(OwnUpload):
        roster.approve_roster(actor=security, **said)
    RosterImport.objects.filter(pk=made.pk).update(uploaded_by=system)
    assert roster.approve_roster(actor=security, **said) == roster.approve_roster(actor=security, **said)
    assert roster.apply_roster(actor=None, import_id=made.pk, on=JUNE).state == "applied"
    assert Person.objects.filter(left_on=JUNE).count() == 25
    with pytest.raises(NotStopped):
        roster.approve_roster(actor=security, **said)
    assert AuditEvent.objects.filter(act="people.roster_approve").count() == 1


def test_an_approval_lapses_when_people_change(sheet):
    bring_in(sheet(*many(0, 50, "甲公司/一处")))
    made = look(sheet(*many(0, 25, "甲公司/一处")))
    roster.approve_roster(
        actor=officer("security"), import_id=made.pk, digest=made.preview["digest"], reason="人事处确认"
    )
    persons.leave(actor=None, person_id=Person.objects.get(staff_number="10049").pk)
    with pytest.raises(roster.PreviewOutdated):
        roster.apply_roster(actor=None, import_id=made.pk)


def test_a_subsidiary_lets_only_its_own_people_go(sheet):
    bring_in(sheet(*many(0, 60, "甲公司/一处"), *many(60, 60, "乙公司/一处"), *many(120, 60, "丙公司/一处")))
    made = look(sheet(*many(0, 59, "甲公司/一处"), *many(60, 1, "甲公司/一处"), *many(900, 2, "甲公司/二处")))
    assert made.preview["range"] == {"whole": False, "stated": False, "units": ["集团/甲公司"]}
    assert counts(made) == {"joins": 2, "leaves": 1, "unchanged": 59, "problems": 1, "units_opened": 1}
    assert made.preview["problems"][0]["code"] == "belongs_elsewhere"
    roster.apply_roster(actor=None, import_id=made.pk, on=JUNE)
    assert Person.objects.filter(status="left").count() == 1
    assert Post.objects.filter(unit__path__contains=[Unit.objects.get(name="乙公司").pk], ended_on=None).count() == 60


def test_a_stated_range_keeps_the_rest_out(sheet):
    bring_in(sheet(*many(0, 60, "甲公司/一处"), *many(60, 60, "甲公司/二处")))
    made = look(sheet(*many(0, 60, "甲公司/一处"), *many(60, 2, "甲公司/二处")), within="集团/甲公司/一处")
    assert (made.preview["range"]["stated"], counts(made)) == (True, {"unchanged": 60, "problems": 2})
    assert {one["code"] for one in made.preview["problems"]} == {"outside_range"}
    assert look(sheet(*many(0, 60, "甲公司/一处")), within="集团/没有").preview["refused"] == "no_such_range"


def test_undo_is_refused_when_it_would_lose_something(sheet):
    first = bring_in(sheet(*many(0, 60, "甲公司/一处")))
    with pytest.raises(NotApplied):
        roster.undo_roster(actor=None, import_id=look(sheet(*many(0, 60, "甲公司/一处"))).pk)
    second = bring_in(sheet(*many(0, 59, "甲公司/一处"), *many(59, 1, "甲公司/二处")), on=JUNE)
    with pytest.raises(roster.UndoBlocked):
        roster.undo_roster(actor=None, import_id=first.pk)
    moved = Person.objects.get(staff_number="10059")
    persons.correct_name(actor=None, person_id=moved.pk, name="王大伟")
    with pytest.raises(roster.UndoBlocked) as blocked:
        roster.undo_roster(actor=None, import_id=second.pk)
    assert str(blocked.value)
    persons.correct_name(actor=None, person_id=moved.pk, name="王伟")
    RosterImport.objects.filter(pk=second.pk).update(applied_at=clock.now() - timedelta(days=8))
    with pytest.raises(UndoTooLate):
        roster.undo_roster(actor=None, import_id=second.pk)


def test_undo_is_refused_when_somebody_who_came_has_an_account(sheet):
    made = bring_in(sheet(*many(0, 3, "甲公司/一处")))
    Account.objects.create(person=Person.objects.first())
    with pytest.raises(roster.UndoBlocked):
        roster.undo_roster(actor=None, import_id=made.pk)
    assert Person.objects.count() == 3


def test_undo_is_refused_when_a_phone_number_was_changed_since(sheet):
    bring_in(sheet(*many(0, 3, "甲公司/一处")))
    made = bring_in(sheet(*[line.replace("13800000001", "13800000002") for line in many(0, 3, "甲公司/一处")]), on=JUNE)
    PersonPrivate.objects.update(mobile="13800000003")
    with pytest.raises(roster.UndoBlocked):
        roster.undo_roster(actor=None, import_id=made.pk)


def test_undo_is_refused_when_a_unit_was_renamed_since(sheet):
    bring_in(sheet(*many(0, 3, "甲公司/一处")))
    made = bring_in(sheet(*many(0, 3, "甲公司/一处"), *many(3, 3, "甲公司/二处")), on=JUNE)
    tree.rename_unit(actor=None, unit_id=Unit.objects.get(name="二处").pk, name="三处")
    with pytest.raises(roster.UndoBlocked):
        roster.undo_roster(actor=None, import_id=made.pk)


def test_who_is_in_a_row_to_be_mended_does_not_leave(sheet):
    bring_in(sheet(*many(0, 60, "甲公司/一处"), "20001,李红,集团/甲公司/一处,工人,,在岗"))
    made = look(sheet(*many(0, 60, "甲公司/一处"), ",李红,集团/甲公司/一处,工人,,在岗"))
    assert counts(made) == {"unchanged": 60, "problems": 1, "kept": 1}


def test_details_are_kept_for_pages_without_phone_numbers(sheet):
    bring_in(sheet(*many(0, 60, "甲公司/一处")))
    made = look(sheet(*many(0, 59, "甲公司/一处"), *many(60, 1, "甲公司/二处")))
    assert list(RosterChange.objects.filter(roster_id=made.pk).order_by("action").values_list(
        "action", "number", "unit", "was", "company"
    )) == [
        ("join", "10060", "集团/甲公司/二处", "", "甲公司"),
        ("leave", "10059", "", "集团/甲公司/一处", "甲公司"),
    ]  # fmt: skip
    assert "13800000001" not in str(list(RosterChange.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_applies_and_takes_up_again_what_another_left(sheet):
    made = roster.upload_roster(actor=None, file_path=sheet(*many(0, 3, "甲公司/一处")), original_name="名册.csv")
    assert take_up_again() == 1  # nobody works on it
    work_on(made.pk)
    work_on(made.pk)
    assert RosterImport.objects.get().state == "previewed"
    assert start_apply(actor=None, import_id=made.pk).state == "applying"
    work_on(made.pk)
    work_on(made.pk)
    assert (RosterImport.objects.get().state, Person.objects.count()) == ("applied", 3)
    assert take_up_again() == 0


@pytest.mark.django_db(transaction=True)
def test_cancelled_work_leaves_everything_as_it_was(sheet):
    made = roster.upload_roster(actor=None, file_path=sheet(*many(0, 3, "甲公司/一处")), original_name="名册.csv")
    with working_on(made.pk) as tick:
        tick("survey", 0)
        assert progress.is_worked_on(made.pk)
        progress.ask_to_stop(made.pk)
        with pytest.raises(Cancelled):
            tick("read", 1)
        with pytest.raises(progress.Busy), working_on(made.pk):
            pass
    work_on(made.pk)
    roster.ask_again(actor=None, import_id=made.pk)
    work_on(made.pk)
    start_apply(actor=None, import_id=made.pk)
    cancel_work(actor=None, import_id=made.pk)
    assert (RosterImport.objects.get().state, Person.objects.count()) == ("previewed", 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_rosterprogress")
        assert cursor.fetchone() == (0,)
