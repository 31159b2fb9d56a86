"""`fenjin bench house`: start, home page, article page, roster, memory; counts first, then CPU per page.

Measured on a scratch installation with the demo company and 20 sub-platforms more. Each of the
visitors whose home page is counted comes once, so that nothing personal is warm.
"""

import os
import subprocess
import time
from typing import Any

import psutil

from bench.installation import PROJECT, Installation, Load, cpu_of, loop_ms, scratch
from bench.visitors import Visitor, invite, walk
from fenjin.kit.runtime.problem import Problem

PEOPLE, SPACES, PEOPLE_EACH = 20_000, 20, 70
VISITED = 24  # sub-platforms whose people come; the bar asks for 20
VISITORS, WARM_UP, READERS = 1_200, 60, 400
REST_SECONDS = 60
ROSTER = PROJECT / "tests" / "data" / "roster" / "roster-2026-10.xlsx"


def run() -> dict[str, Any]:
    """Measure and return the figures; raises Problem when something could not be measured."""
    figures: dict[str, Any] = {}
    with scratch() as house:
        house.start("--no-demo")
        figures |= _roster(house)
        house.stop()
        house.call("demo", "--employees", str(PEOPLE))
        load = Load()
        figures["start_installed_s"] = round(house.start("--demo"), 2)
        started = time.monotonic()
        become_part_of(house)
        home, readers, message = _guests()
        figures |= _pages(house, load, home, readers, message)
        figures |= _in_a_browser(house, home[-1])
        time.sleep(max(0.0, REST_SECONDS - (time.monotonic() - started)))
        figures |= {"rest_mib": round(house.memory_mib()), "rest_people": PEOPLE + SPACES * PEOPLE_EACH}
        figures["foreign_cores"] = round(_foreign(house, load), 2)
    return figures


def become_part_of(house: Installation) -> None:
    """Point Django of this process to the installation's database."""
    os.environ.update(house.environment | {"LOG_LEVEL": "WARNING"})
    import django

    django.setup()


def _guests() -> tuple[list[Visitor], list[Visitor], int]:
    """Choose whose pages are measured: home pages over all spaces, and recipients of one message."""
    from pyroaring import BitMap

    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.models import Post

    with every_space(Reason.COMMAND):
        _open_spaces()
        message = _send_to_everybody()
        by_space: dict[int, list[int]] = {}
        for person_id, space_id in Post.objects.filter(main=True, ended_on=None).values_list("person_id", "space_id"):
            by_space.setdefault(space_id, []).append(person_id)
    if len(by_space) < SPACES:
        raise Problem(f"There are {len(by_space)} sub-platforms with people; {SPACES} are needed.")
    # What a sub-platform's people share may be warm by the bar, so each of those chosen is visited again and again.
    chosen = sorted(by_space.values(), key=len, reverse=True)[:VISITED]
    turn = [pk for row in _columns(chosen) for pk in row]
    home = invite(turn[: VISITORS + WARM_UP])
    recipients = set(BitMap.deserialize(bytes(message.bitmap)))
    rest = [pk for pk in turn[VISITORS + WARM_UP :] if pk in recipients]
    readers = invite(rest[: READERS + WARM_UP])
    if len(home) < VISITORS + WARM_UP or len(readers) < READERS + WARM_UP:
        raise Problem("There are too few people for this bench.")
    return home, readers, message.pk


def _open_spaces() -> None:
    """Open companies with people, each a sub-platform with an article of its own; the demo has only a few."""
    from datetime import date

    from fenjin.newsroom.testing import make_article
    from fenjin.people.models import Numbering, Person, Post, Unit
    from fenjin.people.selectors.accounts import list_administrators
    from fenjin.people.testing import make_unit
    from fenjin.spaces.selectors import load_account
    from fenjin.spaces.services import open_space

    system = load_account(next(row.account_id for row in list_administrators() if row.office == "system"))
    root, numbering, began = Unit.objects.get(parent=None), Numbering.objects.get(pk=1), date(2025, 1, 1)
    for number in range(SPACES):
        unit = make_unit(f"第{number}分公司", parent=root)
        space = open_space(actor=system, unit_id=unit.pk, name=f"第{number}分公司")
        unit.refresh_from_db()
        people = Person.objects.bulk_create(
            Person(numbering=numbering, staff_number=f"B{number:02}{place:04}", name="张伟", name_key="zhangwei zw")
            for place in range(PEOPLE_EACH)
        )
        Post.objects.bulk_create(
            Post(space_id=space.pk, person=person, unit=unit, started_on=began, pos=unit.lft) for person in people
        )
        make_article(space_id=space.pk, title=f"第{number}分公司的消息")


