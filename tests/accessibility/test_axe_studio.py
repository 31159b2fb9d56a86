"""Every desk that somebody reaches, against WCAG 2.0–2.2 A and AA, by axe, on a screen of 1440 x 900.

Offices and roles come from the code, addresses from the resolver, their arguments from SAMPLE_URLS: a new desk
is walked without a line being added here. A page that several may open is looked at once, as the first of them.

`make test` looks at some pages of each sign-in, light and in Chinese; `make prove` at all, in dark and
English as well, and on a phone of 390 x 844 for what sticks out at the side.
"""

from itertools import product
from typing import Any

import pytest
from django.test import Client

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account
from fenjin.people.testing import make_account, make_administrator, make_person
from fenjin.people.testing import sign_in as give_session
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.testing import give_role, with_rights
from tests.accessibility.test_axe import faults
from tests.house.addresses import LEAVING, paths
from tests.house.world import World, make_world
from tests.isolation.rows import furnish_by_apps
from tests.journeys.phone import Watch
from tests.plugin import PROVE
from tests.studio.test_offices import OFFICES, at_work, rule_lets_in

LOOKS = list(product(("light", "dark"), ("zh-hans", "en"))) if PROVE else [("light", "zh-hans")]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SOME = 3  # pages of each sign-in that `make test` looks at, beside the start page
ALWAYS = {
    *("writing_desk:bring", "files:list", "newsroom_desk:release", "moderation_desk:queue", "newsroom_desk:terms"),
    *("articles:edit Article", "articles:history Article", "spaces_desk:space_log"),
}


def staff(world: World) -> dict[str, Account]:
    """Return one account of each office, and one of each role in the world's space."""
    found = {office: make_administrator(office) for office in OFFICES}
    for role in RoleGrant.Role.values:
        account = make_account(make_person(f"周{role}", unit=world.unit))
        give_role(
            account.person, role, space_id=world.space.pk, unit=world.unit if role == "unit_administrator" else None
        )
        found[str(role)] = account
    return found


def desks(world: World, everybody: dict[str, Account]) -> dict[str, dict[str, str]]:
    """Return, for each sign-in, name and path of what it may open and nobody before it could."""
    known = {name: path for name, path in paths(world).items() if path.startswith("/studio/") and name not in LEAVING}
    ours = {address.name: address for address in at_work()}
    rest, found = dict(known), {}
    for who, account in everybody.items():
        asker = with_rights(account)
        opened = [name for name in rest if name not in ours or rule_lets_in(ours[name], asker)]
        found[who] = {name: rest[name] for name in opened}
        for name in opened:
            if name in ours:  # what the library asks for is only known by asking: others try it too
                del rest[name]
    return found


def in_turn(opened: dict[str, str]) -> list[str]:
    """Return the paths to try: those of ALWAYS, then some spread over the whole, then the rest."""
    names = list(opened)
    spread = names[:: max(1, len(names) // SOME)]
    return [opened[name] for name in dict.fromkeys([*(name for name in names if name in ALWAYS), *spread, *names])]


def pages(client: Client, opened: dict[str, str], seen: set[str]) -> list[str]:
    """Return those that are whole pages: no files, parts, jumps or refusals; each once, and all only when proving."""
    most = len(opened) if PROVE else SOME + sum(name in ALWAYS and path not in seen for name, path in opened.items())
    found: list[str] = []
    for path in in_turn(opened):
        if path in seen or len(found) == most:
            continue
        answer = client.get(path)
        html = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
        if answer.status_code == 200 and html and b"<main" in answer.content:
            seen.add(path)
            found.append(path)
    return found


def look_at(page: Any, address: str) -> list[str]:
    """Return what is wrong with one desk."""
    page.set_viewport_size(WIDE)
    answer = page.goto(address)
    assert answer.status == 200, (address, answer.status)
    wrong: list[str] = faults(page, wide=1440)
    sizes = (WIDE, NARROW) if PROVE else (WIDE,)
    for size in sizes:
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{page.url} scrolls sideways at {size['width']}")
    return wrong


@pytest.mark.parametrize(("theme", "language"), LOOKS)
def test_axe_finds_nothing_on_any_desk(live_app, page, theme, language):
    world = make_world("华东石化")
    furnish_by_apps(world)
    everybody = staff(world)
    Account.objects.update(theme=theme, language=language)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    watch, wrong, seen, looked = Watch(page), [], set(), {}
    with every_space(Reason.TEST):
        reachable = desks(world, everybody)
    for who, account in everybody.items():
        client = Client()
        give_session(client, account)
        page.goto("about:blank")  # an editor left open would go on saving, as somebody who is signed out
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "fenjin", "value": client.cookies["fenjin"].value, "url": live_app.url}])
        looked[who] = ["/studio/", *pages(client, reachable[who], seen)]
        for address in looked[who]:
            wrong += look_at(page, address)
    assert not wrong, "\n".join(wrong)
    watch.nothing_went_wrong()
    assert all(len(looked[who]) > SOME // 2 for who in ("system", "security", "audit", "editor")), looked
