"""What is open to everybody: health, readiness, covers, and what browsers ask for."""

import json

import pytest
from django.db import DatabaseError

from fenjin.shell import selectors


def test_healthz_needs_no_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_names_what_is_missing(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "checks": {"database": True, "migrations": True, "workers": False}}


@pytest.mark.django_db
def test_readyz_is_well_when_a_worker_was_seen(client, monkeypatch):
    monkeypatch.setattr(selectors, "_worker_is_there", lambda: True)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_so_when_the_database_is_away(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(selectors, "_is_migrated", away)
    assert client.get("/readyz").json()["checks"]["database"] is False


def test_a_cover_is_the_same_for_the_same_seed_and_kept_for_good(client):
    first, second = client.get("/covers/a7.svg"), client.get("/covers/a7.svg")
    assert first.content == second.content
    assert first.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in first.headers["Cache-Control"]
    assert client.get("/covers/a8.svg").content != first.content


@pytest.mark.django_db
def test_a_seed_is_never_markup(client):
    assert client.get("/covers/%3Cscript%3E.svg").status_code == 404


def test_search_engines_are_asked_to_stay_away(client):
    assert b"Disallow: /" in client.get("/robots.txt").content


def test_the_manifest_names_the_seal(client):
    words = json.loads(client.get("/manifest.webmanifest").content)
    assert words["start_url"] == "/"
    assert words["icons"][0]["src"].startswith("/static/")


def test_the_old_icon_address_leads_to_the_seal(client):
    assert client.get("/favicon.ico").status_code == 302
