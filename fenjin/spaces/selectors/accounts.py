"""The account of the one who asks, with all its rights: one statement, together with the session's row.

Every request of everybody begins here, so the statements are written by hand and made once: building
the same ones from querysets costs more than the rest of a page's queries together.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model

from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.spaces.access import HeldRole, Membership

_ACCOUNT = """
SELECT {columns}, office.office,
       ARRAY(SELECT space_id FROM people_post WHERE person_id = account.person_id AND ended_on IS NULL),
       ARRAY(SELECT ARRAY[space_id::text, role, unit_id::text, extract(epoch FROM ends_at)::text] FROM spaces_rolegrant
             WHERE person_id = account.person_id AND (ends_at IS NULL OR ends_at > %(now)s))
FROM {source}
LEFT JOIN people_person person ON person.id = account.person_id
LEFT JOIN people_administrator office ON office.account_id = account.id
"""
# Nobody who has left has an account any more, whatever session is still open.
HERE = """account.is_active
  AND (person.id IS NULL OR person.status <> 'left' AND (person.left_on IS NULL OR person.left_on > %(today)s::date))"""
_SESSION = "people_session session LEFT JOIN people_account account ON account.id = session.account_id"
IN_FORCE = "session.revoked_at IS NULL AND session.expires_at > %(now)s"


def load_account(account_id: int) -> Any:
    """Return the active account (people.Account) with its person and its `membership`, in one query; or None."""
    now = clock.now()
    found = ask(_account_sql(), {"account": account_id, "today": now.date(), "now": now})
    return _account(found[0]) if found else None


def load_session(key_hash: str, now: datetime) -> tuple[Any, Any] | None:
    """Return the session row in force under a hash and its active account with `membership`, in one query.

    The account is None when nobody is signed in on the session or the person has left; None stands for
    an unknown, expired or revoked session.
    """
    found = ask(_session_sql(), {"key": key_hash, "today": now.date(), "now": now})
    if not found:
        return None
    sessions, width = _tables()[0], len(_columns(_tables()[0]))
    values = list(found[0][:width])
    place = _columns(sessions).index("data")
    values[place] = json.loads(values[place])
    is_here, *rest = found[0][width:]
    return sessions.from_db(connection.alias, _columns(sessions), values), _account(rest) if is_here else None


def _account(row: Sequence[Any]) -> Any:
    _sessions, accounts, persons = _tables()
    width, reach = len(_columns(accounts)), len(_columns(persons))
    account: Any = accounts.from_db(connection.alias, _columns(accounts), row[:width])
    account.person = (
        persons.from_db(connection.alias, _columns(persons), row[width : width + reach]) if account.person_id else None
    )
    account.office, spaces, roles = row[width + reach :]
    account.membership = Membership(
        account_id=account.pk,
        person_id=account.person_id,
        office=account.office,
        spaces=frozenset(spaces),
        roles=tuple(_held(*row) for row in roles),
    )
    return account


def _held(space: str, role: str, unit: str | None, ends: str | None) -> HeldRole:
    ends_at = datetime.fromtimestamp(float(ends), UTC) if ends else None
    return HeldRole(int(space), role, int(unit) if unit else None, ends_at)


@cache
def _tables() -> tuple[type[Model], type[Model], type[Model]]:
    accounts: Any = get_user_model()
    return (
        accounts._meta.get_field("sessions").related_model,
        accounts,
        accounts._meta.get_field("person").related_model,
    )


@cache
def _columns(table: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in table._meta.concrete_fields)


def _named(alias: str, table: type[Model]) -> str:
    return ", ".join(f"{alias}.{column}" for column in _columns(table))


@cache
def _account_sql() -> str:
    _sessions, accounts, persons = _tables()
    columns = f"{_named('account', accounts)}, {_named('person', persons)}"
    return _ACCOUNT.format(columns=columns, source="people_account account") + (
        f"WHERE account.id = %(account)s AND {HERE}"
    )


@cache
def _session_sql() -> str:
    sessions, accounts, persons = _tables()
    here = f"account.id IS NOT NULL AND {HERE}"
    columns = ", ".join((_named("session", sessions), here, _named("account", accounts), _named("person", persons)))
    return _ACCOUNT.format(columns=columns, source=_SESSION) + f"WHERE session.key_hash = %(key)s AND {IN_FORCE}"
