"""What `fenjin bench delivery` does and counts in the database: accounts for all, the press, losses, coverage."""

import http.client
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bench.crowd import cookie_of
from bench.visitors import UNUSABLE
from fenjin.kit.runtime.problem import Problem

READERS = 20  # who look for the message right after the press
UNITS = 400
MESSAGES = 3
OPENERS = 1000
WORDS = "".join(
    f"<p>第{number}条　今天起，先断电，再处置；先确认，再动手。安全是每个人的事，也是每一班的事。</p>"
    for number in range(1, 41)
)

# Opened and confirmed of each unit with all below it, counted from the receipts.
STRAIGHT = """
SELECT above, count(*), count(*) FILTER (WHERE r.confirmed_version >= m.confirm_from)
FROM delivery_receipt r JOIN delivery_message m ON m.id = r.message_id
JOIN people_unit u ON u.id = r.unit_id CROSS JOIN LATERAL unnest(u.path) AS above
WHERE r.message_id = %s GROUP BY 1
"""
_ACCOUNTS = """
INSERT INTO people_account (password, is_superuser, uid, person_id, is_active, created_at, language, theme, scale,
                            privacy_notice_version, must_change_password)
SELECT %s, false, gen_random_uuid(), p.id, true, now(), '', 'auto', 1, 9, false
FROM people_person p WHERE p.status <> 'left' AND NOT EXISTS (SELECT 1 FROM people_account a WHERE a.person_id = p.id)
"""
_SESSIONS = """
INSERT INTO people_session (key_hash, account_id, data, device, created_at, last_seen_at, expires_at)
SELECT encode(sha256(encode(sha256((%(secret)s || ':' || a.person_id)::bytea), 'hex')::bytea), 'hex'), a.id,
       jsonb_build_object('_auth_user_id', a.id::text, '_auth_user_backend', %(backend)s::text,
                                '_auth_user_hash', %(signature)s::text),
       'bench', now(), now(), now() + interval '30 days'
FROM people_account a WHERE a.person_id IS NOT NULL AND a.password = %(password)s
"""


@dataclass(frozen=True)
class Sent:
    """A press, and what it cost."""

    message_id: int
    sha256: str
    rows: int
    milliseconds: float
    visible_ms: float
    people: list[int]


def cookie_name() -> str:
    """Return the name of the session's cookie."""
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME


def invite_all(secret: str) -> None:
    """Give every person an account that nobody can sign in to, and a session of its own."""
    from django.conf import settings
    from django.db import connection

    from fenjin.people.models import Account

    about = {
        "secret": secret,
        "backend": settings.AUTHENTICATION_BACKENDS[0],
        "signature": Account(password=UNUSABLE).get_session_auth_hash(),
        "password": UNUSABLE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [UNUSABLE])
        cursor.execute(_SESSIONS, about)
        cursor.execute("ANALYZE")


def press(port: int, secret: str) -> Sent:
    """Send to everybody, count the rows that were written, and wait until readers have it in their lists."""
    from django.db import transaction
    from pyroaring import BitMap

    from fenjin.delivery.models import MessageVersion
    from fenjin.delivery.testing import make_message, note_kind, sender
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.models import Unit

    note_kind(WORDS)
    with every_space(Reason.COMMAND):
        root, actor = Unit.objects.get(parent=None), sender()
        for _before in range(2):
            make_message(root, actor=actor)
        began = time.perf_counter()
        with transaction.atomic():
            before = _rows_written()
            message = make_message(root, actor=actor)
            rows = _rows_written() - before
        committed = time.perf_counter()
        people = list(BitMap.deserialize(bytes(message.bitmap)))
        version = MessageVersion.objects.get(message=message)
    if len(version.html.encode()) < 4096:
        raise Problem("The body of the message is too short for this bench.")
    people = with_session(people)
    readers = [(port, cookie_of(secret, person), message.pk) for person in random.Random(1).sample(people, READERS)]
    asked = time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        seen = list(pool.map(_sees, readers))
    visible = (time.perf_counter() - asked) * 1000
    if not all(seen):
        raise Problem("Somebody did not find the message in the inbox at once.")
    return Sent(message.pk, version.sha256, rows, round((committed - began) * 1000), round(visible), people)


def _rows_written() -> int:
    """Return the rows that this connection wrote and has not reported yet, those of this transaction among them."""
    return int(
        _ask("SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables", [])[0][0]
    )


def _sees(reader: tuple[int, str, int]) -> bool:
    port, cookie, message_id = reader
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/inbox/", headers={"Cookie": f"{cookie_name()}={cookie}"})
    page = connection.getresponse().read().decode()
    connection.close()
    return f"/messages/{message_id}/" in page


def with_session(people: list[int]) -> list[int]:
    """Return those of the people whom invite_all gave a session."""
    from fenjin.people.models import Account

    with_account = set(Account.objects.filter(password=UNUSABLE).values_list("person_id", flat=True))
    return [person for person in people if person in with_account]


def forget_connection() -> None:
    """Drop the connection to a server that was killed."""
    from django.db import connections

    connections.close_all()


