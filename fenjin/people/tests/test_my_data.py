"""What is stored, who looked, corrections, copies, erasing and retention: the promises of the notice."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, TooMany
from fenjin.people import register
from fenjin.people.exports import store
from fenjin.people.models import (
    Consent,
    Correction,
    DataExport,
    Erasure,
    PersonPrivate,
    RetentionSetting,
    RosterImport,
    Session,
)
from fenjin.people.selectors.consents import may_use, who_allows
from fenjin.people.selectors.corrections import own_corrections
from fenjin.people.selectors.looks import looks_at
from fenjin.people.selectors.personal import fates_of, own_data
from fenjin.people.selectors.retention import days_kept, outlook
from fenjin.people.services import claim_account, consents, corrections, erasure, exports, issue_claim_code, retention
from fenjin.people.services.looks import note_look
from fenjin.people.testing import PASSWORD, make_account, make_person, sign_in


@pytest.fixture
def contact(zhang):
    return PersonPrivate.objects.create(person=zhang, mobile="13900001234", email="zhang@example.com")


def acts(name):
    return AuditEvent.objects.filter(act=name)


# ---- consents ---------------------------------------------------------------------------------------


def test_nothing_may_be_used_before_it_was_allowed(account, contact):
    assert not any(may_use(account.person_id, purpose) for purpose in Consent.Purpose.values)


def test_each_use_is_allowed_and_withdrawn_by_itself(account, contact):
    consents.give_consent(account=account, purpose="email_help")
    assert may_use(account.person_id, "email_help")
    assert not may_use(account.person_id, "email_notices")
    assert who_allows({account.person_id, 0}, "email_help") == {account.person_id}
    consents.withdraw_consent(account=account, purpose="email_help")
    assert not may_use(account.person_id, "email_help")
    row = Consent.objects.get(person=account.person_id)
    assert row.withdrawn_at is not None
    assert row.notice_number == 1


def test_pressing_twice_is_one_consent_and_one_record(account):
    for _press in range(2):
        consents.give_consent(account=account, purpose="mobile_help")
    for _press in range(2):
        consents.withdraw_consent(account=account, purpose="mobile_help")
    assert Consent.objects.count() == 1
    assert (acts("people.consent_give").count(), acts("people.consent_withdraw").count()) == (1, 1)


# ---- what is stored, who looked -----------------------------------------------------------------------


def test_every_room_says_what_it_keeps(account, contact):
    keys = {sheet.key for sheet in own_data(account.person_id).sheets}
    rooms = {"person", "contact", "posts", "account", "devices", "roles", "messages", "articles", "pictures"}
    assert rooms | {"searches", "complaints", "looks", "acts", "consents"} <= keys
    sheets = own_data(account.person_id).sheets
    assert len(keys) == len(sheets)
    assert all(str(sheet.source) and str(sheet.until) for sheet in sheets)
    assert all(len(row) == len(sheet.columns) for sheet in sheets for row in sheet.rows)


def test_every_column_of_a_person_is_shown_or_named_here(account, contact):
    told = {str(label) for sheet in own_data(account.person_id).single for label, _value in sheet.fields}
    assert {"张伟", "00001234"} <= {value for sheet in own_data(account.person_id).single for _l, value in sheet.fields}
    assert {"13900001234", "zhang@example.com"} <= {v for s in own_data(account.person_id).single for _l, v in s.fields}
    hidden = {"id", "uid", "numbering", "name_key", "created_at", "account", "private"}
    fields = {field.name for field in account.person._meta.concrete_fields} - hidden
    assert fields == {"staff_number", "name", "status", "zone", "started_on", "left_on"}
    assert len(told) >= len(fields)


def test_a_look_is_shown_by_office_once_an_hour(account, security, later):
    for _look in range(3):
        note_look(actor=security, person_id=account.person_id, office="security")
    later(hours=2)
    note_look(actor=security, person_id=account.person_id, office="security")
    looks = [look for look in looks_at(account.person_id, account.pk) if look.look]
    assert [str(look.who) for look in looks] == ["安全管理员"] * 2
    assert security.operator_name not in str(looks)


def test_opening_the_page_of_a_person_is_a_look(client, account, security):
    sign_in(client, security)
    client.get(f"/studio/people/{account.person_id}/")
    assert acts("people.person_look").get().target_id == account.person_id


# ---- corrections --------------------------------------------------------------------------------------


def ask(account, wanted="13911112222", key="k1", field="mobile"):
    return corrections.ask_correction(account=account, field=field, wanted=wanted, client_key=key)


def test_a_correction_is_asked_once_and_answered_once(account, contact, system):
    first = ask(account)
    assert ask(account).pk == first.pk
    assert first.stood == "13900001234"
    with pytest.raises(corrections.ReasonMissing):
        corrections.decide_correction(actor=system, correction_id=first.pk, done=True, answer=" ")
    corrections.decide_correction(actor=system, correction_id=first.pk, done=True, answer="已请人事改正")
    with pytest.raises(corrections.AlreadyDecided):
        corrections.decide_correction(actor=system, correction_id=first.pk, done=False, answer="不改")
    (seen,) = own_corrections(account.person_id)
    assert (seen.row.state, seen.row.answer, seen.still_old) == ("done", "已请人事改正", False)


def test_what_stands_there_already_is_not_asked_for(account, contact):
    with pytest.raises(corrections.AlreadyRight):
        ask(account, "13900001234")
    assert not Correction._base_manager.exists()


def test_a_roster_that_brings_the_old_value_again_is_named(account, contact, system, later):
    asked = ask(account)
    corrections.decide_correction(actor=system, correction_id=asked.pk, done=True, answer="已改")
    later(days=1)
    RosterImport.objects.create(
        numbering=account.person.numbering,
        state="applied",
        original_name="r.xlsx",
        file_sha256="0" * 64,
        uploaded_at=clock.now(),
        applied_at=clock.now(),
    )
    (seen,) = own_corrections(account.person_id)
    assert seen.still_old
    PersonPrivate.objects.filter(person=account.person_id).update(mobile="13911112222")
    (seen,) = own_corrections(account.person_id)
    assert (seen.still_old, seen.fits) == (False, True)


# ---- a copy of one's own data -------------------------------------------------------------------------


def copy_of(account):
    wish = exports.ask_for_export(account=account, language="zh-hans")
    exports.pack_export(export_id=wish.pk)
    wish.refresh_from_db()
    return wish


def test_a_copy_whose_job_was_lost_is_packed_later_or_given_up(account, contact, later):
    wish = exports.ask_for_export(account=account, language="zh-hans")
    assert exports.take_up_lost_exports() == 0  # its own job may still be coming
    later(minutes=11)
    assert exports.take_up_lost_exports() == 1
    wish.refresh_from_db()
    assert wish.state == "ready"
    DataExport.objects.filter(pk=wish.pk).update(state="waiting")
    later(hours=3)
    assert exports.take_up_lost_exports() == 1
    wish.refresh_from_db()
    assert wish.state == "failed"
    assert exports.ask_for_export(account=account, language="zh-hans").pk != wish.pk
    assert exports.take_up_lost_exports() == 0


def test_a_copy_holds_every_sheet_in_three_forms(account, contact):
    wish = copy_of(account)
    archive = zipfile.ZipFile(io.BytesIO(exports.fetch_export(account=account, export_id=wish.pk)))
    keys = {sheet.key for sheet in own_data(account.person_id).sheets}
    data = json.loads(archive.read("data.json"))
    assert set(data["data"]) == keys
    assert {name.removeprefix("tables/").removesuffix(".csv") for name in archive.namelist()[2:]} == keys
    assert "张伟" in archive.read("data.html").decode()
    assert "13900001234" in archive.read("tables/contact.csv").decode()


def test_no_cell_of_the_copy_becomes_a_formula(account, contact):
    type(account.person).objects.filter(pk=account.person_id).update(name="=HYPERLINK(1)")
    PersonPrivate.objects.update(mobile="+8613900001234", email="@zhang")
    wish = copy_of(account)
    archive = zipfile.ZipFile(io.BytesIO(exports.fetch_export(account=account, export_id=wish.pk)))
    cells = [
        cell
        for name in archive.namelist()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
        for cell in row
    ]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_copy_lies_encrypted_and_goes_after_a_week(account, contact, later):
    wish = copy_of(account)
    raw = (store._folder() / wish.stored_name).read_bytes()
    assert b"PK" not in raw[:4]
    assert b"zhang@example.com" not in raw
    later(days=6)
    assert exports.drop_old_exports() == 0
    later(days=8)
    with pytest.raises(exports.NotReady):
        exports.fetch_export(account=account, export_id=wish.pk)
    assert exports.drop_old_exports() == 1
    assert store.read(wish.stored_name) is None


def test_nobody_fetches_somebody_elses_copy(account):
    wish = copy_of(account)
    with pytest.raises(NotFound):
        exports.fetch_export(account=make_account(), export_id=wish.pk)


def test_one_copy_is_packed_at_a_time_and_five_a_day(account):
    first = exports.ask_for_export(account=account, language="en")
    assert exports.ask_for_export(account=account, language="en").pk == first.pk
    for _more in range(4):
        DataExport.objects.update(state="ready")
        exports.ask_for_export(account=account, language="en")
    DataExport.objects.update(state="ready")
    with pytest.raises(TooMany):
        exports.ask_for_export(account=account, language="en")


def test_the_password_is_asked_again_before_the_download(client, account, later):
    wish = copy_of(account)
    row = sign_in(client, account)
    Session.objects.filter(pk=row.pk).update(identified_at=clock.now() - timedelta(hours=1), strong_at=None)
    answer = client.get(f"/me/data/copies/{wish.pk}/")
    assert answer["Location"].startswith("/confirm-identity/?next=")
    assert not DataExport.objects.get(pk=wish.pk).fetched_at
    client.post("/confirm-identity/", {"password": PASSWORD, "next": f"/me/data/copies/{wish.pk}/"})
    answer = client.get(f"/me/data/copies/{wish.pk}/")
    assert answer["Content-Type"] == "application/zip"
    assert acts("people.export_fetch").count() == 1


# ---- erasing ------------------------------------------------------------------------------------------


def test_an_erasure_waits_a_week_and_can_be_taken_back(account, contact, later):
    wish = erasure.ask_erasure(account=account, kind="optional")
    assert erasure.ask_erasure(account=account, kind="optional").pk == wish.pk
    later(days=6)
    assert erasure.carry_out_erasures() == 0
    erasure.take_erasure_back(account=account, erasure_id=wish.pk)
    later(days=30)
    assert erasure.carry_out_erasures() == 0
    contact.refresh_from_db()
    assert contact.mobile == "13900001234"
    with pytest.raises(erasure.NothingToTakeBack):
        erasure.take_erasure_back(account=account, erasure_id=wish.pk)


def test_erasing_contact_ends_the_consents_with_it(account, contact, later):
    consents.give_consent(account=account, purpose="email_help")
    erasure.ask_erasure(account=account, kind="optional")
    later(days=8)
    assert erasure.carry_out_erasures() == 1
    assert erasure.carry_out_erasures() == 0
    contact.refresh_from_db()
    assert (contact.mobile, contact.email, contact.withheld) == ("", "", True)
    assert not may_use(account.person_id, "email_help")
    assert Erasure.objects.get().result == {"contact": 1, "consents_ended": 1}


def test_allowing_a_use_again_lets_rosters_bring_the_field_again(account, contact):
    PersonPrivate.objects.update(withheld=True)
    consents.give_consent(account=account, purpose="mobile_help")
    contact.refresh_from_db()
    assert not contact.withheld


def test_closing_the_account_does_what_it_said_and_leaves_employment(client, account, contact, security, later):
    sign_in(client, account)
    told = {str(fate.what): fate.goes for fate in fates_of(account.person_id)}
    assert set(told.values()) == {True, False}
    erasure.ask_erasure(account=account, kind="account")
    later(days=8)
    assert erasure.carry_out_erasures() == 1
    account.refresh_from_db()
    person = account.person
    assert not account.has_usable_password()
    assert client.get("/me/")["Location"].startswith("/sign-in/")
    assert (person.name, person.status) == ("张伟", "on_duty")
    assert person.posts.count() == 1
    code = issue_claim_code(actor=security, person=person)
    assert claim_account(code_id=code.row.pk, password="a long river at dusk 4", notice_version=1).pk == account.pk


# ---- retention ----------------------------------------------------------------------------------------


def leaver(days_ago, number):
    person = make_person("李娜", number=number, status="left", left_on=(clock.now() - timedelta(days=days_ago)).date())
    return PersonPrivate.objects.create(person=person, mobile="13900005678")


def test_what_is_not_due_stays(account, world):
    due, young = leaver(200, "L1"), leaver(20, "L2")
    here = PersonPrivate.objects.create(person=account.person, mobile="13900009999")
    old = Session.objects.create(
        key_hash="o" * 64, last_seen_at=clock.now(), expires_at=clock.now() - timedelta(days=400)
    )
    fresh = Session.objects.create(
        key_hash="f" * 64, last_seen_at=clock.now(), expires_at=clock.now() - timedelta(days=170)
    )
    gone = retention.apply_retention()
    assert (gone["people.leavers"], gone["people.sessions"]) == (1, 1)
    for row in (due, young, here):
        row.refresh_from_db()
    assert (due.mobile, young.mobile, here.mobile) == ("", "13900005678", "13900009999")
    assert not Session.objects.filter(pk=old.pk).exists()
    assert Session.objects.filter(pk=fresh.pk).exists()
    rows = {row.details["kind"]: row.details["gone"] for row in acts("people.retention_run")}
    assert rows == gone


def test_the_preview_counts_what_the_night_will_take(world, system):
    leaver(200, "L1")
    leaver(20, "L2")
    before = {line.kind.key: line for line in outlook({"people.leavers": 10})}
    assert (before["people.leavers"].count, before["people.leavers"].changed) == (2, True)
    assert before["people.leavers"].oldest.date() == (clock.now() - timedelta(days=200)).date()
    assert before["people.sessions"].changed is False
    retention.set_retention(actor=system, days={"people.leavers": 10})
    assert retention.apply_retention()["people.leavers"] == 2


@pytest.mark.parametrize("days", [0, 179, 100_000])
def test_no_time_goes_below_the_law_or_beyond_the_promise(system, days):
    with pytest.raises(retention.OutOfBounds):
        retention.set_retention(actor=system, days={"people.sessions": days})
    assert days_kept("people.sessions") == 180
    assert not RetentionSetting.objects.exists()


def test_a_time_written_past_the_service_still_keeps_the_law(world):
    RetentionSetting.objects.create(kind="people.sessions", days=1, set_at=clock.now())
    assert days_kept("people.sessions") == 180


def test_every_kind_that_ends_can_be_counted_and_run(world):
    assert {kind.key for kind in register.retentions()} >= {"people.sessions", "people.leavers", "shell.complaints"}
    assert all(line.count == 0 for line in outlook({}))
    assert set(retention.apply_retention().values()) == {0}
