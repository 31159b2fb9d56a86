"""Lists ask as often for ten rows as for one, and never fetch a row's relations one by one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import FieldFetchBlocked
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from fenjin.delivery.testing import make_message, rule_of, sender
from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import add_part
from fenjin.newsroom.testing import make_answer, make_article, make_series
from fenjin.people.models import Post
from fenjin.people.testing import make_administrator, make_person, make_unit, sign_in
from tests.house.world import World, make_world


def more_articles(world: World) -> None:
    """Add an article with a cover to the space."""
    picture = make_picture(space_id=world.space.pk, actor=world.editor)
    make_article(space_id=world.space.pk, cover=picture, actor=world.editor)


def more_messages(world: World) -> None:
    """Send a message to the people of the unit."""
    with every_space(Reason.TEST):
        make_message(
            world.unit,
            actor=sender(space_id=world.space.pk),
            space_id=world.space.pk,
            rule=rule_of(world.unit),
        )


def more_people(world: World) -> None:
    """Add a person and a unit below."""
    with every_space(Reason.TEST):
        make_person(unit=make_unit(parent=world.unit))


def more_series(world: World) -> None:
    """Put an article more into the series, and begin another one; answer a question more."""
    first, second = (make_article(space_id=world.space.pk, actor=world.editor) for _place in range(2))
    with every_space(Reason.TEST):
        add_part(actor=world.editor, series=world.series, article_id=first.pk)
    make_series(second)
    make_answer(space_id=world.space.pk, article_id=first.pk)


# address → who asks, and what there is more of
LISTS: dict[str, tuple[str, Callable[[World], None]]] = {
    "/": ("account", more_articles),
    "/?messages": ("account", more_messages),
    "/news/": ("account", more_articles),
    "/inbox/": ("account", more_messages),
    "/search/?q=文章": ("account", more_articles),
    "/me/": ("account", more_messages),
    "/news/series/": ("account", more_series),
    "/news/answers/": ("account", more_series),
    "/studio/series/": ("editor", more_series),
    "/studio/answers/": ("editor", more_series),
    "/studio/articles/": ("editor", more_articles),
    "/studio/pictures/": ("editor", more_articles),
    "/studio/messages/": ("editor", more_messages),
    "/studio/people/": ("security", more_people),
    "/studio/audit/": ("audit", more_messages),
}


def queries(client: Client, address: str) -> int:
    """Return how many queries a page asks for once everything shared is warm."""
    assert client.get(address).status_code == 200, address
    counts = []
    for _ in range(2):  # what is kept for seconds may run out during one of them
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    return min(counts)


def growth(client: Client, address: str, world: World, add: Callable[[World], None]) -> list[int]:
    """Return the number of queries with one row more, and with ten."""
    add(world)
    one = queries(client, address)
    for _ in range(9):
        add(world)
    return [one, queries(client, address)]


def who(world: World, name: str) -> Any:
    """Return an account of the world, or an administrator."""
    return getattr(world, name) if hasattr(world, name) else make_administrator(name)


@pytest.mark.django_db
@pytest.mark.parametrize("address", LISTS)
def test_queries_do_not_grow_with_rows(address, client):
    name, add = LISTS[address]
    world = make_world("A")
    sign_in(client, who(world, name))
    one, ten = growth(client, address, world, add)
    assert ten <= one, f"{one} queries with one row, {ten} with ten"


@needs(SIGNED_IN)
def greedy(request: Any) -> HttpResponse:
    """List articles and ask for each one's space by itself: the mistake."""
    return HttpResponse("".join(article.space.name for article in Article.objects.fetch_mode(models.FETCH_ONE)))


urlpatterns = [path("greedy/", greedy, name="greedy"), path("", include("config.urls"))]


@pytest.mark.django_db
@pytest.mark.urls("tests.house.test_growth")
def test_a_list_that_asks_for_each_row_is_seen(client):
    world = make_world("A")
    sign_in(client, world.account)
    one, ten = growth(client, "/greedy/", world, more_articles)
    assert ten > one


@pytest.mark.django_db
def test_a_lazy_load_in_a_list_is_refused():
    assert settings.RAISE_ON_LAZY_LOADS
    make_world("A")
    with every_space(Reason.TEST):
        post = listing(Post.objects.all())[0]
        with pytest.raises(FieldFetchBlocked):
            _ = post.unit
        assert listing(Post.objects.select_related("unit"))[0].unit.name
