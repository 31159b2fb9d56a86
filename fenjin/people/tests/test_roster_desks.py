"""The pages of a roster: what a dry run shows, its files, the decision over a stopped one, and what is left of it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from fenjin.people.desk import roster_upload
from fenjin.people.models import RosterImport
from fenjin.people.services import roster
from fenjin.people.testing import make_administrator, sign_in
from fenjin.people.tests.test_roster_decisions import many

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world, client, tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    path = tmp_path / "roster.csv"

    def write(*lines):
        path.write_text("\n".join(["工号,姓名,部门路径,岗位,手机,状态", *lines]), encoding="utf-8")
        return path

    made = roster.preview_roster(
        actor=None, file_path=write(*many(0, 60, "甲公司/一处"), "19999,王芳,集团/甲公司/一处,工人,,在岗"),
        original_name="五月.csv",
    )  # fmt: skip
    roster.apply_roster(actor=None, import_id=made.pk, on=date(2026, 5, 1))
    second = roster.preview_roster(
        actor=None,
        file_path=write(
            *many(0, 40, "新甲公司/一处"),
            *many(70, 3, "新甲公司/二处"),
            "20000,王芳,集团/新甲公司/二处,-工人,,在岗",
            ",李红,集团/新甲公司,工人,,在岗",
        ),
        original_name="六月.csv",
    )
    sign_in(client, make_administrator("system"))
    return second


@pytest.mark.parametrize("listed", ["units", "joins", "leaves", "moves", "changes", "dual", "problems", "nonsense"])
def test_import_page_shows_one_list_at_a_time(desk, client, listed):
    page = client.get(f"/studio/roster/{desk.pk}/?list={listed}&q=")
    assert page.status_code == 200
    assert desk.original_name in page.content.decode()


def test_import_page_finds_people_and_says_why_units_are_the_same(desk, client):
    assert "10070" in client.get(f"/studio/roster/{desk.pk}/?list=joins&q=10070").content.decode()
    assert "10071" not in client.get(f"/studio/roster/{desk.pk}/?list=joins&q=10070").content.decode()
    assert "集团/新甲公司" in client.get(f"/studio/roster/{desk.pk}/?list=units").content.decode()


@pytest.mark.parametrize(("form", "listed"), [("csv", ""), ("csv", "problems"), ("xlsx", "leaves"), ("xlsx", "")])
def test_import_file_gives_the_lists_without_formulas(desk, client, form, listed):
    answer = client.get(f"/studio/roster/{desk.pk}/changes.{form}?list={listed}")
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, content[:2] == b"PK") == (200, form == "xlsx")
    if form == "csv" and not listed:
        assert "'-工人" in content.decode()
        assert b"13800000001" not in content
    assert client.get(f"/studio/roster/{desk.pk}/changes.{form}?list=other").status_code == 404


def test_import_progress_follows_the_work_without_a_script(desk, client):
    RosterImport.objects.filter(pk=desk.pk).update(state="reading")
    page = client.get(f"/studio/roster/{desk.pk}/")
    assert (page.status_code, page["Refresh"]) == (200, "2")
    assert "<progress" in page.content.decode()
    client.post(f"/studio/roster/{desk.pk}/cancel/")
    assert RosterImport.objects.get(pk=desk.pk).state == "cancelled"
    assert client.get(f"/studio/roster/{desk.pk}/").status_code == 200
    client.post(f"/studio/roster/{desk.pk}/again/")
    assert RosterImport.objects.get(pk=desk.pk).state == "stopped"


def test_stopped_import_is_approved_by_security_and_applied_by_system(desk, client):
    assert client.get("/studio/roster/stopped/").status_code in (302, 403, 404)
    client.post(f"/studio/roster/{desk.pk}/apply/")
    assert RosterImport.objects.get(pk=desk.pk).state == "stopped"
    security = make_administrator("security")
    sign_in(client, security)
    assert "六月.csv" in client.get("/studio/roster/stopped/").content.decode()
    assert "10059" in client.get(f"/studio/roster/stopped/{desk.pk}/").content.decode()
    client.post(
        f"/studio/roster/stopped/{desk.pk}/approve/", {"digest": desk.preview["digest"], "reason": "人事处确认"}
    )
    assert client.get(f"/studio/roster/stopped/{desk.pk}/").status_code == 200
    sign_in(client, make_administrator("system"))
    client.post(f"/studio/roster/{desk.pk}/apply/")
    assert RosterImport.objects.get(pk=desk.pk).state == "applied"
    assert client.get(f"/studio/roster/{desk.pk}/").status_code == 200
    client.post(f"/studio/roster/{desk.pk}/undo/")
    assert RosterImport.objects.get(pk=desk.pk).state == "undone"
    assert client.get(f"/studio/roster/{desk.pk}/").status_code == 200


def test_import_upload_leaves_no_plain_file_behind_when_it_is_killed(desk, client, tmp_path, monkeypatch):
    seen = {}

    def look(_request, path, name):
        seen["content"], seen["files"] = path.read_bytes(), {file.name for file in tmp_path.iterdir()}
        return HttpResponse()

    monkeypatch.setattr(roster_upload, "_take_in", look)
    before = {file.name for file in tmp_path.iterdir()}
    client.post("/studio/roster/upload/", {"file": SimpleUploadedFile("七月.csv", "工号,姓名".encode())})
    assert seen == {"content": "工号,姓名".encode(), "files": before}


class TestAfterSevenDays:
    """The job has deleted what is old; the pages say so and offer nothing that can no longer be done."""

    @pytest.fixture
    def gone(self, desk, later):
        later(days=8)
        roster.delete_old_uploads()
        return RosterImport.objects.get(pk=desk.pk)

    def test_a_dry_run_is_no_longer_offered_for_applying(self, gone, client):
        gone.state = "previewed"
        gone.save()
        sign_in(client, make_administrator("system"))
        page = client.get(f"/studio/roster/{gone.pk}/?list=joins").content.decode()
        assert "已删除" in page
        assert f"/studio/roster/{gone.pk}/apply/" not in page
        assert 'name="within"' not in page
        assert "人员名单满七天已删除" in page

    def test_a_stopped_one_waits_for_nobody(self, gone, client):
        security = make_administrator("security")
        sign_in(client, security)
        assert gone.original_name not in client.get("/studio/roster/stopped/").content.decode()
        page = client.get(f"/studio/roster/stopped/{gone.pk}/").content.decode()
        assert "/approve/" not in page
        with pytest.raises(roster.UploadGone):
            roster.approve_roster(actor=security, import_id=gone.pk, digest=gone.preview["digest"], reason="人事处确认")

    def test_a_cancelled_one_is_not_offered_for_reading(self, gone, client):
        gone.state = "cancelled"
        gone.save()
        sign_in(client, make_administrator("system"))
        page = client.get(f"/studio/roster/{gone.pk}/").content.decode()
        assert "/again/" not in page

    def test_an_applied_one_is_no_longer_offered_for_undo(self, gone, client):
        applied = RosterImport.objects.get(state="applied")
        sign_in(client, make_administrator("system"))
        page = client.get(f"/studio/roster/{applied.pk}/").content.decode()
        assert "/undo/" not in page
        assert "撤销" in page
