"""The start page of the studio: whose place it is, what comes first, and in which language."""

import pytest
from django.test import Client

from fenjin.people.testing import sign_in
from fenjin.spaces.models import Space
from fenjin.spaces.selectors.looks import forget_looks
from fenjin.spaces.testing import make_editor, make_space


@pytest.fixture
def editor(db):
    """Make a sub-platform with a mark and an English name, and a client of its editor."""
    space = make_space("华东石化公司")
    Space.objects.filter(pk=space.pk).update(seal="东", name_en="East China Petrochemical")
    forget_looks()
    client = Client()
    client.account = make_editor(space)
    sign_in(client, client.account)
    return client


def test_the_frame_carries_the_mark_of_the_place_of_work(editor):
    page = editor.get("/studio/").content.decode()
    brand = page.split('class="fj-brand"')[1].split("</div>")[0]
    assert ">东</span>华东石化公司" in brand


def test_somebody_who_works_in_several_places_sees_the_group_or_the_own(editor):
    both = Client()
    sign_in(both, make_editor(make_space("西山矿业"), make_space("南岭电力"), name="周两头"))
    brand = both.get("/studio/").content.decode().split('class="fj-brand"')[1].split("</div>")[0]
    assert "西山矿业" not in brand
    assert "南岭电力" not in brand


def test_the_english_page_says_the_english_name(editor):
    type(editor.account).objects.filter(pk=editor.account.pk).update(language="en")
    page = editor.get("/studio/").content.decode()
    assert "East China Petrochemical" in page
    assert "华东石化公司" not in page


def test_writing_stands_before_the_list_of_desks(editor):
    page = editor.get("/studio/").content.decode()
    assert page.index('href="/studio/articles/add/"') < page.index("start-desk")


def test_the_words_of_scripts_are_chinese_to_the_last(editor):
    words = editor.get("/studio/jsi18n/").content.decode()
    assert '"Insert a block": "\\u63d2\\u5165' in words  # ours
    assert '"Delete": "\\u5220\\u9664"' in words  # Wagtail's own
