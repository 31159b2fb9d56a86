"""When somebody leaves, the drafts stay, are seen meanwhile, and get a new owner."""

from datetime import timedelta

import pytest
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Article, Release, ReleaseStep
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.testing import a_step, make_article, make_series
from fenjin.people.models import Person
from fenjin.people.services import end_access
from fenjin.people.testing import make_account, make_administrator, sign_in
from fenjin.spaces import services
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.services import NotAnEditor, StillHere
from fenjin.spaces.testing import make_editor, make_space, with_rights


@pytest.fixture
def place(house):
    space = make_space("渤海钻探")
    leaver, stays = make_editor(space, name="王芳"), make_editor(space, name="赵敏")
    draft = make_article(title="写了一半", space_id=space.pk, publish=False, actor=leaver)
    make_article(title="已发布", space_id=space.pk, actor=leaver)
    return space, leaver, stays, draft


def leave(account):
    Person.objects.filter(pk=account.person_id).update(status="left")
    account.person.refresh_from_db()
    end_access(account.person)


def pass_on(actor, space, leaver, to, **more):
    people = {"person_id": leaver.person_id, "to_person_id": to.person_id}
    return services.hand_over(actor=actor, space_id=space.pk, **people, **more)


def test_a_draft_gets_a_new_owner_and_opens_under_the_new_name(place):
    space, leaver, stays, draft = place
    leave(leaver)
    assert pass_on(stays, space, leaver, stays) == 1
    draft = Article.objects.get(pk=draft.pk)
    assert draft.author_id == stays.pk
    assert draft.get_latest_revision_as_object().author_id == stays.pk
    assert draft.get_latest_revision_as_object().title == "写了一半"
    assert Article.objects.get(title="已发布").author_id == leaver.pk  # who wrote what people read stays on record
    row = AuditEvent.objects.get(act="spaces.hand_over")
    assert (row.actor_id, row.target_id, row.details) == (stays.pk, leaver.person_id, {"to": stays.pk, "drafts": 1})
    assert pass_on(stays, space, leaver, stays) == 0
    assert AuditEvent.objects.filter(act="spaces.hand_over").count() == 1


def test_only_leavers_are_inherited_from_and_only_editors_inherit(place):
    space, leaver, stays, draft = place
    with pytest.raises(StillHere):
        pass_on(stays, space, leaver, stays)
    leave(leaver)
    for other in (make_account(), make_editor(make_space("别处")), leaver):
        with pytest.raises(NotAnEditor):
            pass_on(stays, space, leaver, other)
    assert Article.objects.get(pk=draft.pk).author_id == leaver.pk


@pytest.mark.parametrize("who", ["system", "audit", "foreign editor", "employee"])
def test_others_hand_nothing_over(place, who):
    space, leaver, stays, _draft = place
    leave(leaver)
    others = {"foreign editor": lambda: make_editor(make_space("别处")), "employee": make_account}
    actor = with_rights(others[who]() if who in others else make_administrator(who))
    with pytest.raises(NotFound):
        pass_on(actor, space, leaver, stays)
    client = Client()
    sign_in(client, actor)
    address = f"/studio/left-behind/{space.pk}/{leaver.person_id}/"
    assert client.post(address, {"to": stays.person_id, "kind": "drafts"}).status_code == 404
    page = client.get("/studio/left-behind/")
    assert page.status_code == 404 or not page.context["estates"]


def test_editors_see_titles_and_security_only_how_many(place, client):
    space, leaver, stays, draft = place
    sign_in(client, stays)
    assert not client.get("/studio/left-behind/").context["estates"]
    leave(leaver)
    page = client.get("/studio/left-behind/")
    assert "写了一半" in page.text
    assert [estate.held[0][1].count for estate in page.context["estates"]] == [1]
    assert client.get(f"/studio/articles/edit/{draft.pk}/").status_code == 200  # meanwhile it opens for the others
    security = make_administrator("security")
    sign_in(client, security)
    page = client.get("/studio/left-behind/")
    assert "写了一半" not in page.text
    assert "王芳" in page.text
    answer = client.post(
        f"/studio/left-behind/{space.pk}/{leaver.person_id}/", {"to": stays.person_id, "kind": "drafts"}
    )
    assert answer.status_code == 302
    assert not client.get("/studio/left-behind/").context["estates"]


def test_a_space_whose_last_editor_left_is_named_and_nothing_is_lost(place, client):
    space, leaver, stays, draft = place
    leave(leaver)
    leave(stays)
    sign_in(client, make_administrator("security"))
    page = client.get("/studio/left-behind/")
    assert [found.pk for found in page.context["empty_spaces"]] == [space.pk]
    assert page.context["estates"][0].successors == ()
    new = make_editor(space, name="孙丽")
    assert pass_on(with_rights(new), space, leaver, new) == 1
    assert Article.objects.get(pk=draft.pk).author_id == new.pk


@pytest.mark.parametrize("form", [{}, {"to": "x"}, {"to": "99999999999999999999"}, {"to": "-1"}])
def test_a_strange_choice_breaks_nothing(place, client, form):
    space, leaver, stays, draft = place
    leave(leaver)
    sign_in(client, stays)
    assert client.post(f"/studio/left-behind/{space.pk}/{leaver.person_id}/", form).status_code in (404, 422)
    assert Article.objects.get(pk=draft.pk).author_id == leaver.pk


def test_what_is_not_ticked_stays(place):
    space, leaver, stays, draft = place
    leave(leaver)
    assert pass_on(stays, space, leaver, stays, kinds=["something else"]) == 0
    assert Article.objects.get(pk=draft.pk).author_id == leaver.pk


def test_who_no_longer_writes_there_leaves_the_drafts_to_the_editors(place, client):
    space, leaver, stays, draft = place
    RoleGrant._base_manager.filter(person=leaver.person_id).update(ends_at=clock.now())
    sign_in(client, stays)
    (estate,) = client.get("/studio/left-behind/").context["estates"]
    assert estate.person.pk == leaver.person_id
    assert pass_on(stays, space, leaver, stays) == 1
    assert Article.objects.get(pk=draft.pk).author_id == stays.pk
    assert not client.get("/studio/left-behind/").context["estates"]


def test_what_is_planned_and_what_came_back_find_the_new_owner(place, client):
    space, leaver, stays, draft = place
    with every_space(Reason.TEST):
        planned = make_article(
            title="下周发", space_id=space.pk, publish=False, actor=leaver, go_live_at=clock.now() + timedelta(days=7)
        )
        publish_article(actor=leaver, article=planned)
        make_series(make_article(space_id=space.pk), title="系列不属于谁", actor=leaver)
        step = a_step(draft)
        ReleaseStep.objects.filter(pk=step.pk).update(
            current=False, verdict="returned", words="改一改", decided_at=clock.now(), decided_by=stays.pk
        )
        Release.objects.filter(pk=step.release_id).update(state="returned", started_by=leaver.pk)
    leave(leaver)
    assert pass_on(stays, space, leaver, stays) == 2
    assert set(Article._base_manager.filter(author=stays.pk).values_list("title", flat=True)) == {"写了一半", "下周发"}
    assert Article._base_manager.get(pk=planned.pk).scheduled_revision is not None, "the plan goes on"
    sign_in(client, stays)
    assert "改一改" in client.get("/studio/review/").text
    assert "系列不属于谁" in client.get("/studio/series/").text
