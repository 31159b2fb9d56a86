"""The desks of the privacy notice and of retention: written, looked at, published or saved; by whom."""

import pytest

from fenjin.people.models import PrivacyNotice, RetentionSetting
from fenjin.people.selectors import notices
from fenjin.people.testing import make_account, sign_in


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
