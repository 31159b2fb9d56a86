"""Guessing: slowed down from wherever it comes, and never a way to shut the owner out."""

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fenjin.kit.addresses import client_address, network_of
from fenjin.kit.errors import TooMany
from fenjin.people import services
from fenjin.people.models import Attempt
from fenjin.people.services import limiter
from fenjin.people.services.known_devices import COOKIE, device_cookie, known_device
from fenjin.people.services.sign_in import WrongSignIn
from fenjin.people.testing import PASSWORD, make_account, make_person

DOOR = "/sign-in/"
NUMBER = "00001234"


def guess(address, password="wrong one 123", cookie=""):  # noqa: S107 - wrong on purpose
    """Return whether a guess was judged at all."""
    try:
        services.check_sign_in(name=NUMBER, password=password, address=address, device_cookie=cookie)
    except WrongSignIn:
        return True
    except TooMany:
        return False
    return True


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(sources=list(range(41)) * 2, stolen_network=False)
@given(sources=st.lists(st.integers(0, 40), min_size=1, max_size=120), stolen_network=st.booleans())
def test_whatever_others_guess_the_owner_gets_in_on_the_own_device(account, sources, stolen_network):
    """Any sequence of addresses: no more than the limits are judged, and the owner's device is not stopped."""
    Attempt.objects.all().delete()
    cookie = device_cookie(account)
    judged = [source for source in sources if guess(f"10.0.0.{source}")]
    assert len(judged) <= limiter.TRIES["name"]
    assert max(judged.count(source) for source in set(sources)) <= limiter.TRIES["pair"]
    home = f"10.0.0.{sources[0]}" if stolen_network else "192.0.2.7"
    assert services.check_sign_in(name=NUMBER, password=PASSWORD, address=home, device_cookie=cookie) == account


def test_a_stolen_device_cookie_gives_ten_guesses_like_any_address(account):
    cookie = device_cookie(account)
    judged = [guess(f"10.0.1.{number}", cookie=cookie) for number in range(30)]
    assert sum(judged) == limiter.TRIES["device"]
    assert guess("10.0.2.1"), "the name itself is not shut by guesses under the cookie"


def test_the_cookie_of_one_account_does_nothing_for_another(account):
    other = make_account(make_person("李娜", number="00005678"))
    assert known_device(device_cookie(other), [account]) == ""
    assert known_device(device_cookie(account), [account]) != ""
    assert known_device(device_cookie(account)[:-2] + "xx", [account]) == ""
    assert known_device("x" * 5000, [account]) == ""


def test_signing_in_leaves_the_cookie_at_the_door_alone(client, account):
    response = client.post(DOOR, {"number": NUMBER, "password": PASSWORD})
    cookie = response.cookies[COOKIE]
    assert cookie["path"] == DOOR
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_wait_says_when_it_ends(client, account):
    for _try in range(limiter.TRIES["pair"] + 1):
        page = client.post(DOOR, {"number": NUMBER, "password": "wrong one 123"})
    assert page.status_code == 429
    assert f"{limiter.timezone.localtime(page.context['refusal'].until):%H:%M}" in page.text
    assert "15" in page.text


def test_one_customer_with_many_addresses_of_the_new_kind_counts_once(account):
    judged = [guess(f"2001:db8:1:2::{number:x}") for number in range(1, 30)]
    assert sum(judged) == limiter.TRIES["pair"]
    assert network_of("2001:db8:1:2::7") == "2001:db8:1:2::/64"
    assert network_of("10.0.0.1") == "10.0.0.1"


@pytest.mark.parametrize(
    ("seen", "forwarded", "proxies", "believed"),
    [
        ("203.0.113.9", "10.1.1.1", [], "203.0.113.9"),
        ("203.0.113.9", "10.1.1.1", ["10.0.0.5"], "203.0.113.9"),
        ("10.0.0.5", "198.51.100.4", ["10.0.0.5"], "198.51.100.4"),
        ("10.0.0.5", "1.1.1.1, 198.51.100.4", ["10.0.0.5"], "198.51.100.4"),
        ("10.0.0.5", "198.51.100.4, 10.0.0.6", ["10.0.0.0/8"], "198.51.100.4"),
        ("10.0.0.5", "nonsense, 10.0.0.6", ["10.0.0.0/8"], "10.0.0.6"),
        ("10.0.0.5", "", ["10.0.0.5"], "10.0.0.5"),
        ("10.0.0.5", "198.51.100.4:5566", ["10.0.0.5"], "198.51.100.4"),
        ("::1", "[2001:db8::7]:443", ["::1"], "2001:db8::7"),
        ("::ffff:10.0.0.5", "198.51.100.4", ["10.0.0.5"], "198.51.100.4"),
    ],
)
def test_only_own_proxies_are_believed(settings, seen, forwarded, proxies, believed):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=seen, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == believed


def test_behind_an_own_proxy_each_visitor_counts_alone(client, account, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    data = {"number": NUMBER, "password": "wrong one 123"}
    for _try in range(limiter.TRIES["pair"] + 1):
        page = client.post(DOOR, data, headers={"X-Forwarded-For": "198.51.100.4"})
    assert page.status_code == 429
    right = client.post(DOOR, data | {"password": PASSWORD}, headers={"X-Forwarded-For": "198.51.100.5"})
    assert right.status_code == 302
