"""The studio's menu: few groups in the user's words, with what one may open and nothing else."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from fenjin.kit.studio import Group, GroupMenuItem, arrange, fold, place_of, unfold
from fenjin.people.testing import make_administrator, sign_in
from fenjin.shell.menu import MENU
from fenjin.spaces.testing import make_editor, make_space

WAGTAILS_OWN = {"explorer", "images", "documents", "reports", "settings", "help", "snippets"}


def menu_of(account):
    """Return the menu that the browser of an account draws: (name, names inside) for each entry."""
    client = Client()
    sign_in(client, account)
    page = client.get("/studio/").text
    props = json.loads(re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.S)[1])
    main = next(module for module in props["modules"] if module["_type"] == "wagtail.sidebar.MainMenuModule")
    return [
        (entry["_args"][0]["name"], [inner["_args"][0]["name"] for inner in (entry["_args"][1:] or [[]])[0]])
        for entry in main["_args"][0]
    ]


@pytest.mark.django_db
def test_each_sees_the_groups_with_something_in_them_and_what_is_alone_as_itself():
    editor = dict(menu_of(make_editor(make_space("华东石化公司"))))
    assert list(editor)[:2] == ["group-writing", "group-messages"]
    assert editor["group-writing"][:2] == ["articles", "writing_desk-bring"]
    assert editor["group-messages"][0] == "delivery_desk-compose"
    assert "group-people" not in editor
    audit = menu_of(make_administrator("audit"))
    assert audit == [
        ("people_desk-administrators", []),
        ("group-records", ["audit_desk-events", "audit_desk-doors", "audit_desk-verify"]),
        ("people-second_factor", []),
    ]
    system = dict(menu_of(make_administrator("system")))
    for menu in (editor, dict(audit), system):
        assert len(menu) <= 8
        assert all(len(inside) > 1 for name, inside in menu.items() if name.startswith("group-"))


@pytest.mark.django_db
def test_the_start_page_shows_many_desks_by_group_and_few_without_headings():
    client = Client()
    sign_in(client, make_editor(make_space("西山矿业")))
    page = client.get("/studio/").text
    assert page.count('class="start-group"') >= 2
    client = Client()
    sign_in(client, make_administrator("audit"))
    assert 'class="start-group"' not in client.get("/studio/").text


@pytest.fixture
def entries():
    """Return all entries that were signed; those of Wagtail's viewsets are, once the addresses have been read."""
    reverse("articles:list")
    return admin_menu.registered_menu_items


def test_every_desk_has_its_place_and_every_place_its_desk(entries):
    registered = {entry.name for entry in entries} - WAGTAILS_OWN
    placed = {desk.replace(":", "-") for group in MENU for desk in group.desks}
    assert registered - placed == set(), "name the new desk in fenjin/shell/menu.py"
    assert placed - registered == set()


def test_a_desk_that_nobody_placed_stands_at_the_end_and_an_old_one_is_not_lost(entries):
    audit = [entry for entry in entries if entry.name.startswith("audit_desk")]
    try:
        arrange([Group("few", "Few", "key", ("audit_desk:verify", "audit_desk:doors"))])
        assert place_of("audit_desk-events") > place_of("audit_desk-doors")
        grouped, alone = fold(audit)
        assert isinstance(grouped, GroupMenuItem)
        assert [desk.name for desk in unfold([grouped, alone])] == [
            "audit_desk-verify",
            "audit_desk-doors",
            "audit_desk-events",
        ]
    finally:
        arrange(MENU)
