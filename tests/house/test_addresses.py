"""Every address names its rule, and lets nobody in who has not signed in: the anonymous sweep."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from fenjin.kit.access import PUBLIC, SIGNED_IN, needs
from tests.house import addresses
from tests.house.addresses import Address, all_addresses, unguarded

# Pages that anybody may read, and why.
MAY_BE_PUBLIC = {
    "people:sign_in": "the door",
    "people:outside_begin": "sends the browser to another system's sign-in, if that is enabled",
    "people:outside_password": "the door for people of another system's directory",
    "people:outside_back": "takes the other system's answer, which proves itself",
    "people:outside_posted": "another site's form ends here: keeps what that system signed, signs nobody in",
    "people:outside_metadata": "describes our own addresses to the administrator of the other system",
    "people:outside_confirm": "asks who came from the other system whether it is they",
    "people:outside_leave": "sends the browser to the other system's way out",
    "people:claim": "the door of those who have no account yet",
    "people:claim_refuse": "whoever holds a code that names another person has no account",
    "people:account_taken": "the door of those whose account is in other hands",
    "people:password_lost": "the door of those who forgot the password",
    "people:password_reset": "the same; a code opens it",
    "people:password_strength": "judges what is typed, knows nobody",
    "people:privacy": "what is kept, for those who decide whether to sign in",
    "people:privacy_version": "what was said before, for those who agreed to it then",
    "people:privacy_changes": "what a new version changed",
    "people:sign_out": "answers the same to everybody",
    "shell:complaint": "the door for complaints stands on every page, also for those who cannot sign in",
    "shell:cover": "a drawing made from the address alone",
    "shell:skin": "colours; the sign-in page needs them too",
    "shell:healthz": "alive; says nothing else",
    "shell:readyz": "ready; says nothing of what is inside",
    "shell:robots": "tells robots to stay away",
    "shell:manifest": "name and icon for the home screen",
    "shell:favicon": "the icon",
}
# Places of libraries that answer somebody unknown, and why.
MAY_ANSWER = {
    "wagtailadmin_sprite": "icons",
    "wagtailadmin_javascript_catalog": "words of buttons",
}
EVERYTHING = all_addresses()


def test_every_address_has_a_rule_or_a_guard():
    assert len(EVERYTHING) > 150
    assert unguarded(EVERYTHING) == []


def test_what_is_public_is_so_on_purpose():
    public = {address.name for address in EVERYTHING if address.rules and PUBLIC in address.rules}
    assert public == set(MAY_BE_PUBLIC)


def test_names_are_unique_among_our_own():
    names = [address.name for address in addresses.ours(EVERYTHING)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def sweep(address: Address, method: str) -> str | None:
    """Ask for an address as nobody; return what is wrong with the answer, or None."""
    client = Client(raise_request_exception=False)
    response = getattr(client, method)(address.path)
    if address.name in MAY_BE_PUBLIC or address.name in MAY_ANSWER:
        return None if response.status_code < 500 or address.name == "shell:readyz" else f"{response.status_code}"
    if response.status_code in (403, 404, 405):
        return None
    doors = (reverse(settings.LOGIN_URL), reverse("people:confirm_identity"))
    if response.status_code == 302 and response["Location"].split("?")[0] in doors:
        return None
    if response.status_code in (301, 302) and response["Location"].startswith(("/studio/", "//")):
        return sweep_target(client, response["Location"])
    return f"{response.status_code} {response.headers.get('Location', '')}"


def sweep_target(client: Client, target: str) -> str | None:
    """Follow one redirect inside the studio: what it leads to must be closed."""
    response = client.get(target)
    return None if response.status_code in (302, 403, 404) else f"redirects to {target}: {response.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(method):
    wrong = {f"{address.name} {address.path}": sweep(address, method) for address in EVERYTHING}
    assert {name: fault for name, fault in wrong.items() if fault} == {}


# ---- the walk itself is seen to fail ----------------------------------------------------------------


def forgotten(request):
    return HttpResponse("shown")


forgotten_too = needs(SIGNED_IN)(lambda request: HttpResponse("shown"))
urlpatterns = [
    path("inner/", include(([path("<int:pk>/x/", forgotten, name="forgotten")], "inner"))),
    path("labelled/", forgotten_too, name="labelled"),
]


@pytest.mark.urls("tests.house.test_addresses")
def test_a_view_without_a_rule_is_seen():
    assert unguarded(all_addresses()) == ["inner:forgotten (/inner/<int:pk>/x/)"]


@pytest.mark.django_db
def test_an_open_view_is_seen(monkeypatch):
    address = next(address for address in EVERYTHING if address.name == "shell:me")
    assert sweep(address, "get") is None
    monkeypatch.setattr(address.view, "needs", (PUBLIC,))
    assert sweep(address, "get") is not None
