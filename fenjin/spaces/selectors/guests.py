"""Many sessions in one statement, for the hot lane: who asks, as far as a plain page needs to know.

The rules are those of a request through Django: the session in force and the account that is here
(selectors.accounts), the password still that of the sign-in (spaces.middleware), the two gates of people's
middleware, the shown space (selectors.looks), the zone (people.selectors.zones). Whoever is not plainly
allowed is nobody here, and Django decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.crypto import constant_time_compare

from fenjin.people.selectors.zones import MAIN_PLACE
from fenjin.spaces.selectors.accounts import HERE, IN_FORCE
from fenjin.spaces.selectors.looks import CHOSEN

GUESTS: Final = f"""
SELECT asked.place, session.data->>'{SESSION_KEY}', session.data->>'{HASH_SESSION_KEY}', session.data ? '_messages',
       account.id, account.password, account.must_change_password,
       account.privacy_notice_version >= (SELECT coalesce(max(number), 0) FROM people_privacynotice),
       person.id, person.name, person.staff_number, account.language, account.theme, account.scale,
       ARRAY(SELECT DISTINCT space_id FROM people_post WHERE person_id = person.id AND ended_on IS NULL),
       session.data->'{CHOSEN}', main.space_id, person.zone, main.zone
FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS asked (key, place)
JOIN people_session session ON session.key_hash = asked.key
JOIN people_account account ON account.id = session.account_id
LEFT JOIN people_person person ON person.id = account.person_id
LEFT JOIN LATERAL ({MAIN_PLACE}) main ON true
WHERE {IN_FORCE} AND {HERE}
"""  # noqa: S608 - the names are ours


@dataclass(frozen=True, slots=True)
class Guest:
    """An employee who may read plain pages; `language` is empty where the browser's holds."""

    person_id: int
    name: str
    staff_number: str
    language: str
    theme: str
    scale: int
    zone: str
    space_id: int | None  # the space whose look is shown


def guests_asked(keys: Sequence[str], now: datetime) -> dict[str, Any]:
    """Return the parameters of GUESTS for the hashes of session keys (people.sessions.hash_of)."""
    return {"keys": list(keys), "now": now, "today": now.date()}


def guests_found(rows: Sequence[Sequence[Any]], count: int) -> list[Guest | None]:
    """Return what GUESTS found for each of `count` keys, in their order; None: let Django decide."""
    found: list[Guest | None] = [None] * count
    for place, *row in rows:
        found[place - 1] = _guest(row)
    return found


def _guest(row: Sequence[Any]) -> Guest | None:
    signed_in, signature, messages, account_id, password, must_change, notice_read, person_id, *rest = row
    if signed_in != str(account_id) or not person_id:
        return None
    if not constant_time_compare(signature or "", _signature(password)):
        return None
    if must_change or not notice_read or messages:
        return None
    name, staff_number, language, theme, scale, spaces, chosen, main_space, own_zone, place_zone = rest
    return Guest(
        person_id=person_id,
        name=name,
        staff_number=staff_number,
        language=language,
        theme=theme,
        scale=scale,
        zone=own_zone or place_zone or settings.TIME_ZONE,
        space_id=_shown(spaces, chosen, main_space),
    )


def _signature(password: str) -> str:
    """Return what a session holds of the password it began with."""
    account: Any = AbstractBaseUser  # its own method, without making an account for each who comes
    return str(account._get_session_auth_hash(SimpleNamespace(password=password)))


def _shown(spaces: Sequence[int], chosen: object, main_space: int | None) -> int | None:
    if len(spaces) <= 1:
        return spaces[0] if spaces else None
    return chosen if isinstance(chosen, int) and chosen in spaces else main_space
