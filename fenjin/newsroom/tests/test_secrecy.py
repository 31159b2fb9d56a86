"""What should not stand in public is found, and somebody says that it was looked at."""

import pytest

from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.advice.secrecy import find
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.services.conditions import SecrecyNeeded
from fenjin.newsroom.services.release import hand_step, send_for_review
from fenjin.newsroom.testing import make_article, make_rule, part
from fenjin.newsroom.tests.test_release import acts, current, form, phone
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("华东")


@pytest.fixture
def editor(space):
    return make_editor(space.pk, name="赵编辑")


@pytest.fixture(autouse=True)
def everywhere():
    with every_space(Reason.TEST):
        yield


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机密★5年", 1),
        ("【内部】通知", 1),
        ("本文不得外传", 1),
        ("身份证号11010519491231002X", 1),
        ("身份证号110105194912310021", 0),
        ("电话13800138000", 1),
        ("编号213800138000", 0),
        ("卡号 6222 0212 3456 7890 128", 1),
        ("学习保守秘密的规定，产量1234567吨", 0),
    ],
)
def test_marks_and_numbers_are_found(text, found):
    assert len(find(text)) == found, find(text)


def test_a_finding_wants_a_tick_before_publishing(space, editor):
    client = phone(editor)
    refused = client.post("/studio/articles/add/", form(**{"title": "机密★计划", "action-publish": "1"}))
    assert refused.status_code == 200
    assert not Article.objects.exists()
    client.post("/studio/articles/add/", form(**{"title": "机密★计划", "action-publish": "1", "secrecy_checked": "on"}))
    assert Article.objects.get().live
    assert ("secrecy", "赵编辑") in acts(Article.objects.get())


def test_a_space_may_want_the_tick_every_time(space, editor):
    make_rule(space.pk, secrecy=True)
    article = make_article(space_id=space.pk, publish=False, actor=editor)
    with pytest.raises(SecrecyNeeded):
        publish_article(actor=editor, article=Article.objects.get(pk=article.pk))
    assert publish_article(actor=editor, article=article, secrecy_checked=True).live


@pytest.mark.parametrize("where", ["title", "lead", "title_en", "lead_en", "source", "correction", "body", "body_en"])
def test_who_judges_is_shown_what_was_found_wherever_it_stands(space, editor, where):
    words = "电话 13800138000"
    value = [part("text", f"<p>{words}</p>")] if where.startswith("body") else words
    make_rule(space.pk, "editor")
    author = make_editor(space.pk, name="李作者")
    draft = make_article(space_id=space.pk, publish=False, actor=author, **{where: value})
    release = send_for_review(actor=author, article=draft)
    assert "手机号码" in phone(editor).get(f"/studio/review/{draft.pk}/").content.decode()
    outside = with_rights(make_account(make_person("吴工", unit=space.root_unit)))
    step = hand_step(actor=editor, step=current(release), person_id=outside.person_id)
    assert "手机号码" in phone(outside).get(f"/news/to-judge/{step.uid}/").content.decode()


def test_who_judges_is_shown_the_places_of_the_version_that_was_sent(space, editor):
    make_rule(space.pk, "editor")
    author = make_editor(space.pk, name="李作者")
    draft = make_article(space_id=space.pk, publish=False, actor=author, body=[part("text", "<p>电话 13800138000</p>")])
    send_for_review(actor=author, article=draft)
    draft.body = [part("text", "<p>今天起，先断电，再处置。</p>")]
    draft.save_revision(user=author, log_action=False)
    assert "13800138000" in phone(editor).get(f"/studio/review/{draft.pk}/").content.decode()