def _send_to_everybody() -> Any:
    """Send an article of the group to all of its people, to be confirmed."""
    from fenjin.delivery.testing import make_message
    from fenjin.newsroom.models import Article
    from fenjin.people.models import Unit
    from fenjin.spaces.testing import make_editor

    article = Article.objects.filter(space_id=1, live=True).latest("pk")
    root = Unit.objects.get(parent=None)
    return make_message(root, actor=make_editor(1), kind="article", content_id=article.pk)


def _columns(lists: list[list[int]]) -> list[list[int]]:
    """Return the first of each list, then the second of each, and so on."""
    longest = max(map(len, lists))
    return [[items[place] for items in lists if place < len(items)] for place in range(longest)]


def _pages(
    house: Installation, load: Load, home: list[Visitor], readers: list[Visitor], message: int
) -> dict[str, Any]:
    path = f"/messages/{message}/"
    walk(house.port, [(guest, "/") for guest in home[:WARM_UP]], "<main")
    walk(house.port, [(guest, path) for guest in readers[:WARM_UP]], "<main")
    counted = home[WARM_UP:-1]
    pace = [loop_ms()]
    home_ms = _cpu_ms(house, [(guest, "/") for guest in counted])
    pace.append(loop_ms())
    article_ms = _cpu_ms(house, [(guest, path) for guest in readers[WARM_UP:]])
    pace.append(loop_ms())
    return {
        "home_cpu_ms": home_ms,
        "home_persons": len(counted),
        "home_queries": queries_of(home[0], "/"),
        "article_cpu_ms": article_ms,
        "article_queries": queries_of(readers[0], path),
        "receipts": _receipts(message, readers),
        "loop_ms": pace,  # before home, between home and article, after it
    }


def _cpu_ms(house: Installation, visits: list[tuple[Visitor, str]]) -> float:
    """Return the CPU of web server and database per visit; the worker and the supervisor are no part of a page."""
    before = house.cpu_seconds("granian", "postgres")
    done = walk(house.port, visits, "<main")
    return round((house.cpu_seconds("granian", "postgres") - before) * 1000 / done, 2)


def _receipts(message: int, readers: list[Visitor]) -> int:
    """Count the receipts straight from the table: one for each reader, or the figures are worth nothing."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM delivery_receipt WHERE message_id = %s AND person_id = ANY(%s)",
            [message, [reader.person_id for reader in readers]],
        )
        (count,) = cursor.fetchone()
    if count != len(readers):
        raise Problem(f"{len(readers)} people read the message, and {count} receipts are there.")
    return int(count)


def queries_of(guest: Visitor, path: str) -> int:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = guest.cookie.split("=", 1)[1]
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    if response.status_code != 200:
        raise Problem(f"{path} answered {response.status_code}.")
    return sum(
        not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in asked.captured_queries
    )


def _in_a_browser(house: Installation, guest: Visitor) -> dict[str, Any]:
    """Load the home page with a cold cache in a real Chromium and count what came over the wire."""
    from playwright.sync_api import sync_playwright

    from config import browser

    sizes: dict[str, int] = {}
    name, value = guest.cookie.split("=", 1)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.system_browser(), args=["--no-sandbox"])
        context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3)
        address = f"http://127.0.0.1:{house.port}"
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
        answer = page.goto(f"{address}/", wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise Problem("The home page did not come in the browser.")
        chromium.close()
    return {"home_bytes": int(sum(sizes.values())), "home_requests": len(sizes)}


def _roster(house: Installation) -> dict[str, Any]:
    """Preview and apply the October file in a copy of the empty database, in a process of its own."""
    import psycopg

    from fenjin.kit.runtime import database, postgres

    server = postgres.locate(house.data)
    with psycopg.connect(server.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.DATABASE]
        )
        connection.execute(f"CREATE DATABASE roster TEMPLATE {database.DATABASE} OWNER {database.OWNER}")
    urls = database.embedded_urls(server, "roster")
    environment = os.environ | {"DATABASE_URL": urls.application, "DATABASE_OWNER_URL": urls.owner}
    began = time.monotonic()
    process = subprocess.Popen(
        house.command("roster", "import", str(ROSTER), "--apply"),
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    errors = process.stderr.read().decode() if process.stderr else ""
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if status:
        raise Problem("The roster was not imported.", details=errors[-1500:])
    with psycopg.connect(urls.application) as connection:
        row = connection.execute("SELECT count(*) FROM people_person").fetchone()
    return {
        "roster_rows": row[0] if row else 0,
        "roster_s": round(seconds, 2),
        "roster_peak_mib": round(usage.ru_maxrss / 1024),
    }


def _foreign(house: Installation, load: Load) -> float:
    """Return how many cores others used since the start; this process and its browser are not others."""
    own = psutil.Process()
    ours = house.cpu_seconds() + cpu_of(own)
    return load.foreign_cores(ours)
