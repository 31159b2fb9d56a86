"""Whether somebody is there to look, and a second one at appeals: desk, first day, doctor, and the author's page."""

import pytest

from fenjin.kit.scope import GROUP_SPACE
from fenjin.moderation import health
from fenjin.moderation.models import Lane, Rule
from fenjin.moderation.selectors.hands import hands_in, stranded, who_looks_again, with_moderators
from fenjin.moderation.services import appeal, decide_case
from fenjin.moderation.testing import make_case, make_moderator
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return make_space("华东")


def take_away(moderator, case):
    decide_case(actor=moderator, case_id=case.pk, shown=False, lane=Lane.ATTACK, reason="骂人不行")
    appeal(person_id=case.person_id, case_id=case.pk, text="我没有骂人", client_key=f"again-{case.pk}")


def test_with_nobody_anywhere_the_desk_and_the_doctor_say_so(client, east):
    assert hands_in(frozenset({east.pk})).nobody == ("华东",)
    cure = health.moderators()
    assert "nobody moderates in" in cure
    sign_in(client, make_editor(east))
    assert "没有人能看" in client.get("/studio/moderation/").text
    give_role(make_editor(name="钱审").person, "moderator")
    assert hands_in(frozenset({east.pk})).nobody == ()
    assert "没有人能看" not in client.get("/studio/moderation/").text


def test_one_person_alone_is_advice_and_two_are_enough(east):
    first = make_moderator(GROUP_SPACE)
    assert hands_in(frozenset({east.pk})).alone == ("华东",)
    assert "an appeal needs a second one" in health.moderators()
    make_moderator(GROUP_SPACE, name="钱审")
    assert hands_in(frozenset({east.pk})).group == ("华东",)
    give_role(first.person, "moderator", space_id=east.pk)
    assert not hands_in(frozenset({east.pk}))
    assert health.moderators() is None


def test_a_text_that_waits_for_nobody_is_a_fault_and_not_advice(east):
    case = make_case(person=make_person(), space_id=east.pk)  # the maker of the word list moderates there
    assert stranded() == 0
    RoleGrant._base_manager.filter(role="moderator").delete()
    assert stranded() == 1
    assert health.moderators().startswith("1 comments")
    assert case.is_open


def test_closed_comments_need_nobody(east):
    Rule._base_manager.create(space_id=east.pk, mode="closed", hours=24)
    assert not hands_in(frozenset({east.pk}))
    assert with_moderators(frozenset({east.pk})) == {east.pk}


def test_the_first_day_asks_for_a_moderator_until_there_is_one(client, east):
    editor = make_editor(east)
    sign_in(client, editor)

    def steps():
        day = client.get("/studio/").context["panels"][-1].get_context_data()["first_days"][0]
        return {str(task.name): task.done for task in day.tasks}

    assert steps()["指定看评论的人"] is False
    give_role(editor.person, "moderator", space_id=east.pk)
    assert steps()["指定看评论的人"] is True


def test_an_appeal_goes_to_a_second_one_here_else_to_the_group_else_waits_and_says_so(client, east):
    person = make_person()
    case = make_case(person=person, space_id=east.pk)
    only = with_rights(make_moderator(east.pk, name="孙审"))
    RoleGrant._base_manager.filter(role="moderator").exclude(person=only.person_id).delete()
    take_away(only, case)
    assert who_looks_again(case) == "nobody"
    sign_in(client, make_account(person))
    assert "还没有第二个人能看" in client.get(f"/moderation/{case.pk}/").text
    group = make_moderator(GROUP_SPACE, name="集团审")
    assert who_looks_again(case) == "group"
    assert "集团的审核员" in client.get(f"/moderation/{case.pk}/").text
    second = make_moderator(east.pk, name="李审")
    assert who_looks_again(case) == "here"
    RoleGrant._base_manager.filter(person=second.person_id).delete()
    sign_in(client, group)  # by the desk: in the group's own scope the case of the sub-platform does not stand
    said = client.post(f"/studio/moderation/{case.pk}/appeal/", {"answer": "这不算骂人", "verdict": "overturn"})
    assert said.status_code == 302
