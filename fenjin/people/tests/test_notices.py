"""The privacy notice: versions, who has read which, and the gate that nobody goes around."""

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.people.access import NotYourOffice
from fenjin.people.models import NoticeReading, PrivacyNotice
from fenjin.people.selectors import notices
from fenjin.people.services import notices as writes
from fenjin.people.testing import publish_notice, sign_in

TEXT = {key: f"{key} 说明" for key in PrivacyNotice.Section.values}
ENGLISH = {key: f"{key} text" for key in PrivacyNotice.Section.values}


def draft(system, **changes):
    return writes.save_notice_draft(
        actor=system,
        chinese=TEXT | changes,
        english=ENGLISH,
        change="多了一项用途",
        change_en="One more use",
    )


def test_every_installation_begins_with_a_whole_notice(db):
    first = notices.notice_numbered(1)
    assert notices.current_number() == 1
    for language in ("zh-hans", "en"):
        assert [part.key for part in notices.parts_of(first, language)] == PrivacyNotice.Section.values


def test_a_draft_is_in_force_only_once_it_is_published(system):
    made = draft(system)
    assert notices.current_number() == 1
    assert made.number is None
    published = writes.publish_notice(actor=system, draft_id=made.pk, seen=writes.stamp_of(made))
    notices.forget_number()
    assert (published.number, notices.current_number()) == (2, 2)
    assert [notice.number for notice in notices.published_notices()] == [2, 1]
    assert notices.notice_numbered(1).chinese["purpose"] != TEXT["purpose"]
    acts = AuditEvent.objects.filter(target_kind="notice", target_id=made.pk).order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["people.notice_draft", "people.notice_publish"]


def test_a_draft_changed_meanwhile_is_not_published(system, later):
    seen = writes.stamp_of(draft(system))
    later(seconds=5)
    changed = draft(system, contact="另一个电话")
    with pytest.raises(writes.DraftChanged):
        writes.publish_notice(actor=system, draft_id=changed.pk, seen=seen)
    assert PrivacyNotice.objects.filter(number__isnull=True).count() == 1


def test_a_notice_without_a_section_in_either_language_is_not_published(system):
    made = draft(system, retention=" ")
    with pytest.raises(writes.NoticeIncomplete):
        writes.publish_notice(actor=system, draft_id=made.pk, seen=writes.stamp_of(made))
    assert notices.current_number() == 1


def test_only_the_system_administrator_writes_it(security):
    with pytest.raises(NotYourOffice):
        draft(security)


def test_the_difference_names_what_came_and_what_went(system):
    old = notices.notice_numbered(1)
    new = publish_notice(contact="联系人：王芳，电话 8000")
    changes = notices.difference(old, new, "zh-hans")
    assert [str(part.title) for part in changes] == ["有问题找谁"]
    assert [piece.kind for piece in changes[0].pieces] == ["removed", "added"]


def test_reading_is_recorded_with_version_time_and_language(client, account):
    sign_in(client, account)
    publish_notice()
    client.post("/privacy/", {"version": "2", "lang": "en", "next": "/news/"})
    row = NoticeReading.objects.get(account=account, number=2)
    assert row.language == "en"
    account.refresh_from_db()
    assert account.privacy_notice_version == 2


def test_reading_twice_is_one_record(client, account):
    sign_in(client, account)
    publish_notice()
    for _press in range(2):
        client.post("/privacy/", {"version": "2"})
    assert NoticeReading.objects.filter(account=account).count() == 1


@pytest.mark.parametrize("address", ["/", "/news/", "/inbox/", "/me/", "/me/devices/", "/search/?q=a"])
def test_no_page_goes_around_a_raised_notice(client, account, address):
    sign_in(client, account)
    assert client.get(address).status_code == 200
    publish_notice()
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/privacy/?next=%2F")
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"].startswith("/privacy/")


def test_nothing_is_written_around_a_raised_notice(client, account):
    sign_in(client, account)
    publish_notice()
    answer = client.post("/me/look/", {"scale": "3"})
    assert answer.status_code == 403
    account.refresh_from_db()
    assert account.scale == 1


def test_an_old_version_cannot_be_accepted_in_place_of_the_new_one(client, account):
    sign_in(client, account)
    publish_notice()
    for sent in ("1", "", "x", "999999999999"):
        assert client.post("/privacy/", {"version": sent}).status_code == 422
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("address", ["/privacy/", "/complaints/", "/me/data/", "/me/data/consents/"])
def test_ones_own_data_and_the_complaint_door_need_no_agreement(client, account, address):
    sign_in(client, account)
    publish_notice()
    assert client.get(address).status_code == 200


def test_operators_have_no_notice_before_their_desks(client, system):
    sign_in(client, system)
    publish_notice()
    assert client.get("/studio/people/").status_code == 200


def test_the_notice_says_what_is_new_and_leads_to_the_differences(client, account):
    NoticeReading.objects.create(account=account, number=1, at=account.created_at, language="zh-hans")
    sign_in(client, account)
    publish_notice(contact="电话 8000")
    page = client.get("/privacy/").content.decode()
    assert "一处更新" in page
    assert "/privacy/2/changes/?since=1" in page
    changes = client.get("/privacy/2/changes/?since=1").content.decode()
    assert "<ins>" in changes
    assert "电话 8000" in changes


def test_older_versions_stay_readable_for_everybody(client, db):
    publish_notice()
    assert client.get("/privacy/1/").status_code == 200
    assert client.get("/privacy/2/").status_code == 200
    assert client.get("/privacy/3/").status_code == 404
    assert client.get("/privacy/1/changes/").status_code == 404
    assert client.get("/privacy/2/changes/?since=9").status_code == 404


def test_a_draft_is_shown_to_nobody(client, system):
    draft(system, contact="还没有公布")
    for address in ("/privacy/", "/privacy/0/", "/privacy/2/"):
        assert "还没有公布" not in client.get(address).content.decode()


@pytest.mark.parametrize(("language", "heading"), [("en", "Whom to ask"), ("zh-hans", "有问题找谁")])
def test_the_notice_is_read_in_either_language(client, db, language, heading):
    answer = client.get("/privacy/", {"lang": language}, headers={"Accept-Language": "fr"})
    assert heading in answer.content.decode()
    assert answer.headers["Content-Language"] == language
