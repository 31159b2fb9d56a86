"""Looking with the eyes of a unit: what its employees get, nothing beyond what the looker may see, and no trace."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.newsroom.services import write_opens
from fenjin.newsroom.testing import make_article, make_series
from fenjin.people.models import Unit
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.selectors.looks import forget_looks
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db
DESK, PAGE = "/studio/see-as/", "/studio/see-as/page/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    forget_looks()


@pytest.fixture
def place():
    """The group, two sub-platforms with a unit each, and an article of every kind."""
    group = make_unit("启明集团")
    spaces = [make_space(name, unit=make_unit(name, group)) for name in ("华东石化", "西北油田")]
    units = [make_unit("班组", Unit._base_manager.get(pk=space.root_unit_id)) for space in spaces]
    articles = {
        "group": make_article(title="集团新闻"),
        "east": make_article(title="华东新闻", space_id=spaces[0].pk, title_en="News of the east"),
        "west": make_article(title="西北新闻", space_id=spaces[1].pk),
        "draft": make_article(title="华东草稿", space_id=spaces[0].pk, publish=False),
        "named": make_article(title="只给收件人", space_id=spaces[0].pk, recipients_only=True),
    }
    return group, spaces, units, articles


def words(answer):
    return answer.content.decode().replace("<wbr>", "")


def titles(text):
    return {title for title in ("集团新闻", "华东新闻", "西北新闻", "华东草稿", "只给收件人") if title in text}


def test_an_editor_sees_the_home_page_of_an_own_unit(client, place):
    _group, spaces, units, _articles = place
    sign_in(client, make_editor(spaces[0]))
    answer = client.get(PAGE, {"unit": units[0].pk, "scale": "3", "theme": "dark", "page": "/"})
    assert titles(words(answer)) == {"集团新闻", "华东新闻"}
    assert 'data-theme="dark" data-scale="3"' in words(answer)
    english = client.get(PAGE, {"unit": units[0].pk, "language": "en", "page": "/news/"})
    assert "News of the east" in words(english)
    assert client.get(DESK, {"unit": units[0].pk}).status_code == 200
    assert titles(words(client.get(DESK))) == {"集团新闻", "华东新闻"}


def test_units_of_others_are_not_there(client, place):
    _group, spaces, units, _articles = place
    sign_in(client, make_editor(spaces[0]))
    for address in (DESK, PAGE):
        assert client.get(address, {"unit": units[1].pk}).status_code == 404
        assert client.get(address, {"unit": 987654}).status_code == 404
    assert "西北" not in words(client.get(DESK, {"q": "班组"}))


def test_an_editor_of_the_group_sees_no_news_of_a_sub_platform_and_is_told_so(client, place):
    _group, _spaces, units, articles = place
    sign_in(client, make_editor(1))
    assert titles(words(client.get(PAGE, {"unit": units[1].pk}))) == {"集团新闻"}
    assert "不参与这个子平台" in words(client.get(DESK, {"unit": units[1].pk}))
    answer = client.get(PAGE, {"unit": units[1].pk, "page": f"/news/{articles['west'].pk}/"})
    assert not titles(words(answer))


@pytest.mark.parametrize(("which", "there"), [("east", True), ("group", True), ("draft", False), ("named", False)])
def test_an_article_is_there_or_it_is_said_why_not(client, place, which, there):
    _group, spaces, units, articles = place
    sign_in(client, make_editor(spaces[0]))
    answer = client.get(PAGE, {"unit": units[0].pk, "page": f"/news/{articles[which].pk}/"})
    assert answer.status_code == 200
    assert (articles[which].title in words(answer)) is there
    assert ("这里没有" in words(answer)) is not there


def test_links_stay_in_the_preview_or_lead_nowhere(client, place):
    _group, spaces, units, articles = place
    sign_in(client, make_editor(spaces[0]))
    page = words(client.get(PAGE, {"unit": units[0].pk, "scale": "2"}))
    links = set(re.findall(r'<a\b[^>]*?\shref="([^"]*)"', page))
    assert links
    assert all(link.startswith(("#", PAGE)) for link in links), links
    onward = next(link for link in links if f"news%2F{articles['east'].pk}%2F" in link)
    assert "scale=2" in onward
    assert "华东新闻" in words(client.get(onward.replace("&amp;", "&")))


@pytest.mark.parametrize(
    "page", ["/me/", "/inbox/", "/search/?q=x", "/studio/", "/nowhere/", "//elsewhere/", "/messages/1/"]
)
def test_personal_pages_have_no_preview(client, place, page):
    _group, spaces, units, _articles = place
    sign_in(client, make_editor(spaces[0]))
    assert client.get(PAGE, {"unit": units[0].pk, "page": page}).status_code == 404


def rows():
    """Return how many rows each table has, with what waits in memory to be written."""
    write_opens()
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name != "people_session"]
        counted = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counted[name] = cursor.fetchone()[0]
        return counted


def test_looking_leaves_no_trace(client, place):
    _group, spaces, units, articles = place
    make_series(articles["east"])
    sign_in(client, make_editor(spaces[0]))
    client.get(DESK)
    before = rows()
    for page in ("/", "/news/", f"/news/{articles['east'].pk}/", f"/news/{articles['group'].pk}/"):
        assert client.get(PAGE, {"unit": units[0].pk, "page": page}).status_code == 200
    assert rows() == before


@needs(SIGNED_IN)
def careless(request):
    """A page that writes whenever it is drawn."""
    Unit._base_manager.filter(name="启明集团").update(name="改了名的")
    return HttpResponse("画好了")


urlpatterns = [path("careless/", careless, name="careless"), path("", include("config.urls"))]


@pytest.mark.urls("fenjin.shell.tests.test_seeing")
def test_what_a_page_writes_while_it_is_drawn_is_taken_back(client, place, monkeypatch):
    _group, spaces, units, _articles = place
    monkeypatch.setattr("fenjin.shell.seeing.PAGES", {"careless"})
    sign_in(client, make_editor(spaces[0]))
    assert "画好了" in words(client.get(PAGE, {"unit": units[0].pk, "page": "/careless/"}))
    assert not Unit._base_manager.filter(name="改了名的").exists()


def test_whoever_makes_no_pages_has_no_such_desk(client, place):
    sign_in(client, make_account(make_person("王芳", unit=place[2][0])))
    for address in (DESK, PAGE):
        assert client.get(address).status_code == 404
