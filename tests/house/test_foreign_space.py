"""People of one space ask for everything of another: no marker in any answer, and nothing changes."""

from contextlib import suppress
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.newsroom.testing import make_article
from fenjin.people.testing import sign_in
from fenjin.spaces.register import opened_namespaces
from tests.house import addresses
from tests.house.addresses import Address, all_addresses
from tests.house.world import MARKER, World, fingerprint, make_world, mark

# Addresses that end the session of whoever asks.
LEAVING = {"people:sign_out", "wagtailadmin_logout"}


@pytest.fixture
def worlds(db: None) -> tuple[World, World]:
    """Give the space that is asked for, and the one whose people ask."""
    theirs, ours = make_world("A"), make_world("B")
    with every_space(Reason.TEST):
        assert mark(theirs.space.pk) > 10
        type(theirs.person).objects.filter(pk__in=[theirs.person.pk, theirs.editor.person_id]).update(name=MARKER)
        type(theirs.space).objects.filter(pk=theirs.space.pk).update(name=MARKER)
    return theirs, ours


def paths(world: World) -> dict[str, str]:
    """Return every address that could show a row, for the rows of a world; those without a sample are left out."""
    known = addresses.samples()
    found = {}
    for address in all_addresses():
        if address.name in LEAVING:
            continue
        if address.rules is not None:
            with suppress(KeyError):
                found[address.name] = addresses.build(address, world, known)
        elif _is_opened(address):
            found |= _library_paths(address, world)
    return found


def _is_opened(address: Address) -> bool:
    return any(address.name.startswith(f"{namespace}:") for namespace in opened_namespaces())


def _library_paths(address: Address, world: World) -> dict[str, str]:
    """Return an address of Wagtail's for the world's rows: every argument that is a number becomes theirs."""
    found = {}
    for row in (world.article, world.picture):
        revision = getattr(row, "latest_revision_id", None) or 1
        values = {name: str(revision) if "revision" in name else str(row.pk) for name in address.arguments}
        try:
            found[f"{address.name} {type(row).__name__}"] = reverse(address.name, kwargs=values)
        except NoReverseMatch:
            found[f"{address.name} {type(row).__name__}"] = address.path
    return found


def leaks(client: Client, asked: dict[str, str], world: World) -> dict[str, str]:
    """Ask for every address by GET and POST; return those that break or show the marker."""
    payload = {
        "space": world.space.pk,
        "unit": world.unit.pk,
        "person": world.person.pk,
        "picture": world.picture.pk,
        "article": world.article.pk,
        "content": f"article:{world.article.pk}",
        "body-count": 0,
        "body_en-count": 0,
        "q": "a",
    }
    wrong = {}
    for name, where in asked.items():
        for method in ("get", "post"):
            response = getattr(client, method)(where, payload if method == "post" else {})
            if response.status_code >= 500 and name != "shell:readyz":
                wrong[f"{method} {name}"] = f"{where}: {response.status_code}"
            elif MARKER in body_of(response):
                wrong[f"{method} {name}"] = f"{where}: shows {MARKER}"
    return wrong


def body_of(response: Any) -> str:
    """Return what a response says, also a streamed one, and where it leads."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace") + response.headers.get("Location", "")


@pytest.mark.parametrize("who", ["employee", "editor"])
def test_nothing_of_a_foreign_space_is_shown_or_changed(worlds, who):
    theirs, ours = worlds
    asked = paths(theirs)
    asker = ours.account if who == "employee" else ours.editor
    before = fingerprint(theirs.space.pk, asker.pk)
    client = Client(raise_request_exception=False)
    sign_in(client, asker)
    wrong = leaks(client, asked, theirs)
    assert wrong == {}
    after = fingerprint(theirs.space.pk, asker.pk)
    assert [table for table, rows in after.items() if rows != before[table]] == []


def test_every_address_of_ours_has_a_sample():
    known = addresses.samples()
    needing = [address for address in addresses.ours(all_addresses()) if address.arguments]
    assert [address.name for address in needing if address.name not in known] == []


def test_no_sample_outlives_its_address():
    names = {address.name for address in all_addresses()}
    assert sorted(addresses.samples().keys() - names) == []


def test_the_people_of_the_space_do_see_it(worlds):
    """The control: the same walk by an employee of the space finds the marker where it should be."""
    theirs, _ours = worlds
    client = Client(raise_request_exception=False)
    sign_in(client, theirs.account)
    seen = {name for name, where in paths(theirs).items() if MARKER in body_of(client.get(where))}
    assert seen >= {"newsroom:article", "delivery:message"}


@needs(SIGNED_IN)
def careless(request: Any) -> HttpResponse:
    with every_space(Reason.TEST):
        return HttpResponse(str(list(Article.objects.values_list("title", flat=True))))


urlpatterns = [path("careless/", careless, name="careless"), path("", include("config.urls"))]


@pytest.mark.urls("tests.house.test_foreign_space")
def test_a_view_that_leaves_the_scope_is_seen(worlds):
    theirs, ours = worlds
    client = Client(raise_request_exception=False)
    sign_in(client, ours.account)
    assert leaks(client, {"careless": "/careless/"}, theirs).keys() == {"get careless", "post careless"}


def test_a_changed_row_is_seen(worlds):
    theirs, _ours = worlds
    before = fingerprint(theirs.space.pk, 0)
    make_article(space_id=theirs.space.pk)
    assert fingerprint(theirs.space.pk, 0) != before


def test_an_address_without_a_sample_is_seen(worlds):
    address = next(address for address in all_addresses() if address.name == "newsroom:article")
    with pytest.raises(KeyError, match="SAMPLE_URLS"):
        addresses.build(address, worlds[0], {})
