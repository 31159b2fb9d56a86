"""What an editor takes away comes back as it was: a series with its parts, a column with its articles, a word."""

from datetime import timedelta

import pytest
from django.db import connection

from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.newsroom import selectors, services
from fenjin.newsroom.models import Article, Column, PutAway, Series, SeriesPart, Term
from fenjin.newsroom.tasks import forget_old
from fenjin.newsroom.testing import make_article, make_column, make_editor, make_series, make_term
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.testing import make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_editor(GROUP_SPACE)


@pytest.fixture(autouse=True)
def everywhere():
    with every_space(Reason.TEST):
        yield


def readings(series_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM newsroom_seriesreading WHERE series_id = %s", [series_id])
        return cursor.fetchone()[0]


def test_a_series_comes_back_with_its_number_its_parts_and_what_people_had_read(client, editor):
    articles = [make_article(), make_article()]
    series = make_series(*articles, title="焊接讲堂")
    reader = with_rights(make_account(make_person()))
    services.note_reading(person_id=reader.person_id, series=series, article_id=articles[0].pk)
    sign_in(client, editor)
    client.post(f"/studio/series/{series.pk}/delete/")
    assert not Series.objects.exists()
    page = client.get("/studio/series/").text
    assert "焊接讲堂" in page
    assert "放回来" in page
    assert readings(series.pk) == 1
    answer = client.post(f"/studio/put-away/{PutAway.objects.get().pk}/")
    assert answer.url == f"/studio/series/{series.pk}/"
    again = Series.objects.get(pk=series.pk)
    assert (again.uid, again.title, again.state) == (series.uid, "焊接讲堂", "open")
    parts = SeriesPart.objects.filter(series=again).order_by("number").values_list("article", flat=True)
    assert list(parts) == [article.pk for article in articles]
    assert selectors.get_series(reader.membership, series.pk).fresh == 0
    assert not PutAway.objects.exists()


def test_a_part_that_stands_in_another_series_by_now_stays_there(editor):
    first, second = make_article(), make_article()
    series = make_series(first, second)
    kept = services.put_series_away(actor=editor, series=series)
    other = make_series(first)
    services.bring_back(actor=editor, pk=kept.pk)
    assert SeriesPart.objects.get(article=first).series_id == other.pk
    assert SeriesPart.objects.get(article=second).number == 1


def test_a_column_comes_back_with_its_articles_and_not_with_those_that_moved_on(editor):
    column, other = make_column(name="一线"), make_column(name="专栏")
    stays, moved = make_article(column=column), make_article(column=column)
    kept = services.put_column_away(actor=editor, column=column)
    Article.objects.filter(pk=moved.pk).update(column=other)
    services.bring_back(actor=editor, pk=kept.pk)
    assert Article.objects.get(pk=stays.pk).column == Column.objects.get(name="一线")
    assert Article.objects.get(pk=moved.pk).column == other


def test_a_word_comes_back_unless_it_is_explained_anew(editor):
    kept = services.put_term_away(actor=editor, term=make_term(word="受限空间"))
    make_term(word="受限空间", meaning="新的解释。")
    with pytest.raises(services.WordTaken):
        services.bring_back(actor=editor, pk=kept.pk)
    assert Term.objects.get().meaning == "新的解释。"


def test_nobody_of_another_space_brings_it_back(client, editor):
    kept = services.put_term_away(actor=editor, term=make_term())
    foreign = make_editor(make_space("华东").pk, name="华东编辑")
    with pytest.raises(NotFound):
        services.bring_back(actor=foreign, pk=kept.pk)
    sign_in(client, foreign)
    client.post(f"/studio/put-away/{kept.pk}/")
    assert PutAway.objects.filter(pk=kept.pk).exists()


def test_after_thirty_days_the_night_forgets_it_with_what_people_had_read(editor):
    article = make_article()
    series = make_series(article)
    services.note_reading(person_id=make_person().pk, series=series, article_id=article.pk)
    kept = services.put_series_away(actor=editor, series=series)
    forget_old(0)
    assert readings(kept.object_id) == 1
    with clock.pretend(clock.now() + timedelta(days=31)):
        with pytest.raises(services.NotThereAnyMore):
            services.bring_back(actor=editor, pk=kept.pk)
        forget_old(0)
    assert readings(kept.object_id) == 0
    assert not PutAway.objects.exists()


def test_the_night_forgets_sums_of_opens_after_ninety_days():
    article = make_article()
    for days in (0, 89, 91, 400):
        with clock.pretend(clock.now() - timedelta(days=days)):
            services.note_open(space_id=GROUP_SPACE, article_id=article.pk, reader_space_id=GROUP_SPACE)
    services.write_opens()
    forget_old(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(day) FROM newsroom_opencount WHERE article_id = %s", [article.pk])
        count, oldest = cursor.fetchone()
    assert count == 2
    assert oldest >= (clock.now() - timedelta(days=90)).date()
