"""The space around each page: its colours, whom to call, the mark, the choice, and the rule in words."""

import gzip

import pytest

from fenjin.kit.access import Verdict
from fenjin.newsroom.home.blending import blended
from fenjin.people.testing import make_account, make_person, make_post, make_unit, sign_in
from fenjin.spaces import register
from fenjin.spaces.models import Space
from fenjin.spaces.ramp import ramp_of
from fenjin.spaces.register import HomeSection, Module
from fenjin.spaces.selectors import load_account
from fenjin.spaces.selectors.looks import forget_looks, with_module
from fenjin.spaces.testing import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    root = make_unit("启明集团")
    east, west = make_unit("华东公司", root), make_unit("西北公司", root)
    spaces = make_space("华东", unit=east), make_space("西北", unit=west)
    east.refresh_from_db()
    person = make_person("王海宁", unit=east, number="QM201234")
    sign_in(client, make_account(person))
    return person, spaces, west


def look(space, **fields):
    Space.objects.filter(pk=space.pk).update(**fields)
    forget_looks()


def sheet(page):
    return page.split('rel="stylesheet" href="')[1].split('"')[0]


def test_a_space_with_a_hue_has_one_sheet_with_everything(client, world):
    _person, (east, west), _unit = world
    assert sheet(client.get("/me/").text).startswith("/static/")
    look(east, hue=230, ramp=ramp_of(230))
    address = sheet(client.get("/me/").text)
    assert address.startswith(f"/skin/{east.pk}-")
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    css = gzip.decompress(answer.content).decode()
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert ".topbar" in css
    assert css.rindex(f"--zhu-600:{ramp_of(230)['light']['zhu-600']}") > css.index("#c2361b")
    assert client.get(address).content.decode() == css
    look(east, hue=140, ramp=ramp_of(140))
    assert sheet(client.get("/me/").text) != address
    assert client.get(address).headers["Cache-Control"] == "no-cache"
    # A page that was drawn while there was a hue must not stand naked when it has gone.
    for number in (west.pk, 10**9):
        plain = client.get(f"/skin/{number}-{'0' * 12}.css")
        assert (plain.status_code, plain.headers["Cache-Control"]) == (200, "no-cache")
        assert ".topbar" in plain.content.decode()
        assert "--zhu-600:" + ramp_of(140)["light"]["zhu-600"] not in plain.content.decode()


def test_whom_to_call_is_the_own_one_else_that_of_the_group(client, world):
    _person, (east, _west), _unit = world
    assert "tel:" not in client.get("/").text
    look(Space.objects.get(pk=1), contact_name="集团服务台", contact_phone="010-5555 0101")
    assert 'href="tel:01055550101"' in client.get("/").text
    look(east, contact_name="华东服务台", contact_phone="021-5555 0202")
    page = client.get("/").text
    assert "华东服务台" in page
    assert "集团服务台" not in page


def test_the_mark_says_name_and_last_four_digits_and_only_where_it_is_on(client, world):
    _person, (east, _west), _unit = world
    assert "watermark" not in client.get("/").text
    look(east, watermark=True)
    page = client.get("/").text
    assert "王海宁 1234" in page
    assert "QM201234" not in page


def test_with_posts_in_two_spaces_one_chooses_and_only_among_the_own(client, world):
    person, (_east, west), unit = world
    third = make_space("华南")
    assert "fj-sheet" not in client.get("/").text
    make_post(person, unit, main=False)
    page = client.get("/").text
    assert f'name="space" value="{west.pk}"' in page
    assert '<span class="name">华东</span>' in page
    assert client.post("/spaces/", {"space": west.pk}).url == "/"
    assert '<span class="name">西北</span>' in client.get("/").text
    for foreign in (third.pk, 1, "x", ""):
        assert client.post("/spaces/", {"space": foreign}).status_code == 404
    assert '<span class="name">西北</span>' in client.get("/").text
    assert client.get("/spaces/").status_code == 200


def test_who_has_left_a_space_no_longer_sees_what_was_chosen(client, world):
    person, (_east, west), unit = world
    post = make_post(person, unit, main=False)
    make_post(person, make_space("华南").root_unit, main=False)  # so that there is still a choice
    client.post("/spaces/", {"space": west.pk})
    type(post)._base_manager.filter(pk=post.pk).update(ended_on=post.started_on)
    assert '<span class="name">华东</span>' in client.get("/").text


@pytest.mark.parametrize(
    ("blend", "words"), [("both", "各至少两条"), ("own", "先排华东的新闻"), ("newest", "不分集团还是子平台")]
)
def test_the_rule_stands_in_words_on_a_page(client, world, blend, words):
    look(world[1][0], blend=blend)
    assert "/why/" in client.get("/").text
    assert words in client.get("/why/").text.replace("<wbr>", "")


@pytest.fixture
def feature(monkeypatch):
    """Let there be a feature that spaces switch on, with a part of the home page."""
    section = HomeSection("components/foot.html", lambda request: {"shell": {"contact": {"who": "点心时间"}}}, order=1)
    module = Module(key="tea", name="点心", home=(section,))
    monkeypatch.setitem(register._modules, "tea", module)
    forget_looks()
    yield module
    forget_looks()


def test_a_feature_is_drawn_and_opened_only_where_the_space_has_it(client, rf, world, feature):
    person, (east, _west), _unit = world
    request = rf.get("/tea/")
    request.user, request.session = load_account(person.account.pk), {}
    assert "点心时间" not in client.get("/").text
    assert with_module("tea").judge(request) is Verdict.NOT_FOUND
    look(east, modules=["tea"])
    assert "点心时间" in client.get("/").text
    request = rf.get("/tea/")
    request.user, request.session = load_account(person.account.pk), {}
    assert with_module("tea").judge(request) is Verdict.ALLOW
    look(east, hidden_sections=["tea"])
    assert "点心时间" not in client.get("/").text


class Story:
    """Just enough of an article to be put in order."""

    def __init__(self, pk, space_id):
        self.pk = self.first_published_at = pk
        self.space_id = space_id


@pytest.mark.parametrize(
    ("blend", "shown"),
    [("newest", [20, 19, 18, 17, 16]), ("both", [20, 19, 18, 2, 1]), ("own", [2, 1, 20, 19, 18])],
)
def test_few_own_news_are_not_washed_away_by_the_group(blend, shown):
    rows = [Story(pk, 1) for pk in range(10, 21)] + [Story(pk, 2) for pk in (1, 2)]

    def find(spaces, count):
        return sorted((row for row in rows if row.space_id in spaces), key=lambda row: -row.pk)[:count]

    assert [row.pk for row in blended(frozenset({1, 2}), 5, blend, find)] == shown
    assert [row.pk for row in blended(frozenset({1}), 5, blend, find)] == [20, 19, 18, 17, 16]


def test_own_news_leave_a_place_to_the_group():
    rows = {1: [Story(1, 1)], 2: [Story(pk, 2) for pk in range(9, 3, -1)]}

    def find(spaces, count):
        return [row for space in spaces for row in rows[space]][:count]

    assert [row.pk for row in blended(frozenset({1, 2}), 5, "own", find)] == [9, 8, 7, 6, 1]
