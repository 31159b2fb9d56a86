"""Whoever sent an article on its way reads on the home page what became of it; nobody else does, and not for long."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.selectors.releases import list_outcomes
from fenjin.newsroom.services.planning import say_still_right
from fenjin.newsroom.services.release import judge, send_for_review
from fenjin.newsroom.testing import make_article, make_rule
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db
CAME_BACK, APPROVED = "《冬季十条》退回来了", "《冬季十条》通过了"


@pytest.fixture
def space():
    space = make_space("华东")
    make_rule(space.pk, "editor")
    return space


def author_of(space, name):
    account = make_account(make_person(name))
    give_role(account.person, "author", space_id=space.pk)
    return with_rights(account)


def home(account):
    client = Client()
    sign_in(client, account)
    forget_all()
    return client.get("/").text.replace("<wbr>", "")


def sent(author, article):
    with every_space(Reason.TEST):
        return send_for_review(actor=author, article=article)


def judged(editor, release, **verdict):
    with every_space(Reason.TEST):
        judge(actor=editor, step=release.steps.select_related("release").get(current=True), **verdict)


def test_an_author_is_told_what_came_back_and_what_was_approved_and_nobody_else_is(space):
    author, other = author_of(space, "李作者"), author_of(space, "赵作者")
    editor = make_editor(space.pk, name="钱编辑")
    article = make_article(space_id=space.pk, publish=False, actor=author, title="冬季十条")
    judged(editor, sent(author, article), verdict="returned", words="少一条")
    assert CAME_BACK in home(author)
    assert "少一条" in home(author)
    assert CAME_BACK not in home(other)
    assert CAME_BACK not in home(editor)
    again = sent(author, article)
    assert CAME_BACK not in home(author), "it is on its way again"
    judged(editor, again, verdict="approved")
    assert APPROVED in home(author)
    assert CAME_BACK not in home(author)
    assert list_outcomes(other.membership) == []


def test_what_came_back_is_told_for_two_weeks_what_went_through_for_a_day_and_only_to_who_still_writes(space):
    author, editor = author_of(space, "李作者"), make_editor(space.pk)
    back, through = (
        make_article(space_id=space.pk, publish=False, actor=author, title=title) for title in ("退的", "过的")
    )
    judged(editor, sent(author, back), verdict="returned", words="改")
    judged(editor, sent(author, through), verdict="approved")

    def told(**later):
        with clock.pretend(clock.now() + timedelta(**later)):
            return {outcome.article.title for outcome in list_outcomes(author.membership)}

    assert told(hours=1) == {"退的", "过的"}
    assert told(hours=25) == {"退的"}
    assert told(days=15) == set()
    RoleGrant._base_manager.filter(person=author.person_id).delete()
    assert list_outcomes(with_rights(author).membership) == []


LOOK = "《冬季十条》还对吗"


def test_whoever_wrote_an_article_is_reminded_of_the_day_to_look_at_it_again(space):
    editor, other = make_editor(space.pk, name="钱编辑"), author_of(space, "赵作者")
    day = timezone.localtime(clock.now()).date() + timedelta(days=3)
    article = make_article(space_id=space.pk, publish=False, actor=editor, title="冬季十条", review_on=day)
    judged(make_editor(space.pk), sent(editor, article), verdict="approved")
    with clock.pretend(clock.now() + timedelta(days=2)):
        assert LOOK not in home(editor)
    with clock.pretend(clock.now() + timedelta(days=3)):
        assert LOOK in home(editor)
        assert f"/studio/review/{article.pk}/#look" in home(editor)
        assert LOOK not in home(other)
        client = Client()
        sign_in(client, editor)
        assert f"/studio/review/{article.pk}/#look" in client.get("/studio/").text
        with every_space(Reason.TEST):
            say_still_right(actor=editor, article=article, next_look=day + timedelta(days=90))
        assert LOOK not in home(editor)
        assert f"/studio/review/{article.pk}/#look" not in client.get("/studio/").text
