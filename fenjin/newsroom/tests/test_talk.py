"""Readers comment and like; nothing is doubled, lost or shown to the wrong people."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fenjin.kit.errors import NotFound, TooMany
from fenjin.kit.scope import Reason, every_space, use_scope
from fenjin.moderation import services as moderation
from fenjin.moderation.models import Case, Lane, Report
from fenjin.moderation.selectors.trial import try_words
from fenjin.moderation.testing import make_moderator, make_word
from fenjin.newsroom import services
from fenjin.newsroom.models import Comment, Like, Tally
from fenjin.newsroom.personal import talk as said
from fenjin.newsroom.selectors.talk import counted, list_comments
from fenjin.newsroom.services import talk as talk_services
from fenjin.newsroom.testing import make_article, make_comment
from fenjin.people.register import Subject
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.access import employee_scope
from fenjin.spaces.testing import make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def article():
    return make_article(title="送电之前")


@pytest.fixture
def reader():
    return with_rights(make_account(make_person("张伟", unit=make_unit("华东分公司", make_unit("启明集团")))))


def client_of(account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def tally(article) -> tuple[int, int]:
    row = Tally._base_manager.filter(article_id=article.pk).first()
    return (row.likes, row.comments) if row else (0, 0)


def seen(article, person) -> list[tuple[str, str]]:
    with every_space(Reason.TEST):
        return [(row.comment.text, row.comment.state) for row in list_comments(article, person.pk).rows]


# ---- writing --------------------------------------------------------------------------------------------


def test_a_comment_stands_under_the_article_with_name_and_company(article, reader):
    client = client_of(reader)
    address = reverse("newsroom:comments", args=[article.pk])
    answer = client.post(address, {"text": "写得 <b>好</b>", "client_key": "key-00000001"}, follow=True)
    page = answer.content.decode()
    assert "写得 &lt;b&gt;好&lt;/b&gt;" in page
    assert "张伟" in page
    assert "华东分公司" in page
    assert "写得" in client.get(reverse("newsroom:article", args=[article.pk])).content.decode()


def test_a_comment_sent_twice_is_one(article, reader):
    first = make_comment(article, reader.person, key="key-00000001")
    again = make_comment(article, reader.person, text="别的", key="key-00000001")
    assert first.comment_id == again.comment_id
    assert tally(article) == (0, 1)


@pytest.mark.parametrize("text", ["", " \n ", "长" * 501])
def test_nothing_and_too_much_are_refused_and_what_was_typed_stays(article, reader, text):
    answer = client_of(reader).post(reverse("newsroom:comments", args=[article.pk]), {"text": text})
    assert answer.status_code == 422
    assert not Comment._base_manager.exists()
    assert text.strip() in answer.content.decode()


def test_thirty_in_an_hour_are_enough(article, reader, monkeypatch):
    monkeypatch.setattr(talk_services, "AN_HOUR", 2)
    for _ in range(2):
        make_comment(article, reader.person)
    with pytest.raises(TooMany):
        make_comment(article, reader.person)
    assert tally(article) == (0, 2)


# ---- looked at ------------------------------------------------------------------------------------------


def test_a_held_comment_is_seen_by_its_author_alone_with_the_way_to_its_case(article, reader):
    make_word("笨蛋")
    made = make_comment(article, reader.person, text="笨 蛋")
    other = with_rights(make_account(make_person("李四", unit=make_unit("北方"))))
    assert made.state == "held"
    assert tally(article) == (0, 0)
    assert seen(article, reader.person) == [("笨 蛋", "held")]
    assert seen(article, other.person) == []
    address = reverse("newsroom:comments", args=[article.pk])
    case = Case._base_manager.get(object_id=made.comment_id)
    assert reverse("moderation:own_case", args=[case.pk]) in client_of(reader).get(address).content.decode()
    assert "笨 蛋" not in client_of(other).get(address).content.decode()


def test_what_the_moderator_decides_holds_under_the_article(article, reader):
    make_word("笨蛋")
    made = make_comment(article, reader.person, text="笨蛋")
    case = Case._base_manager.get(object_id=made.comment_id)
    moderator, other = make_moderator(1), make_moderator(1)
    moderation.decide_case(actor=moderator, case_id=case.pk, shown=False, lane=Lane.ATTACK, reason="请就事论事。")
    stranger = make_person("李四")
    assert seen(article, stranger) == []
    assert seen(article, reader.person) == [("笨蛋", "removed")]
    with every_space(Reason.TEST):
        moderation.appeal(person_id=reader.person_id, case_id=case.pk, text="开玩笑", client_key="key-00000001")
    moderation.decide_appeal(actor=other, case_id=case.pk, overturn=True, answer="可以。")
    assert seen(article, stranger) == [("笨蛋", "shown")]
    assert tally(article) == (0, 1)


def test_a_decision_that_is_taken_back_lets_the_comment_wait_again(article, reader):
    make_word("笨蛋")
    made = make_comment(article, reader.person, text="笨蛋")
    case, moderator = Case._base_manager.get(object_id=made.comment_id), make_moderator(1)
    for shown, lane, reason in ((False, Lane.ATTACK, "请就事论事。"), (True, "", "")):
        moderation.decide_case(actor=moderator, case_id=case.pk, shown=shown, lane=lane, reason=reason)
        moderation.undo_decision(actor=moderator, case_id=case.pk)
        assert seen(article, reader.person) == [("笨蛋", "held")]
        assert tally(article) == (0, 0)
    page = client_of(reader).get(reverse("newsroom:comments", args=[article.pk])).content.decode()
    assert "暂时只有您看得到" in page
    assert "没有对别人显示" not in page


def test_the_answer_to_criticism_stands_under_the_comment(article, reader):
    make_word("不发加班费", lane=Lane.CRITICISM)
    made = make_comment(article, reader.person, text="总是不发加班费")
    assert made.state == "shown"
    case = Case._base_manager.get(object_id=made.comment_id)
    moderator = make_moderator(1)
    moderation.decide_case(actor=moderator, case_id=case.pk, shown=True, lane=Lane.CRITICISM)
    with every_space(Reason.TEST):
        moderation.answer_case(actor=moderator, case_id=case.pk, text="下周三前补发。")
    page = client_of(reader).get(reverse("newsroom:comments", args=[article.pk])).content.decode()
    assert "下周三前补发。" in page
    assert tally(article) == (0, 1)


def test_a_reader_reports_a_comment_and_it_stays_until_somebody_decides(article, reader):
    made = make_comment(article, make_person("王五"))
    address = reverse("newsroom:comment_report", args=[article.pk, made.comment_id])
    client = client_of(reader)
    for _ in range(2):
        assert client.post(address, {"lane": "off_topic", "note": "广告"}).status_code == 302
    assert Report._base_manager.count() == 1
    assert seen(article, reader.person) == [("写得好", "shown")]


def test_nobody_reports_an_own_comment(article, reader):
    made = make_comment(article, reader.person)
    address = reverse("newsroom:comment_report", args=[article.pk, made.comment_id])
    assert client_of(reader).post(address, {"lane": "attack"}).status_code == 422
    assert not Report._base_manager.exists()


def test_new_words_are_tried_on_what_was_written(article, reader):
    make_comment(article, reader.person, text="食堂涨价了")
    make_comment(article, reader.person, text="写得好")
    with every_space(Reason.TEST):
        trial = try_words(1, ["涨 价"], Lane.OFF_TOPIC)
    assert (trial.looked, trial.hits, trial.shown) == (2, 1, 1)
    assert trial.examples == ((("食堂", ""), ("涨价", "off_topic"), ("了", "")),)


# ---- taking back ----------------------------------------------------------------------------------------


def test_who_takes_a_comment_back_leaves_no_words_behind(article, reader):
    make_word("笨蛋")
    shown, held = make_comment(article, reader.person), make_comment(article, reader.person, text="笨蛋")
    client = client_of(reader)
    for made in (shown, held, shown):
        client.post(reverse("newsroom:comment_take_back", args=[article.pk, made.comment_id]))
    assert set(Comment._base_manager.values_list("state", "text")) == {("taken_back", "")}
    assert Case._base_manager.get().text == ""
    assert tally(article) == (0, 0)
    with pytest.raises(NotFound), every_space(Reason.TEST):
        services.report_comment(person_id=0, article=article, comment_id=shown.comment_id, lane="attack")


def test_nobody_takes_back_what_somebody_else_wrote(article, reader):
    made = make_comment(article, make_person("王五"))
    address = reverse("newsroom:comment_take_back", args=[article.pk, made.comment_id])
    assert client_of(reader).post(address).status_code == 404
    assert tally(article) == (0, 1)


def test_a_decision_does_not_bring_back_what_was_taken_back(article, reader):
    made = make_comment(article, reader.person)
    with every_space(Reason.TEST):
        services.take_comment_back(person_id=reader.person_id, article=article, comment_id=made.comment_id)
        services.show_comment(space_id=1, object_id=made.comment_id, shown=True)
        services.answer_comment(space_id=1, object_id=made.comment_id, text="答")
    assert tally(article) == (0, 0)
    assert Comment._base_manager.values_list("state", "answer").get() == ("taken_back", "")


# ---- likes ----------------------------------------------------------------------------------------------


def test_a_like_counts_once_and_is_taken_back_once(article, reader):
    client, address = client_of(reader), reverse("newsroom:like", args=[article.pk])
    for _ in range(2):
        client.post(address, {"liked": "yes"})
    assert tally(article) == (1, 0)
    with every_space(Reason.TEST):
        assert counted(article, reader.person_id).liked
    for _ in range(2):
        client.post(address, {"liked": "no"})
    assert tally(article) == (0, 0)
    assert not Like._base_manager.exists()


# ---- whose it is ----------------------------------------------------------------------------------------


def test_comments_follow_the_article_a_foreign_reader_finds_none_of_them(reader):
    foreign = make_article(space_id=make_space("西南").pk, title="西南的事")
    made = make_comment(foreign, make_person("王五"))
    client = client_of(reader)
    for name, args in (
        ("comments", [foreign.pk]),
        ("comment_report", [foreign.pk, made.comment_id]),
        ("comment_take_back", [foreign.pk, made.comment_id]),
        ("like", [foreign.pk]),
    ):
        address = reverse(f"newsroom:{name}", args=args)
        assert client.post(address, {"text": "在吗", "liked": "yes", "lane": "attack"}).status_code == 404
    assert tally(foreign) == (0, 1)
    # A number of a foreign comment under an article of one's own finds nothing either.
    mine = make_article()
    assert client.get(reverse("newsroom:comment_report", args=[mine.pk, made.comment_id])).status_code == 404


def talks(asked) -> int:
    """Return how many of the questions are about comments, who wrote them, and their units."""
    tables = ("newsroom_comment", "newsroom_tally", "people_person", "people_unit")
    return sum(any(table in query["sql"] for table in tables) for query in asked)


def test_more_comments_cost_no_more_questions(article, reader):
    client, address = client_of(reader), reverse("newsroom:comments", args=[article.pk])
    make_comment(article, make_person("甲", unit=make_unit("一队")))
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for name in "乙丙丁":
        make_comment(article, make_person(name, unit=make_unit(f"{name}队")))
    with CaptureQueriesContext(connection) as four:
        client.get(address)
    # What the frame keeps for some seconds is left out: it may be asked for anew in between.
    assert talks(four) == talks(one) > 2


def test_older_comments_are_read_page_by_page(article, reader):
    writer = make_person("甲")
    for number in range(5):
        make_comment(article, writer, text=f"第{number}条")
    with use_scope(employee_scope(reader.membership)):
        first = list_comments(article, reader.person_id, size=3)
        second = list_comments(article, reader.person_id, before=first.next, size=3)
    texts = [row.comment.text for row in (*first.rows, *second.rows)]
    assert texts == [f"第{number}条" for number in (4, 3, 2, 1, 0)]
    assert second.next is None


def test_closing_an_account_takes_comments_and_likes_along(article, reader):
    make_comment(article, reader.person)
    with every_space(Reason.TEST):
        services.like_article(person_id=reader.person_id, article=article, liked=True)
    subject = Subject(reader.person_id, reader.pk)
    assert [len(sheet.rows) for sheet in said.collect(subject)] == [1, 1]
    assert said.erase(subject) == {"comments": 1, "likes": 1}
    assert tally(article) == (0, 0)
    assert seen(article, reader.person) == []
