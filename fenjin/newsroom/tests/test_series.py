"""Series and topics: their order, how far a person has read, what came since."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client

from fenjin.delivery.testing import make_message
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space, use_scope
from fenjin.newsroom import selectors, services
from fenjin.newsroom.models import SeriesPart
from fenjin.newsroom.testing import make_article, make_column, make_series
from fenjin.people.register import Subject, personal_data, retention
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.search.models import SearchEntry
from fenjin.spaces.access import employee_scope
from fenjin.spaces.testing import make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """A person of a company below the group, with an account."""
    root = make_unit("启明集团")
    unit = make_unit("华东分公司", root)
    make_space("华东", unit=unit)
    unit.refresh_from_db()
    return with_rights(make_account(make_person(unit=unit)))


@pytest.fixture
def phone(reader):
    client = Client()
    sign_in(client, reader)
    return client


@contextmanager
def at_once():
    """Have deferred walls looked at with each statement, not at the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield


def see(account, series):
    with use_scope(employee_scope(account.membership)):
        return selectors.get_series(account.membership, series.pk)


def read(phone, article):
    assert phone.get(f"/news/{article.pk}/").status_code == 200


def text(response):
    return response.content.decode().replace("<wbr>", "")


def test_a_series_keeps_its_order_whatever_is_moved_or_taken_out(reader):
    one, two, three = (make_article(title=title) for title in ("一", "二", "三"))
    series = make_series(one, two, three)

    def order():
        return [(part.number, part.article.title) for part in see(reader, series).parts]

    assert order() == [(1, "一"), (2, "二"), (3, "三")]
    with every_space(Reason.TEST):
        services.move_part(actor=None, series=series, article_id=three.pk, to=1)
        assert order() == [(1, "三"), (2, "一"), (3, "二")]
        services.remove_part(actor=None, series=series, article_id=one.pk)
        assert order() == [(1, "三"), (2, "二")]
        with pytest.raises(services.AlreadyThere):
            services.add_part(actor=None, series=series, article_id=two.pk)


def test_an_article_is_part_of_one_series_only_but_of_many_topics(reader):
    article = make_article()
    first = make_series(article)
    second = make_series(state="draft")
    with every_space(Reason.TEST), pytest.raises(services.InAnotherSeries):
        services.add_part(actor=None, series=second, article_id=article.pk)
    make_series(article, kind="topic")
    make_series(article, kind="topic")
    with every_space(Reason.TEST), pytest.raises(IntegrityError), transaction.atomic():
        SeriesPart.objects.create(space_id=1, series=second, kind="series", article=article, number=1)
    # Nor by saying in the part that the series was a topic.
    with every_space(Reason.TEST), pytest.raises(IntegrityError), at_once():
        SeriesPart.objects.create(space_id=1, series=second, kind="topic", article=article, number=1)
    assert see(reader, first).series == first


def test_how_far_i_have_read_and_what_came_since(reader, phone):
    now = clock.now()
    long_ago = now - timedelta(days=9)
    one, two = (make_article(title=title, first_published_at=long_ago) for title in ("第一篇", "第二篇"))
    series = make_series(one, two, planned=4)
    SeriesPart._base_manager.update(created_at=long_ago)
    with clock.pretend(now - timedelta(days=5)):
        read(phone, one)
        read(phone, one)
    view = see(reader, series)
    assert (view.read, view.fresh, view.next.number, view.to_come) == (1, 0, 2, 2)
    three = make_article(title="第三篇", first_published_at=long_ago)  # older, but put in since
    with every_space(Reason.TEST):
        services.add_part(actor=None, series=series, article_id=three.pk)
    view = see(reader, series)
    assert (view.read, view.fresh, view.next.number) == (1, 1, 2)
    page = text(phone.get(f"/news/series/{series.pk}/"))
    assert "自那以后新出了 1 期" in page
    assert "接着读第 2 期" in page
    assert "已读 1 / 3" in page
    assert "新内容" in text(phone.get("/news/series/"))


def test_looking_ahead_is_not_reading(reader, phone):
    article = make_article()
    series = make_series(article)
    phone.get(f"/news/{article.pk}/", headers={"Sec-Purpose": "prefetch"})
    phone.head(f"/news/{article.pk}/")
    assert see(reader, series).read == 0
    read(phone, article)
    assert see(reader, series).read == 1


