"""The complaint door: kept once, read by its sender and the security administrator, answered once."""

from datetime import timedelta

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, TooMany
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import NOTHING, Reason, every_space, use_scope
from fenjin.kit.wording import due_time
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in
from fenjin.shell import selectors, services
from fenjin.shell.models import Complaint
from fenjin.shell.testing import make_complaint

pytestmark = pytest.mark.django_db
FORM = {"category": "safety", "text": "东门的路灯坏了三天，夜班很黑。", "client_key": "key-of-this-phone"}


@pytest.fixture
def person():
    return make_person("王海宁", unit=make_unit("检修一班"))


@pytest.fixture
def employee(client, person):
    sign_in(client, make_account(person))
    return client


def kept():
    with every_space(Reason.TEST):
        return list(Complaint.objects.order_by("pk"))


def test_a_complaint_is_sent_and_gets_a_number(employee, person):
    answer = employee.post("/complaints/", {**FORM, "may_contact": "on"})
    [complaint] = kept()
    assert answer.headers["Location"] == f"/complaints/{complaint.pk}/"
    page = employee.get(answer.headers["Location"]).content.decode()
    assert complaint.number in page
    assert "东门的路灯坏了三天" in page
    assert (complaint.person_id, complaint.may_contact, complaint.state) == (person.pk, True, "open")


def test_the_home_page_tells_of_an_answer_until_its_sender_has_looked(employee, person):
    complaint = make_complaint(person)

    def home() -> str:
        return employee.get("/").content.decode()

    assert "有了答复" not in home()
    with every_space(Reason.TEST):
        services.answer_complaint(actor=make_administrator("security"), complaint_id=complaint.pk, answer="周五修好。")
    forget_all()
    address = f"/complaints/{complaint.pk}/"
    assert "有了答复" in home()
    assert address in home()
    employee.get("/complaints/")
    employee.get(address, headers={"Sec-Purpose": "prefetch"})
    forget_all()
    assert "有了答复" in home()
    employee.get(address)
    forget_all()
    assert "有了答复" not in home()


def test_nobody_else_is_told_and_after_two_weeks_it_is_quiet(client, person):
    complaint = make_complaint(person)
    with every_space(Reason.TEST):
        services.answer_complaint(actor=make_administrator("security"), complaint_id=complaint.pk, answer="周五修好。")
    forget_all()
    assert [row.pk for row in selectors.list_answered(person.pk)] == [complaint.pk]
    assert selectors.list_answered(make_person("别人").pk) == []
    forget_all()
    with clock.pretend(clock.now() + timedelta(days=15)):
        assert selectors.list_answered(person.pk) == []


def test_sent_twice_it_is_kept_once(employee):
    first, second = employee.post("/complaints/", FORM), employee.post("/complaints/", FORM)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(kept()) == 1


def test_an_empty_text_keeps_what_was_chosen_and_says_why(employee):
    answer = employee.post("/complaints/", {**FORM, "text": ""})
    assert answer.status_code == 422
    assert 'value="key-of-this-phone"' in answer.content.decode()
    assert kept() == []


def test_signed_out_the_door_explains_itself_and_takes_nothing(client):
    page = client.get("/complaints/")
    assert page.status_code == 200
    assert "/sign-in/?next=/complaints/" in page.content.decode()
    client.post("/complaints/", FORM)
    assert kept() == []


def test_nobody_reads_the_complaint_of_another(employee):
    foreign = make_complaint(make_person("周远", unit=make_unit()))
    assert employee.get(f"/complaints/{foreign.pk}/").status_code == 404
    with pytest.raises(NotFound):
        selectors.own_complaint(1, foreign.pk)


def test_the_eleventh_of_a_day_is_refused_and_tomorrow_is_a_new_day(person):
    for _number in range(services.A_DAY):
        make_complaint(person)
    with pytest.raises(TooMany):
        make_complaint(person)
    with clock.pretend(clock.now() + timedelta(days=1, minutes=1)):
        make_complaint(person)


def test_the_security_administrator_answers_it(client, person):
    complaint = make_complaint(person)
    administrator = make_administrator("security")
    sign_in(client, administrator)
    assert complaint.number in client.get("/studio/complaints/").content.decode()
    answer = client.post(f"/studio/complaints/{complaint.pk}/", {"answer": "灯已换好，谢谢您。"})
    assert answer.status_code == 302
    [kept_one] = kept()
    assert (kept_one.state, kept_one.answer, kept_one.answered_by_id) == (
        "answered",
        "灯已换好，谢谢您。",
        administrator.pk,
    )
    assert AuditEvent.objects.filter(act="shell.complaint_answer", target_id=complaint.pk).count() == 1
    again = client.post(f"/studio/complaints/{complaint.pk}/", {"answer": "再答一次。"})
    assert again.status_code == 409


def test_the_sender_reads_the_answer(employee, person):
    complaint = make_complaint(person)
    with every_space(Reason.TEST):
        services.answer_complaint(
            actor=make_administrator("security"), complaint_id=complaint.pk, answer="灯已换好，谢谢您。"
        )
    assert "灯已换好" in employee.get(f"/complaints/{complaint.pk}/").content.decode()


@pytest.mark.parametrize("office", ["system", "audit"])
def test_the_other_administrators_have_no_desk_of_complaints(client, person, office):
    complaint = make_complaint(person)
    sign_in(client, make_administrator(office))
    assert client.get("/studio/complaints/").status_code == 404
    assert client.get(f"/studio/complaints/{complaint.pk}/").status_code == 404


def test_lists_follow_the_scope(person):
    complaint = make_complaint(person)
    with use_scope(NOTHING):
        assert list(selectors.list_complaints()) == []
        with pytest.raises(NotFound):
            selectors.get_complaint(complaint.pk)
    with every_space(Reason.TEST):
        assert list(selectors.list_complaints("answered")) == []
        assert selectors.get_complaint(complaint.pk) == complaint


def test_the_sender_and_the_desk_read_until_when_an_answer_is_due(employee, person):
    early, late = make_complaint(person=person), make_complaint(person=person)
    with every_space(Reason.TEST):
        assert [row.pk for row in selectors.list_complaints("open")][:2] == [early.pk, late.pk]
        assert selectors.count_late_complaints() == 0
        with clock.pretend(clock.now() + timedelta(days=16)):
            assert selectors.count_late_complaints() == 2
        services.answer_complaint(actor=make_administrator("security"), complaint_id=early.pk, answer="已换灯。")
        assert [row.pk for row in selectors.list_complaints()][:2] == [late.pk, early.pk]
    until = due_time(late.due_at)
    assert until in employee.get(f"/complaints/{late.pk}/").content.decode()
