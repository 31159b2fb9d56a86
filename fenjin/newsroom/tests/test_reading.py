"""Who reads an article, and where it must never appear."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client

from fenjin.delivery.testing import make_message, sender
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space, use_scope
from fenjin.media.services import withdraw_picture
from fenjin.media.testing import make_picture
from fenjin.newsroom import selectors
from fenjin.newsroom.access import can_read, readable
from fenjin.newsroom.home.news import forget_editions
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import ForeignPicture, WasPublished, delete_article, publish_article, withdraw_article
from fenjin.newsroom.testing import make_article, make_editor, part
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.search.selectors import search
from fenjin.spaces.access import employee_scope
from fenjin.spaces.testing import make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def company():
    """A group with a company that has its own sub-platform, and a person in it."""
    root = make_unit("启明集团")
    unit = make_unit("华东分公司", root)
    space = make_space("华东", unit=unit)
    unit.refresh_from_db()
    return unit, space


def member(unit):
    return with_rights(make_account(make_person(unit=unit)))


def client_of(account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def words(account, path: str) -> str:
    """Return a page as people read it: titles break between words by <wbr>."""
    return client_of(account).get(path).content.decode().replace("<wbr>", "")


def send(article, unit):
    return make_message(unit, actor=sender(), kind="article", content_id=article.pk, confirm=False)


def in_scope(account):
    return use_scope(employee_scope(account.membership))


def test_rule_for_one_and_rule_for_lists_say_the_same(company):
    unit, space = company
    other = make_space("西南")
    for space_id in (1, space.pk, other.pk):
        make_article(space_id=space_id)
        make_article(space_id=space_id, publish=False)
        make_article(space_id=space_id, recipients_only=True)
    people = [member(unit), member(make_unit("北方")), make_editor(space.pk), make_editor(1)]
    sent = make_article(space_id=1, recipients_only=True, title="发给华东")
    send(sent, unit)
    with every_space(Reason.TEST):
        articles = list(Article.objects.all())
        assert len(articles) == 10
        for account in people:
            one_by_one = {article.pk for article in articles if can_read(account.membership, article)}
            listed = set(Article.objects.filter(readable(account.membership)).values_list("pk", flat=True))
            assert one_by_one == listed
        assert sent.pk in set(Article.objects.filter(readable(people[0].membership)).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "make",
    [
        lambda space: make_article(space_id=space, publish=False, title="看不见的清凉活动"),
        lambda space: make_article(space_id=space, recipients_only=True, title="看不见的清凉活动"),
        lambda space: make_article(space_id=make_space("西南").pk, title="看不见的清凉活动"),
    ],
    ids=["draft", "recipients only", "foreign"],
)
def test_what_is_not_for_me_is_nowhere(make, company):
    unit, space = company
    article, account = make(space.pk), member(unit)
    client = client_of(account)
    absent = client.get("/news/99999999/")
    hidden = client.get(f"/news/{article.pk}/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content
    for path in ("/", "/news/", "/search/?q=清凉"):
        assert "看不见" not in words(account, path)
    with in_scope(account):
        assert search(person_id=account.person_id, text="清凉").rows == ()
        with pytest.raises(NotFound):
            selectors.get_article(account.membership, article.pk)


def test_recipients_read_and_find_what_was_sent_to_them(company):
    unit, _space = company
    picture = make_picture(space_id=1)
    article = make_article(recipients_only=True, title="送清凉名单", cover=picture)
    reader, stranger = member(unit), member(make_unit("北方"))
    send(article, unit)
    assert client_of(reader).get(f"/news/{article.pk}/").status_code == 200
    assert client_of(stranger).get(f"/news/{article.pk}/").status_code == 404
    assert "送清凉名单" in words(reader, "/news/")
    assert "送清凉名单" not in words(reader, "/").partition('class="news"')[2]  # shared by all: never in it
    with in_scope(reader):
        assert len(search(person_id=reader.person_id, text="清凉").rows) == 1
        assert search(person_id=stranger.person_id, text="清凉").rows == ()
    assert client_of(reader).get(f"/m/{picture.key.hex}/360.webp").status_code == 200
    assert client_of(stranger).get(f"/m/{picture.key.hex}/360.webp").status_code == 404


def test_withdrawn_article_is_gone_everywhere(company):
    unit, space = company
    article, account = make_article(space_id=space.pk, title="清凉"), member(unit)
    assert client_of(account).get(f"/news/{article.pk}/").status_code == 200
    with every_space(Reason.TEST):
        withdraw_article(actor=make_editor(space.pk), article=Article.objects.get(pk=article.pk))
    assert client_of(account).get(f"/news/{article.pk}/").status_code == 404
    with in_scope(account):
        assert search(person_id=account.person_id, text="清凉").rows == ()


def test_nothing_that_was_read_is_deleted():
    draft, published = make_article(publish=False), make_article()
    with every_space(Reason.TEST):
        delete_article(actor=None, article=draft)
        with pytest.raises(WasPublished):
            delete_article(actor=None, article=published)


def test_a_foreign_picture_stops_a_publication(company):
    _unit, space = company
    foreign = make_picture(space_id=make_space("西南").pk)
    article = make_article(
        space_id=space.pk, publish=False, body=[part("picture", {"picture": foreign.pk, "caption": "", "alt": ""})]
    )
    with every_space(Reason.TEST), pytest.raises(ForeignPicture):
        publish_article(actor=None, article=article)


def test_the_database_itself_refuses_a_foreign_cover(company):
    _unit, space = company
    foreign = make_picture(space_id=make_space("西南").pk)
    article = make_article(space_id=space.pk)
    rows = Article._base_manager.filter(pk=article.pk)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for said in (foreign.space_id, space.pk, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(cover_id=foreign.pk, cover_space=said)


def test_english_and_what_is_said_where_it_is_missing(company):
    unit, _space = company
    both = make_article(
        title="中文题", title_en="English title", lead_en="Short", body_en=[part("text", "<p>Words</p>")]
    )
    chinese = make_article(title="只有中文")
    client = client_of(member(unit))
    page = client.get(f"/news/{both.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "English title" in page.replace("<wbr>", "")
    assert "Words" in page
    page = client.get(f"/news/{chinese.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "只有" in page
    assert "not there in English" in page


def test_pages_of_the_list(company):
    unit, _space = company
    for number in range(14):
        make_article(title=f"第{number}篇")
    client = client_of(member(unit))
    first = client.get("/news/").content.decode()
    assert "?from=12" in first
    assert client.get("/news/?from=12").content.decode().count('class="story"') == 2
    assert client.get("/news/?from=x").status_code == 200


def test_frozen_article_holds_all_that_a_reader_needs(company):
    _unit, space = company
    picture = make_picture(space_id=space.pk, description="塔吊")
    body = [part("heading", "一、<先断电>"), part("picture", {"picture": picture.pk, "caption": "图下", "alt": ""})]
    article = make_article(space_id=space.pk, body=body, lead="导语")
    with every_space(Reason.TEST):
        frozen = selectors.freeze(article.pk)
        assert f"/m/{picture.key.hex}/720.webp" in frozen.html
        assert "&lt;" in frozen.html
        assert frozen.assets == (picture.key.hex,)
        assert frozen.text.startswith("导语")
        with pytest.raises(selectors.NotPublished):
            selectors.freeze(make_article(publish=False).pk)


def test_home_shows_a_publication_a_withdrawal_and_a_withdrawn_picture_at_the_next_edition(company):
    unit, space = company
    account = member(unit)

    def home() -> str:
        forget_editions()  # as two seconds do
        return words(account, "/")

    assert "新开的加氢站" not in home()
    with every_space(Reason.TEST):
        picture = make_picture(space_id=space.pk)
        new = make_article(space_id=space.pk, title="新开的加氢站", cover=picture)
        assert "新开的加氢站" in home()
        assert picture.key.hex in home()
        withdraw_picture(actor=make_editor(space.pk), picture=picture)
        assert picture.key.hex not in home()
        withdraw_article(actor=make_editor(space.pk), article=new)
    assert "新开的加氢站" not in home()