def test_a_part_that_came_as_a_message_is_read_when_it_is_opened(reader, phone):
    one, two, alone = make_article(), make_article(), make_article()
    series = make_series(one, two)
    with every_space(Reason.TEST):
        unit = reader.person.posts.get().unit
    part, other = (make_message(unit, kind="article", content_id=article.pk) for article in (one, alone))
    phone.head(f"/messages/{part.pk}/")
    assert see(reader, series).read == 0
    for message in (part, other):
        assert phone.get(f"/messages/{message.pk}/").status_code == 200
    assert see(reader, series).read == 1
    services.forget_readings(person_id=reader.person_id)
    phone.get(f"/messages/{part.pk}/")
    assert see(reader, series).read == 1


def test_my_place_is_mine_alone_and_goes_when_i_say_so(reader, phone):
    article = make_article()
    series = make_series(article)
    read(phone, article)
    other = with_rights(make_account(make_person("别人", unit=make_unit("北方"))))
    assert see(other, series).read == 0
    phone.post(f"/news/series/{series.pk}/forget/")
    assert see(reader, series).read == 0


def test_what_is_kept_of_my_reading_is_exported_erased_and_ends(reader, phone):
    article = make_article()
    make_series(article, title="平安过冬")
    with clock.pretend(clock.now() - timedelta(days=400)):
        read(phone, article)
    part = next(part for part in personal_data() if part.key == "series")
    subject = Subject(reader.person_id, reader.pk)
    (sheet,) = part.collect(subject)
    assert sheet.rows[0][:2] == ("平安过冬", "1")
    old = retention("series")
    before = clock.now() - timedelta(days=old.default)
    assert old.due(before)[0] == 1
    assert old.purge(before) == 1
    read(phone, article)
    assert part.erase(subject) == {"series": 1}
    assert part.collect(subject)[0].rows == ()


def test_drafts_foreign_and_empty_series_are_the_same_404(reader, phone):
    elsewhere = make_space("西南")
    foreign = make_series(make_article(space_id=elsewhere.pk))
    draft = make_series(make_article(), state="draft")
    hidden = make_article(recipients_only=True)
    unreadable = make_series(hidden, title="只发给收件人")
    for series in (foreign, draft, unreadable):
        assert phone.get(f"/news/series/{series.pk}/").status_code == 404
        with pytest.raises(NotFound):
            see(reader, series)
    assert text(phone.get("/news/series/")).count("series-card") == 0
    with every_space(Reason.TEST):
        found = set(SearchEntry.objects.filter(kind="series").values_list("object_id", flat=True))
        assert found == {foreign.pk}, "a title tells of articles that not everybody may read"
        with pytest.raises(services.NothingInIt):
            services.set_state(actor=None, series=make_series(state="draft"), state="open")


def test_an_article_leads_to_the_parts_before_and_after(phone):
    one, two, three = (make_article(title=title) for title in ("上一篇", "这一篇", "下一篇"))
    make_series(one, two, three, title="平安过冬小课", planned=5)
    page = text(phone.get(f"/news/{two.pk}/"))
    assert "平安过冬小课" in page
    assert "2/5" in page
    assert page.index("下一篇") < page.index("上一篇")
    withdrawn = text(phone.get(f"/news/{three.pk}/"))
    assert "下一期正在写" in withdrawn
    with every_space(Reason.TEST):
        services.withdraw_article(actor=None, article=three)
    assert "下一篇" not in text(phone.get(f"/news/{two.pk}/"))


def test_the_list_of_news_is_cut_by_column(phone):
    column = make_column(name="一线故事")
    make_article(title="栏目里的", column=column)
    make_article(title="栏目外的")
    assert "栏目外的" in text(phone.get("/news/"))
    page = text(phone.get(f"/news/?column={column.pk}"))
    assert "栏目里的" in page
    assert "栏目外的" not in page
    assert phone.get("/news/?column=99999999").status_code == 200


def test_a_column_of_another_space_is_refused_by_the_database():
    column = make_column(space_id=make_space("西南").pk)
    with every_space(Reason.TEST), pytest.raises(IntegrityError), at_once():
        make_article(column=column)
