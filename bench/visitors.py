"""Employees who come by without a browser: session rows written directly, one request each."""

import http.client
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fenjin.kit.runtime.problem import Problem

UNUSABLE = "!"  # nobody signs in by password here


@dataclass(frozen=True)
class Visitor:
    """An employee with a session."""

    person_id: int
    account_id: int
    cookie: str


def invite(person_ids: Sequence[int]) -> list[Visitor]:
    """Give each person an account without a password, and a session; return them in the same order."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from fenjin.kit import clock
    from fenjin.people.models import Account, Session
    from fenjin.people.register import hash_of

    known = set(Account.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))
    new = [Account(person_id=pk, password=UNUSABLE, privacy_notice_version=9) for pk in person_ids if pk not in known]
    Account.objects.bulk_create(new, batch_size=500)
    accounts = {account.person_id: account for account in Account.objects.filter(person_id__in=person_ids)}
    now, visitors, rows = clock.now(), [], []
    for person_id in person_ids:
        account, key = accounts[person_id], secrets.token_urlsafe(32)
        data = {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: account.get_session_auth_hash(),
        }
        ends = now + timedelta(days=30)
        rows.append(
            Session(
                key_hash=hash_of(key), account=account, data=data, device="bench", last_seen_at=now, expires_at=ends
            )
        )
        visitors.append(Visitor(person_id, account.pk, f"{settings.SESSION_COOKIE_NAME}={key}"))
    Session.objects.bulk_create(rows, batch_size=500)
    return visitors


def walk(port: int, visits: Iterable[tuple[Visitor, str]], must_contain: str) -> int:
    """Ask for one page per visit over one connection; return how many came. Raises Problem for any other answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    done = 0
    for visitor, path in visits:
        connection.request("GET", path, headers={"Cookie": visitor.cookie, "Accept-Encoding": "gzip"})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise Problem(f"{path} answered {response.status} instead of a page.")
        if must_contain not in _text(body, response.headers.get("Content-Encoding", "")):
            raise Problem(f"{path} is not the page it should be: {must_contain!r} is missing.")
        done += 1
    connection.close()
    return done


def _text(body: bytes, encoding: str) -> str:
    import gzip

    return (gzip.decompress(body) if encoding == "gzip" else body).decode()
