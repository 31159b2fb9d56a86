"""What a space has switched off is gone there: every address, every link, the search, the desks; and comes back whole.

The addresses are not listed here: they are those whose rule asks for the feature, so a new one is asked too.
"""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from fenjin.kit.scope import GROUP_SPACE
from fenjin.moderation.register import kind_of
from fenjin.newsroom import testing as newsroom
from fenjin.newsroom.models import Answer, Comment, Series, Term
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.quiz import testing as quiz
from fenjin.spaces.models import Space
from fenjin.spaces.register import modules, optional_modules
from fenjin.spaces.selectors.looks import forget_looks
from fenjin.spaces.testing import give_role, make_space
from tests.house.addresses import Address, all_addresses

pytestmark = pytest.mark.django_db
PAGES = ("/", "/news/", "/search/?q=焊接", "/me/")


def addresses_of(key: str) -> list[Address]:
    """Return every address whose rule asks for the feature: by its name, or by a right that it brings."""
    module = next(module for module in modules() if module.key == key)
    names = {f"employee with {key}"}.union(*module.permissions.values(), *module.own.values())
    return [one for one in all_addresses() if any(rule.name in names for rule in one.rules or ())]


@pytest.fixture
def world(client):
    unit = make_unit("华东公司", make_unit("启明集团"))
    space = make_space("华东", unit=unit)
    unit.refresh_from_db()
    person = make_person("王海宁", unit=unit)
    for role in ("editor", "publisher", "moderator"):
        give_role(person, role, space_id=space.pk)
    article = newsroom.make_article(title="焊接三问", space_id=space.pk)
    account = make_account(person)
    made = SimpleNamespace(
        person=person,
        editor=account,
        space=space,
        article=article,
        series=newsroom.make_series(article, title="焊接讲堂"),
        answer=newsroom.make_answer(space_id=space.pk, question="焊接要什么证？"),
        term=newsroom.make_term(space_id=space.pk, word="断电"),
        column=newsroom.make_column(space_id=space.pk),
    )
    newsroom.make_comment(article, make_person())
    sign_in(client, account)
    return made


def switch(space_id, *, off=()):
    Space.objects.filter(pk=space_id).update(modules=[key for key in optional_modules() if key not in off])
    forget_looks()


def path_of(address, world):
    samples = newsroom.SAMPLE_URLS | quiz.SAMPLE_URLS | {"newsroom_desk:answer": lambda world: {"pk": world.answer.pk}}
    return reverse(address.name, kwargs=samples[address.name](world) if address.name in samples else {})


def links(client, path):
    return re.findall(r'(?:href|action)="([^"#?]+)', client.get(path).text)


def rows():
    return [model._base_manager.count() for model in (Series, Answer, Term, Comment)]


@pytest.mark.parametrize("key", optional_modules())
def test_a_feature_that_is_off_is_gone_from_its_space_and_comes_back_whole(client, world, key):
    asked = addresses_of(key)
    assert asked, "a feature that can be switched off has addresses that ask for it"
    paths = {address.name: path_of(address, world) for address in asked}
    before = rows()
    assert {name for name, path in paths.items() if client.get(path).status_code == 404} <= LEAVE
    switch(world.space.pk, off=[key])
    for name, path in paths.items():
        assert client.get(path).status_code == 404, name
        assert client.post(path).status_code == 404, name
    for page in (*PAGES, f"/news/{world.article.pk}/", "/studio/", "/studio/columns/"):
        found = links(client, page)
        assert found, page
        assert not set(found) & set(paths.values()), page
    assert rows() == before
    switch(world.space.pk)
    assert {name for name, path in paths.items() if client.get(path).status_code == 404} <= LEAVE


LEAVE: set[str] = set()  # addresses whose sample is not there for the one who asks, even with the feature on


@pytest.mark.parametrize(("key", "words"), [("series", "焊接讲堂"), ("answers", "焊接要什么证")])
def test_the_search_does_not_find_what_is_off(client, world, key, words):
    assert words in re.sub("</?mark>|<wbr>", "", client.get(f"/search/?q={words}").text.split("<main", 1)[1])
    switch(world.space.pk, off=[key])
    hits = client.get(f"/search/?q={words}").context.get("hits")
    assert not [hit for hit in hits if words in re.sub("<.*?>", "", str(hit.title))]
    switch(world.space.pk)
    assert client.get(f"/search/?q={words}").context["hits"]


@pytest.mark.parametrize("key", optional_modules())
def test_what_its_own_space_has_switched_off_nobody_sees_elsewhere(client, world, key):
    article = newsroom.make_article(title="集团焊接", space_id=GROUP_SPACE)
    theirs = SimpleNamespace(
        article=article,
        person=world.person,
        series=newsroom.make_series(article),
        answer=newsroom.make_answer(question="集团的问题？"),
    )
    paths = {
        "series": f"/news/series/{theirs.series.pk}/",
        "answers": f"/news/answers/{theirs.answer.pk}/",
        "talk": f"/news/{article.pk}/comments/",
    }
    if key not in paths:
        return
    assert client.get(paths[key]).status_code == 200
    switch(GROUP_SPACE, off=[key])
    assert client.get(paths[key]).status_code == 404
    assert paths[key] not in links(client, f"/news/{article.pk}/")


def test_words_are_explained_only_where_that_is_on(client, world):
    page = f"/news/{world.article.pk}/"
    assert "一种作业。" in client.get(page).text
    switch(world.space.pk, off=["glossary"])
    assert "一种作业。" not in client.get(page).text


def test_the_desk_of_comments_stays_while_something_is_to_be_decided(client, world, monkeypatch):
    monkeypatch.setattr("fenjin.moderation.register._kinds", {"comment": kind_of("comment")})
    assert reverse("moderation_desk:queue") in links(client, "/studio/")
    switch(world.space.pk, off=["talk"])
    assert reverse("moderation_desk:queue") not in links(client, "/studio/")
    assert client.get(reverse("moderation_desk:queue")).status_code == 200
