"""A role for a branch: its people and their drafts, and nothing else of the sub-platform."""

import pytest
from django.db import transaction

from fenjin.delivery.services import Sending, send_message
from fenjin.delivery.testing import rule_of
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.newsroom.services.release import send_for_review
from fenjin.newsroom.testing import make_article, make_rule, make_series
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit
from fenjin.spaces import services
from fenjin.spaces.services.roles import NotForABranch
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights
from tests.isolation.world import signed_in

TYPED = {"title": "换个标题", "readers": "everybody", "body-count": 0, "body_en-count": 0, "action-publish": "1"}


class House:
    """A sub-platform with two plants of six; an author in each, an editor of the whole and one of the first plant."""

    def __init__(self):
        company = make_unit("华东", make_unit("集团"))
        self.space = make_space("华东平台", unit=company)
        company.refresh_from_db()
        self.company, self.plants = company, [make_unit(f"{name}厂", company) for name in "一二"]
        self.authors = []
        for plant in self.plants:
            for number in range(5):
                make_person(f"员工{number}", unit=plant)
            self.authors.append(make_account(make_person("作者", unit=plant)))
            give_role(self.authors[-1].person, "author", space_id=self.space.pk)
        self.whole = with_rights(make_editor(self.space.pk))
        self.holder = self.of_branch("editor")
        self.client = signed_in(self.holder)

    def of_branch(self, role):
        """Return an account, of nobody's unit here, that holds a role for the first plant."""
        account = make_account(make_person("分支的", unit=self.company))
        give_role(account.person, role, space_id=self.space.pk, unit=self.plants[0])
        return with_rights(account)

    def write(self, author, **fields):
        return make_article(space_id=self.space.pk, actor=author, **fields)

    def send(self, actor, unit, article, key):
        sending = Sending(kind="article", content_id=article.pk, rule=rule_of(unit))
        return send_message(actor=actor, space_id=self.space.pk, sending=sending, key=key)


@pytest.fixture
def house(taken_back):
    with every_space(Reason.TEST):
        yield House()


def test_the_drafts_of_the_branch_are_open_and_no_others(house):
    near, far = (house.write(author, publish=False) for author in house.authors)
    mine = house.write(house.holder, publish=False)
    shown = house.write(house.authors[0])
    listed = house.client.get("/studio/articles/").context["object_list"]
    assert {row.pk for row in listed} == {near.pk, mine.pk}
    for article, opens in ((near, True), (mine, True), (far, False), (shown, False)):
        assert (house.client.get(f"/studio/articles/edit/{article.pk}/").status_code == 200) is opens
        assert (house.client.get(f"/studio/review/{article.pk}/").status_code == 200) is (article != far)


def test_nothing_goes_to_all_of_the_sub_platform(house):
    draft, shown = house.write(house.authors[0], publish=False), house.write(house.authors[0])
    house.client.post(f"/studio/articles/edit/{draft.pk}/", TYPED)
    kept = Article.objects.get(pk=draft.pk)
    assert (kept.live, kept.get_latest_revision_as_object().title) == (False, "换个标题")
    house.client.post(f"/studio/articles/unpublish/{shown.pk}/")
    assert Article.objects.get(pk=shown.pk).live
    series = make_series(shown)
    for path in (
        "series/",
        f"series/{series.pk}/",
        "columns/",
        "words/",
        "answers/",
        "see-as/",
        "settings/",
    ):
        assert house.client.get(f"/studio/{path}").status_code == 404, path


def test_messages_reach_the_branch_and_no_further(house):
    shown, hidden = house.write(house.whole), house.write(house.whole, recipients_only=True)
    page = house.client.get("/studio/messages/send/").text
    assert f"article:{shown.pk}" in page
    assert f"article:{hidden.pk}" not in page
    assert house.send(house.holder, house.company, shown, "one").head_count == 6
    for unit, article in ((house.plants[1], shown), (house.plants[0], hidden)):
        with pytest.raises(Refusal), transaction.atomic():
            house.send(house.holder, unit, article, "two")


@pytest.mark.parametrize("role", ["editor", "auditor"])
def test_figures_are_those_of_the_branch(house, role):
    shown = house.write(house.whole)
    both, far = (house.send(house.whole, unit, shown, unit.name) for unit in (house.company, house.plants[1]))
    client = signed_in(house.of_branch(role))
    said = client.get(f"/studio/messages/{both.pk}/").context["page"]
    assert (said.total.people, said.unit_name) == (6, "一厂")
    rows = client.get("/studio/messages/").context["lines"]
    assert [(row.message_id, row.figures.people) for row, _line in rows] == [(both.pk, 6)]
    assert client.get(f"/studio/messages/{far.pk}/").status_code == 404
    for unit in (house.plants[1], house.company):
        assert client.get(f"/studio/messages/{both.pk}/?unit={unit.pk}").status_code == 404
    assert len(signed_in(house.whole).get("/studio/messages/").context["lines"]) == 2


def test_comments_are_for_the_whole(house):
    security = with_rights(make_administrator("security"))
    wanted = {"person_id": house.holder.person_id, "space_id": house.space.pk, "unit_id": house.plants[0].pk}
    with pytest.raises(NotForABranch), transaction.atomic():
        services.give_role(actor=security, role="moderator", **wanted)


def test_people_are_found_in_the_branch_alone(house):
    near, far = (author.person for author in house.authors)
    for path in ("/studio/roles/give/?q=作者", f"/studio/review/steps/{_step(house)}/hand/?q=作者"):
        found = house.client.get(path).context["found"]
        assert [row.person.pk for row in found.rows] == [near.pk], path
    opened = [house.client.get(f"/studio/roles/give/{person.pk}/").status_code for person in (near, far)]
    assert opened == [200, 404]
    wanted = {"space_id": house.space.pk, "role": "author", "unit_id": house.plants[0].pk}
    services.give_role(actor=house.holder, person_id=near.pk, **wanted)
    with pytest.raises(NotFound), transaction.atomic():
        services.give_role(actor=house.holder, person_id=far.pk, **wanted)


def _step(house):
    """Send a draft of the branch on its way and return the number of its step."""
    draft = house.write(house.authors[0], publish=False)
    make_rule(house.space.pk, "editor")
    return send_for_review(actor=house.holder, article=draft).steps.get().pk
