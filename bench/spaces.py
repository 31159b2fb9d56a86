"""`fenjin bench spaces`: what sub-platforms cost: queries of pages with one and with 116 of them, CPU of a switch.

Measured on a scratch installation without the demo. Every sub-platform has an article, a hue and a contact
of its own; the guests of the switch have posts in two of them. SPACES makes it smaller.
"""

import http.client
import os
import time
from datetime import date
from typing import Any

from bench.house import become_part_of, queries_of
from bench.installation import Installation, Load, scratch
from bench.visitors import Visitor, invite
from fenjin.kit.runtime.problem import Problem

SPACES = int(os.environ.get("SPACES", "116"))
GUESTS, WARM_UP = 300, 20
SECRET = "b" * 32  # one value for cookie and header, as the form's own field would carry it


def run() -> dict[str, Any]:
    """Measure and return the figures; raises Problem when something could not be measured."""
    with scratch() as house:
        load = Load()
        house.start("--no-demo")
        become_part_of(house)
        units, guest = _first()
        figures: dict[str, Any] = {"home_queries_1": queries_of(guest, "/")}
        began = time.monotonic()
        spaces = _open(units[1:])
        figures["open_rest_s"] = round(time.monotonic() - began, 2)
        figures["home_queries_116"] = queries_of(guest, "/")
        figures["settings_queries"] = _settings_queries(spaces[-1])
        figures |= _switches(house, units)
        figures["foreign_cores"] = round(load.foreign_cores(house.cpu_seconds()), 2)
    return figures


def _first() -> tuple[list[Any], Visitor]:
    """Build a group with 116 companies, open the first as a sub-platform, and return them with one of its people."""
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.testing import make_person, make_unit

    with every_space(Reason.COMMAND):
        root = make_unit("启明集团")
        units = [make_unit(f"第{number}分公司", parent=root) for number in range(SPACES)]
        _open(units[:1])
        units[0].refresh_from_db()
        person = make_person("王海宁", unit=units[0])
    return units, invite([person.pk])[0]


def _open(units: list[Any]) -> list[Any]:
    """Open a sub-platform on each unit, set it up, publish an article in it; by the services, as people would."""
    from fenjin.kit.scope import Reason, every_space
    from fenjin.newsroom.testing import make_article
    from fenjin.people.selectors.accounts import list_administrators
    from fenjin.spaces.selectors import load_account
    from fenjin.spaces.services import change_space, open_space

    system = load_account(next(row.account_id for row in list_administrators() if row.office == "system"))
    found = []
    with every_space(Reason.COMMAND):
        for number, unit in enumerate(units):
            space = open_space(actor=system, unit_id=unit.pk, name=unit.name)
            change_space(
                actor=system, space_id=space.pk, seen=space.revision, hue=number * 31 % 360, contact_name="服务台"
            )
            make_article(space_id=space.pk, title=f"{unit.name}的消息")
            found.append(space)
    return found


def _settings_queries(space: Any) -> int:
    """Count the queries of the settings desk of one sub-platform, for an editor of it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from fenjin.people.testing import sign_in
    from fenjin.spaces.testing import make_editor

    client, url = Client(headers={"host": "127.0.0.1"}), f"/studio/settings/{space.pk}/"
    sign_in(client, make_editor(space))
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    if response.status_code != 200:
        raise Problem(f"{url} answered {response.status_code}.")
    return len(asked.captured_queries)


def _switches(house: Installation, units: list[Any]) -> dict[str, Any]:
    """Let people with posts in two sub-platforms switch and look at home; return the CPU of both pages together."""
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.models import Post
    from fenjin.people.testing import make_person

    guests: list[tuple[int, int]] = []
    with every_space(Reason.COMMAND):
        for unit in units:
            unit.refresh_from_db()
        for number in range(GUESTS + WARM_UP):
            own, other = units[number % SPACES], units[(number + 1) % SPACES]
            person = make_person("王海宁", unit=own)
            Post.objects.create(
                space_id=other.space_id,
                person=person,
                unit=other,
                main=False,
                started_on=date(2025, 1, 1),
                pos=other.lft,
            )
            guests.append((person.pk, other.space_id))
    visitors = invite([pk for pk, _space in guests])
    turns = [(visitor, space) for visitor, (_pk, space) in zip(visitors, guests, strict=True)]
    _switch(house.port, turns[:WARM_UP])
    before = house.cpu_seconds("granian", "postgres")
    done = _switch(house.port, turns[WARM_UP:])
    spent = house.cpu_seconds("granian", "postgres") - before
    return {"switch_cpu_ms": round(spent * 1000 / done, 2), "switches": done}


def _switch(port: int, turns: list[tuple[Visitor, int]]) -> int:
    """Choose the other sub-platform and load home, once each; raises Problem unless home then shows it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for visitor, space in turns:
        cookie = f"{visitor.cookie}; csrftoken={SECRET}"
        headers = {"Cookie": cookie, "X-CSRFToken": SECRET, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/spaces/", body=f"space={space}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.request("GET", "/", headers={"Cookie": cookie})
        page = connection.getresponse()
        words = page.read().decode()
        if answer.status != 302 or f"/skin/{space}-" not in words:
            raise Problem(f"The switch answered {answer.status}, and home does not show space {space}.")
    connection.close()
    return len(turns)