def without_the_key() -> None:
    """Take from the table of receipts what keeps them single: for BREAK=doubled."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("ALTER TABLE delivery_receipt DROP CONSTRAINT delivery_receipt_pkey")


def losses(message_id: int, answered: set[int]) -> dict[str, int]:
    """Compare those who got an answer with the receipts that are there."""
    rows = _ask("SELECT person_id FROM delivery_receipt WHERE message_id = %s", [message_id])
    kept = {person for (person,) in rows}
    return {
        "receipts": len(rows),
        "receipts_lost": len(answered - kept),
        "receipts_doubled": len(rows) - len(kept),
    }


def unconfirmed(message_id: int, answered: set[int]) -> int:
    """Return how many were told that they confirmed, and did not."""
    rows = _ask(
        "SELECT person_id FROM delivery_receipt WHERE message_id = %s AND confirmed_at IS NOT NULL", [message_id]
    )
    return len(answered - {person for (person,) in rows})


def coverage_figures(message_id: int) -> dict[str, Any]:
    """Time the coverage of many units, as a page that somebody keeps open, and compare every number with its count.

    The worker keeps sums fresh meanwhile. Afterwards all counters of all messages, the sums of every unit that has
    some, and the pages of sampled units of three messages are compared with the receipts themselves.
    """
    from fenjin.delivery.models import Message
    from fenjin.delivery.selectors import coverage
    from fenjin.delivery.services.rollups import roll_up, watch_coverage
    from fenjin.kit.errors import Refusal
    from fenjin.kit.scope import Reason, every_space

    rows = _ask("SELECT DISTINCT parent_id FROM people_unit WHERE parent_id IS NOT NULL ORDER BY 1", [])
    parents = [unit for (unit,) in rows]
    units = random.Random(2).sample(parents, min(UNITS, len(parents)))
    times, oldest, summed = [], 0.0, 0
    with every_space(Reason.COMMAND):
        message = Message.objects.defer("bitmap").get(pk=message_id)
        watch_coverage(message=message)
        coverage(message_id)
        for unit in [None, *parents[:20], *units]:
            began = time.perf_counter()
            try:
                page = coverage(message_id, unit)
            except Refusal:
                continue
            times.append((time.perf_counter() - began) * 1000)
            if not page.live:
                summed += 1
                oldest = max(oldest, (timezone.now() - page.at).total_seconds())
        newest = list(Message.objects.order_by("-pk")[:MESSAGES])
        for one in newest:
            if one.pk != message_id:
                _some_open(one)
            watch_coverage(message=one)
            roll_up(one)
        wrong = sum(_wrong_pages(one.pk, [None, *parents[:20], *units]) for one in newest)
    times.sort()
    return {
        "coverage_ms_p50": round(times[len(times) // 2], 1),
        "coverage_ms_p99": round(times[int(len(times) * 0.99)], 1),
        "coverage_ms_max": round(times[-1], 1),
        "coverage_units": len(times),
        "coverage_pages_of_sums": summed,
        "coverage_oldest_s": round(oldest, 1),
        "coverage_messages": len(newest),
        "coverage_mismatches": _mismatches() + wrong,
    }


def _some_open(message: Any) -> None:
    """Let some people open a message that nobody has opened yet, one by one."""
    from pyroaring import BitMap

    from fenjin.delivery.services import open_message

    people = list(BitMap.deserialize(bytes(message.bitmap)))
    for person in random.Random(message.pk).sample(people, min(OPENERS, len(people))):
        open_message(person_id=person, message=message)


def _wrong_pages(message_id: int, units: list[int | None]) -> int:
    """Return how many sums, and totals of pages, differ from the straight count of receipts along the tree."""
    from fenjin.delivery.selectors import coverage
    from fenjin.kit.errors import Refusal

    straight = {unit: (opened, confirmed) for unit, opened, confirmed in _ask(STRAIGHT, [message_id])}
    sums = _ask(
        "SELECT unit_id, opened, confirmed FROM delivery_rollup WHERE message_id = %s AND parent_id <> unit_id",
        [message_id],
    )
    wrong = sum(straight.get(unit, (0, 0)) != (opened, confirmed) for unit, opened, confirmed in sums)
    for unit in units:
        try:
            page = coverage(message_id, unit)
        except Refusal:
            continue
        figures = page.total
        if page.unit_id is not None:
            wrong += straight.get(page.unit_id, (0, 0)) != (figures.opened, figures.confirmed)
    return wrong


def _mismatches() -> int:
    rows = _ask(
        """SELECT count(*) FROM delivery_counter c FULL JOIN (
               SELECT r.space_id, r.message_id, r.unit_id, count(*) AS opened,
                      count(*) FILTER (WHERE r.confirmed_version >= m.confirm_from) AS confirmed
               FROM delivery_receipt r JOIN delivery_message m ON m.id = r.message_id
               GROUP BY 1, 2, 3) s USING (space_id, message_id, unit_id)
           WHERE (c.opened, c.confirmed) IS DISTINCT FROM (s.opened, s.confirmed)""",
        [],
    )
    return int(rows[0][0])


def _ask(sql: str, parameters: list[Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
