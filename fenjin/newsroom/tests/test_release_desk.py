"""Two people at one text, comparing, the desks of release, and the calendar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.difference import Stretch
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.newsroom.models import Article, Delegation, ReleaseRule, RuleStep
from fenjin.newsroom.page.comparing import compare
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.services.names import AskedAlready, BadTerm, ask_for_name, end_name
from fenjin.newsroom.services.release import send_for_review
from fenjin.newsroom.testing import make_article, make_rule, part
from fenjin.newsroom.tests.test_release import current, form, phone, staff
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit
from fenjin.shell.desk_calendar import _days, collisions
from fenjin.spaces.register import Planned
from fenjin.spaces.testing import make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("华东")


@pytest.fixture
def editor(space):
    return make_editor(space.pk, name="赵编辑")


@pytest.fixture
def article(space, editor):
    return make_article(space_id=space.pk, actor=editor, title="旧题", publish=False)


# ---- two people at one text -------------------------------------------------------------------------


def test_a_newer_version_is_not_written_over_unseen(space, editor, article):
    client, url = phone(editor), f"/studio/articles/edit/{article.pk}/"
    loaded = {
        "loaded_revision_id": article.latest_revision_id,
        "loaded_revision_created_at": article.latest_revision.created_at.isoformat(),
    }
    other = make_editor(space.pk, name="钱编辑")
    phone(other).post(url, form(title="钱的题", **loaded))
    answer = client.post(url, form(title="赵的题", **loaded))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "钱编辑" in page
    assert 'value="赵的题"' in page  # what was typed is still in the form
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "钱的题"
    assert Revision.objects.filter(object_id=str(article.pk), content__title="赵的题").exists()
    newest = article.latest_revision
    again = {"loaded_revision_id": newest.pk, "loaded_revision_created_at": newest.created_at.isoformat()}
    assert client.post(url, form(title="赵的题", **again)).status_code == 302
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "赵的题"


def test_a_press_that_overtakes_the_own_automatic_saving_goes_through(space, editor, article):
    client, url = phone(editor), f"/studio/articles/edit/{article.pk}/"
    loaded = {
        "loaded_revision_id": article.latest_revision_id,
        "loaded_revision_created_at": article.latest_revision.created_at.isoformat(),
    }
    client.post(url, form(title="写到一半", **loaded))
    assert client.post(url, form(title="写完了", **loaded)).status_code == 302
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "写完了"
    assert Revision.objects.filter(object_id=str(article.pk), content__title="写到一半").exists()
    with clock.pretend(clock.now() + timedelta(minutes=2)):  # another window, left open
        assert client.post(url, form(title="忘了的窗口", **loaded)).status_code == 200


def test_a_lock_keeps_others_out_and_the_holder_in(space, editor, article):
    phone(editor).post(f"/studio/articles/lock/{article.pk}/")
    other = make_editor(space.pk, name="钱编辑")
    phone(other).post(f"/studio/articles/edit/{article.pk}/", form(title="钱的题"))
    article.refresh_from_db()
    assert article.locked_by_id == editor.pk
    assert article.get_latest_revision_as_object().title == "旧题"
    phone(editor).post(f"/studio/articles/edit/{article.pk}/", form(title="赵的题"))
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "赵的题"


def test_what_is_planned_is_not_changed_under_the_readers(space, editor, article):
    with every_space(Reason.TEST):
        article.go_live_at = clock.now() + timedelta(days=1)
        publish_article(actor=editor, article=article)
    client, url = phone(editor), f"/studio/articles/edit/{article.pk}/"
    client.post(url, form(title="新题"))
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "旧题"
    planned = article.scheduled_revision
    client.post(f"/studio/articles/history/{article.pk}/revisions/{planned.pk}/unschedule/")
    assert AuditEvent.objects.filter(act="newsroom.plan_drop").count() == 1
    client.post(url, form(title="新题"))
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "新题"


# ---- comparing --------------------------------------------------------------------------------------


def test_two_versions_show_what_went_and_what_came():
    before = Article(title="冬季十条", tags=["安全"], body=[part("text", "<p>甲</p>"), part("heading", "先查伴热")])
    after = Article(title="冬季十二条", tags=["安全"], body=[part("text", "<p>甲</p>"), part("heading", "先查伴热线")])
    title, body = compare(before, after)
    assert title.lines == ((Stretch("", "冬季十"), Stretch("ins", "二"), Stretch("", "条")),)
    assert body.lines == ((Stretch("", "先查伴热"), Stretch("ins", "线")),)
    assert compare(before, before) == []


def test_another_picture_link_name_or_time_is_a_change_too(space):
    one, two = (make_picture(space_id=space.pk, title="阀门") for _number in range(2))

    def version(picture, address, **more) -> Article:
        link = part("text", f'<p>见<a href="{address}">规程</a></p>')
        shown = part("picture", {"picture": picture.pk, "caption": "", "alt": "", "plain": False})
        return Article(title="题", space_id=space.pk, body=[link, shown], **more)

    before = version(one, "https://a.example/")
    leader = make_person("周主任")
    moment = clock.now()
    after = version(two, "https://b.example/", in_name_of=leader, go_live_at=moment, expire_at=moment)
    with every_space(Reason.TEST):
        body, *others = compare(before, after)
        assert [[piece.text for piece in line if piece.kind] for line in body.lines] == [
            ["a", "b"],
            [str(one.pk)[-1], str(two.pk)[-1]],
        ]
        assert others[0].lines == ((Stretch("ins", "周主任"),),)
        assert len(others) == 3
        assert compare(before, version(one, "https://a.example/")) == []


def test_versions_of_another_article_are_not_compared(space, editor, article):
    other = make_article(space_id=space.pk, actor=editor)
    url = reverse(
        "newsroom_desk:release_compare", args=[article.pk, article.latest_revision_id, other.live_revision_id]
    )
    assert phone(editor).get(url).status_code == 404


# ---- desks ------------------------------------------------------------------------------------------


def test_the_button_follows_the_rule(space, editor, article):
    client, url = phone(editor), f"/studio/articles/edit/{article.pk}/"
    assert 'name="action-publish"' in client.get(url).content.decode()
    assert 'name="action-review"' not in client.get(url).content.decode()
    make_rule(space.pk, "publisher")
    page = client.get(url).content.decode()
    assert 'name="action-publish"' not in page
    assert 'name="action-review"' in page
    answer = client.post(url, form(title="送审的题", **{"action-review": "1"}))
    assert answer["Location"] == reverse("newsroom_desk:release", args=[article.pk])
    assert "送审的题" in phone(staff(space, "publisher")).get("/studio/review/").content.decode()


def test_the_desk_judges_and_says_what_is_missing(space, editor, article):
    make_rule(space.pk, "publisher", secrecy=True)
    with every_space(Reason.TEST):
        release = send_for_review(actor=editor, article=article)
        step = current(release)
    publisher = phone(staff(space, "publisher"))
    url = reverse("newsroom_desk:release_judge", args=[step.pk])
    missing = publisher.post(url, {"version": release.revision, "verdict": "approved"})
    assert missing.status_code == 422
    publisher.post(url, {"version": release.revision, "verdict": "approved", "checked": "on"})
    article.refresh_from_db()
    assert article.live
    page = publisher.get(reverse("newsroom_desk:release", args=[article.pk])).content.decode()
    assert "赵编辑" in page
    assert "/undo/" in page


def test_authors_see_the_release_of_their_own_articles_only(space, editor, article):
    author = staff(space, "author", "李作者")
    own = make_article(space_id=space.pk, actor=author, publish=False, title="自己的稿")
    with every_space(Reason.TEST):
        send_for_review(actor=author, article=own)
        make_rule(space.pk, "publisher")
        send_for_review(actor=editor, article=article)
    client = phone(author)
    page = client.get("/studio/review/").content.decode()
    assert "自己的稿" in page
    assert "旧题" not in page
    assert client.get(reverse("newsroom_desk:release", args=[article.pk])).status_code == 404


def test_editors_do_not_set_the_rule_that_binds_them(space, editor):
    url = reverse("newsroom_desk:rule", args=[space.pk])
    assert phone(editor).get(url).status_code == 404
    assert phone(staff(make_space("西南"), "publisher")).post(url, {"step1": ""}).status_code == 404
    security = with_rights(make_administrator("security"))
    person = make_person("王主任", unit=space.root_unit, number="W77")
    answer = phone(security).post(
        url, {"step1": "editor", "step2": "person", "person2": "W77", "secrecy": "on", "apart": "on"}
    )
    assert answer.status_code == 302
    steps = RuleStep._base_manager.order_by("number").values_list("role", "person")
    assert list(steps) == [("editor", None), ("", person.pk)]
    assert "W77" in phone(security).get(reverse("newsroom_desk:rules")).content.decode().split("王主任")[1][:9]
    assert "王主任" in phone(security).get(url).content.decode(), "a number says nothing about whose it is"
    wrong = phone(security).post(
        url, {"step1": "person", "person1": "W77", "step2": "person", "person2": "NOBODY"}, follow=True
    )
    assert wrong.status_code == 422
    assert "王主任" in wrong.content.decode()
    assert ReleaseRule._base_manager.get().secrecy
    assert AuditEvent.objects.filter(act="newsroom.rule", space_id=space.pk).count() == 1


def test_who_sent_an_article_asks_again_when_the_address_has_become_too_old(space, editor):
    author, outside = staff(space, "author", "李作者"), with_rights(make_account(make_person("吴工")))
    make_rule(space.pk, outside.person)
    draft = make_article(space_id=space.pk, publish=False, actor=author)
    with every_space(Reason.TEST):
        step = current(send_for_review(actor=author, article=draft))
    desk, link = f"/studio/review/{draft.pk}/", f"/news/to-judge/{step.uid}/"
    assert "再请一次" not in phone(author).get(desk).content.decode()
    with clock.pretend(clock.now() + timedelta(days=8)):
        assert 'name="verdict"' not in phone(outside).get(link).content.decode()
        assert "再请一次" not in phone(editor).get(desk).content.decode()
        page = phone(author).get(desk).content.decode()
        assert "再请一次" in page
        assert link not in page
        phone(author).post(f"/studio/review/steps/{step.pk}/hand/", {"person": outside.person_id})
        assert link in phone(author).get(desk).content.decode()
        assert 'name="verdict"' in phone(outside).get(link).content.decode()


def test_asking_for_a_name(space, editor):
    leader = make_person("周主任", unit=space.root_unit)
    stranger = make_person("外人", unit=make_space("西南").root_unit)
    day = clock.now().date() + timedelta(days=30)
    with every_space(Reason.TEST):
        asked = ask_for_name(actor=editor, space_id=space.pk, leader_id=leader.pk, ends_on=day)
        with pytest.raises(AskedAlready):
            ask_for_name(actor=editor, space_id=space.pk, leader_id=leader.pk, ends_on=day)
        with pytest.raises(NotFound):
            ask_for_name(actor=editor, space_id=space.pk, leader_id=stranger.pk, ends_on=day)
        with pytest.raises(BadTerm):
            ask_for_name(actor=editor, space_id=space.pk, leader_id=leader.pk, ends_on=day + timedelta(days=400))
        end_name(actor=editor, delegation_id=asked.pk)
    answer = phone(editor).post(
        "/studio/in-the-name-of/", {"space": space.pk, "leader": stranger.staff_number, "ends_on": str(day)}
    )
    assert answer.status_code == 422
    assert Delegation._base_manager.filter(leader=stranger).count() == 0


# ---- calendar ---------------------------------------------------------------------------------------


def thing(minutes: int, space_id: int = 1, **more) -> Planned:
    return Planned(clock.now() + timedelta(minutes=minutes), space_id, "发布", f"第{minutes}分", "/", **more)


def test_two_things_for_the_same_people_within_an_hour_collide():
    found = [thing(0), thing(10, 2), thing(59), thing(70, reaches=False), thing(119), thing(300)]
    of_group, own = {0: ["第59分", "第10分"], 2: ["第0分", "第10分"]}, {1: ["第0分", "第59分"]}
    assert collisions(found) == of_group | own


def test_what_the_group_plans_collides_with_the_plans_of_every_space_and_those_not_with_each_other():
    found = [thing(0, 2), thing(10, 3), thing(20, 1), thing(90, 3)]
    assert collisions(found) == {0: ["第20分"], 1: ["第20分"], 2: ["第0分", "第10分"]}


@pytest.mark.parametrize(
    ("spaces", "much"),
    [((2, 2, 2), True), ((2, 2, 3), False), ((1, 2, 2), True), ((1, 1, 1), True), ((2, 3, 4), False)],
)
def test_a_day_with_three_things_for_the_same_people_is_marked(spaces, much):
    noon = timezone.localtime(clock.now()).replace(hour=9, minute=0)
    found = [Planned(noon + timedelta(hours=3 * n), space, "发布", "甲", "/") for n, space in enumerate(spaces)]
    days = _days(noon.date(), noon.date(), [*found, Planned(noon, 2, "发布", "过去的", "/", past=True)], {})
    assert [day.many for day in days[:2]] == [much, False]


def test_an_editor_of_a_space_sees_when_the_group_comes_out_and_not_what(space, editor):
    when = clock.now() + timedelta(hours=1)
    with every_space(Reason.TEST):
        for one, title in ((space.pk, "本平台的安排"), (1, "集团的机密安排")):
            draft = make_article(space_id=one, publish=False, title=title, go_live_at=when)
            publish_article(actor=None, article=draft)
        hidden = make_article(publish=False, title="只给收件人", recipients_only=True, go_live_at=when)
        publish_article(actor=None, article=hidden)
    page = phone(editor).get("/studio/calendar/")
    assert "集团的机密安排" not in page.content.decode()
    assert "只给收件人" not in page.content.decode()
    (entry,) = [one for one in page.context["clashes"] if one.planned.title == "本平台的安排"]
    assert [str(title) for title in entry.clashes] == ["集团的内容"]


def test_the_calendar_shows_what_the_one_who_asks_may_see(space, editor, article):
    foreign = make_space("西南")
    with every_space(Reason.TEST):
        for one, title in ((space, "本平台的安排"), (foreign, "别人的安排")):
            draft = make_article(
                space_id=one.pk, publish=False, title=title, go_live_at=clock.now() + timedelta(hours=1)
            )
            publish_article(actor=None, article=draft)
    page = phone(editor).get("/studio/calendar/").content.decode()
    assert "本平台的安排" in page
    assert "别人的安排" not in page
    assert phone(editor).get("/studio/calendar/?from=nonsense").status_code == 200
    assert phone(make_account(make_person("读者", unit=make_unit()))).get("/studio/calendar/").status_code == 404


def test_nobody_signed_in_sees_any_of_it(article):
    for name in ("newsroom_desk:to_review", "newsroom_desk:names", "shell_desk:calendar"):
        assert Client().get(reverse(name)).status_code == 302
