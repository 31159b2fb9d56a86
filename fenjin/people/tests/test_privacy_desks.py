"""The desks of the privacy notice and of retention: written, looked at, published or saved; by whom."""

from datetime import timedelta

import pytest

from fenjin.kit import clock
from fenjin.people.models import (
    ClaimCode,
    DataExport,
    KeptForm,
    PersonPrivate,
    PrivacyNotice,
    RetentionSetting,
    Session,
)
from fenjin.people.selectors import notices
from fenjin.people.services.retention import apply_retention
from fenjin.people.testing import make_account, make_person, sign_in


def texts(**changes):
    keys = PrivacyNotice.Section.values
    fields = {f"{language}_{key}": f"{language} {key}" for language in ("zh", "en") for key in keys}
    return fields | {"change": "多了一项", "change_en": "One more"} | changes


def test_a_notice_is_written_looked_at_and_published(client, system):
    sign_in(client, system)
    assert client.post("/studio/privacy/write/", texts())["Location"] == "/studio/privacy/preview/"
    page = client.get("/studio/privacy/preview/")
    assert "zh purpose" in page.text
    assert "en contact" in page.text
    sent = {"draft": page.context["draft"].pk, "seen": page.context["seen"]}
    assert client.post("/studio/privacy/publish/", sent)["Location"] == "/studio/privacy/"
    notices.forget_number()
    assert notices.current_number() == 2
    assert "多了一项" in client.get("/studio/privacy/").text


def test_a_missing_section_keeps_what_was_typed(client, system):
    sign_in(client, system)
    page = client.post("/studio/privacy/write/", texts(zh_contact=""))
    assert page.status_code == 422
    assert "zh purpose" in page.text
    assert notices.draft_notice() is None


def test_looking_at_a_new_time_saves_nothing(client, security):
    sign_in(client, security)
    page = client.get("/studio/retention/")
    days = {bound.html_name: bound.value() for _line, bound in page.context["lines"]}
    looked = client.get("/studio/retention/", days | {"people-leavers": 30})
    assert [line.days for line in looked.context["changed"]] == [30]
    assert not RetentionSetting.objects.exists()
    client.post("/studio/retention/set/", days | {"people-leavers": 30})
    assert RetentionSetting.objects.get().days == 30


def old_rows(account, days_ago):
    """Leave one row of each kind of people that ended so many days ago."""
    at = clock.now() - timedelta(days=days_ago)
    key = f"{days_ago}".rjust(64, "k")
    session = Session.objects.create(account=account, key_hash=key, last_seen_at=at, expires_at=at)
    KeptForm.objects.create(session=session, path="/studio/", kept_at=at)
    ClaimCode.objects.create(
        person=account.person, code_hash=key, made_at=at, expires_at=at, made_by=account, used_at=at
    )
    DataExport.objects.create(account=account, asked_at=at, state=DataExport.State.READY)
    leaver = make_person("李娜", number=f"L{days_ago}", status="left", left_on=at.date())
    PersonPrivate.objects.create(person=leaver, mobile="13900005678")


def test_what_the_preview_counts_is_what_the_night_takes(client, security, account):
    """Rows on both sides of each time; the desk's numbers, those of the run and those in the log are the same."""
    wanted = {"people-sessions": 200, "people-codes": 200, "people-leavers": 200, "people-requests": 1200}
    for days in (150, 199, 201, 400, 1199, 1201):
        old_rows(account, days)
    sign_in(client, security)
    page = client.get("/studio/retention/")
    days = {bound.html_name: bound.value() for _line, bound in page.context["lines"]} | wanted
    looked = {line.kind.key: line.count for line, _bound in client.get("/studio/retention/", days).context["lines"]}
    assert [looked[key.replace("-", ".")] for key in wanted] == [4, 4, 4, 1]
    client.post("/studio/retention/set/", days)
    assert apply_retention() == looked
    shown = {line.kind.key: line.count for line, _bound in client.get("/studio/retention/").context["lines"]}
    assert set(shown.values()) == {0}
    runs = client.get("/studio/retention/").context["runs"]
    assert {run.event.details["kind"]: run.event.details["gone"] for run, _name in runs} == looked


def test_a_time_below_the_law_is_told_beside_its_field(client, system):
    sign_in(client, system)
    page = client.get("/studio/retention/")
    days = {bound.html_name: bound.value() for _line, bound in page.context["lines"]}
    looked = client.get("/studio/retention/", days | {"people-sessions": 20})
    assert looked.status_code == 422
    assert "180" in looked.text


@pytest.mark.parametrize("address", ["/studio/privacy/", "/studio/privacy/write/", "/studio/retention/"])
def test_employees_find_no_such_desk(client, world, address):
    sign_in(client, make_account())
    assert client.get(address).status_code == 404
