"""The desk of series, columns, words and answers: what editors do there, and what others cannot."""

import pytest
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Answer, Article, Column, Series, SeriesPart, Term
from fenjin.newsroom.testing import make_answer, make_article, make_column, make_editor, make_series, make_term
from fenjin.people.testing import sign_in
from fenjin.spaces.testing import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("华东")


@pytest.fixture
def desk(space):
    client = Client()
    sign_in(client, make_editor(space.pk))
    return client


def text(response):
    return response.content.decode().replace("<wbr>", "")


def post(client, path, **fields):
    response = client.post(f"/studio/{path}", fields)
    assert response.status_code == 302, text(response)[-2000:]
    return response


def test_an_editor_makes_a_series_fills_it_orders_it_and_shows_it(space, desk):
    one, two = (make_article(space_id=space.pk, title=title) for title in ("甲", "乙"))
    post(desk, "series/new/", kind="series", title="平安过冬", planned="3")
    with every_space(Reason.TEST):
        series = Series.objects.get()
    assert (series.space_id, series.state, series.planned) == (space.pk, "draft", 3)
    where = f"series/{series.pk}/"
    refused = desk.post(f"/studio/{where}state/", {"state": "open"}, follow=True)
    assert "现在打开还是空的" in text(refused)
    for article in (one, two):
        post(desk, f"{where}part/", do="add", article=article.pk)
    post(desk, f"{where}part/", do="move", article=two.pk, to=1)
    post(desk, f"{where}state/", state="open")
    with every_space(Reason.TEST):
        assert list(SeriesPart.objects.order_by("number").values_list("article", flat=True)) == [two.pk, one.pk]
        assert Series.objects.get().state == "open"
    post(desk, where, title="平安过冬小课", lead="五分钟一课")
    post(desk, f"{where}part/", do="remove", article=two.pk)
    page = text(desk.get(f"/studio/{where}"))
    assert "平安过冬小课" in page
    assert "甲" in page
    assert AuditEvent.objects.filter(act="newsroom.series", target_id=series.pk).count() == 7
    post(desk, f"{where}delete/")
    with every_space(Reason.TEST):
        assert not Series.objects.exists()
        assert Article.objects.count() == 2


def test_what_could_become_a_part_leaves_out_other_series_and_other_spaces(space, desk):
    free = make_article(space_id=space.pk, title="还没有归入的")
    make_series(make_article(space_id=space.pk, title="在别的系列里"))
    make_article(title="集团的文章")
    series = make_series(space_id=space.pk, state="draft")
    page = text(desk.get(f"/studio/series/{series.pk}/"))
    assert free.title in page
    assert "在别的系列里" not in page
    assert "集团的文章" not in page
    assert (
        desk.post(f"/studio/series/{series.pk}/part/", {"do": "add", "article": make_article().pk}).status_code == 404
    )
    assert free.title not in text(desk.get(f"/studio/series/{series.pk}/?q=查无此文"))


def test_columns_are_opened_moved_renamed_and_closed(space, desk):
    post(desk, "columns/", name="安全")
    post(desk, "columns/", name="人物")
    assert desk.post("/studio/columns/", {"name": "安全"}).status_code == 422
    with every_space(Reason.TEST):
        safety, people = Column.objects.order_by("position")
        article = make_article(space_id=space.pk, column=safety)
    post(desk, f"columns/{people.pk}/move/", do="up")
    post(desk, f"columns/{people.pk}/", name="身边人")
    with every_space(Reason.TEST):
        assert [column.name for column in Column.objects.order_by("position")] == ["身边人", "安全"]
    post(desk, f"columns/{safety.pk}/move/", do="remove")
    with every_space(Reason.TEST):
        kept = Article.objects.get(pk=article.pk)
        assert kept.column is None
        assert kept.get_latest_revision_as_object().column is None


def test_words_are_explained_once(space, desk):
    post(desk, "words/new/", word="值长", meaning="一个班次的负责人", aliases="当班值长\n值班长")
    again = desk.post("/studio/words/new/", {"word": "值长", "meaning": "别的"})
    assert again.status_code == 422
    assert "这个名词已经有解释了" in text(again)
    with every_space(Reason.TEST):
        term = Term.objects.get()
    assert term.aliases == ["当班值长", "值班长"]
    assert "当班值长" in text(desk.get(f"/studio/words/{term.pk}/"))
    post(desk, f"words/{term.pk}/delete/")
    with every_space(Reason.TEST):
        assert not Term.objects.exists()


def test_an_answer_is_written_changed_and_replaced(space, desk):
    words = {"question": "几点开门？", "text": "八点。", "owner": "站长"}
    post(desk, "answers/new/", **words)
    again = desk.post("/studio/answers/new/", words | {"question": "几点开门"})
    assert again.status_code == 422
    assert "这个问题已经有回答了" in text(again)
    with every_space(Reason.TEST):
        old = Answer.objects.get()
    post(desk, f"answers/{old.pk}/", **(words | {"text": "八点半。"}))
    post(desk, f"answers/{old.pk}/?new", **(words | {"text": "七点。"}))
    with every_space(Reason.TEST):
        new = Answer.objects.get(replaced_by__isnull=True)
        assert (new.text, Answer.objects.get(pk=old.pk).text) == ("七点。", "八点半。")
    changed = desk.post(f"/studio/answers/{old.pk}/", words)
    assert changed.status_code == 422
    assert "请去改新的那一个" in text(changed)


def test_nothing_of_another_space_is_reached(desk):
    elsewhere = make_space("西南").pk
    series, column = make_series(space_id=elsewhere, state="draft"), make_column(space_id=elsewhere)
    term, answer = make_term(space_id=elsewhere), make_answer(space_id=elsewhere)
    for path in (f"series/{series.pk}/", f"columns/{column.pk}/", f"words/{term.pk}/", f"answers/{answer.pk}/"):
        assert desk.get(f"/studio/{path}").status_code == 404
        assert desk.post(f"/studio/{path}", {"title": "x"}).status_code == 404
    for path, fields in (
        (f"series/{series.pk}/state/", {"state": "open"}),
        (f"series/{series.pk}/delete/", {}),
        (f"columns/{column.pk}/move/", {"do": "remove"}),
        (f"words/{term.pk}/delete/", {}),
    ):
        assert desk.post(f"/studio/{path}", fields).status_code == 404
    made = desk.post("/studio/words/new/", {"word": "甲", "meaning": "乙", "space": elsewhere})
    assert made.status_code == 422
    for path in ("series/", "columns/", "words/", "answers/"):
        page = text(desk.get(f"/studio/{path}"))
        assert series.title not in page
        assert answer.question not in page
        assert term.word not in page


def test_a_posted_column_of_another_space_is_refused(space, desk):
    own, foreign = make_column(space_id=space.pk, name="自己的"), make_column(name="集团的")
    page = text(desk.get("/studio/articles/add/"))
    assert "自己的" in page
    assert "集团的" not in page
    fields = {"title": "标题", "readers": "everybody", "body-count": 0, "body_en-count": 0}
    desk.post("/studio/articles/add/", fields | {"column": foreign.pk})
    with every_space(Reason.TEST):
        assert not Article.objects.exists()
    desk.post("/studio/articles/add/", fields | {"column": own.pk})
    with every_space(Reason.TEST):
        assert Article.objects.get().column == own
