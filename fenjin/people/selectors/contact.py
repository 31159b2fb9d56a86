"""How channels find people: staff numbers, and addresses of those who allow their use for notices."""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection

from fenjin.people.models import Consent

# People are named by one array each: a list of a hundred thousand numbers in a statement takes longer than the answer.
_NUMBERS: Final = "SELECT id, staff_number FROM people_person WHERE id = ANY(%s::bigint[])"
_ALLOWED: Final = """
SELECT own.person_id, own.{field} FROM people_personprivate own
JOIN people_consent consent ON consent.person_id = own.person_id
WHERE own.person_id = ANY(%s::bigint[]) AND NOT own.withheld AND own.{field} <> ''
  AND consent.purpose = %s AND consent.withdrawn_at IS NULL
"""
# Whoever left keeps an account that opens nothing; they are few, and an index of rare statuses lists them.
_WITH_ACCOUNTS: Final = """
SELECT a.person_id FROM people_account a WHERE a.is_active AND a.person_id = ANY(%s::bigint[])
  AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = a.person_id AND p.status = 'left')
"""


def staff_numbers(person_ids: Collection[int]) -> dict[int, str]:
    """Return the staff number of each of the people."""
    return dict(_rows(_NUMBERS, list(person_ids)))


def mail_addresses(person_ids: Collection[int]) -> dict[int, str]:
    """Return the mail addresses of those who have one and allow letters when something waits for them."""
    return _allowed(person_ids, "email", Consent.Purpose.EMAIL_NOTICES)


def mobile_numbers(person_ids: Collection[int]) -> dict[int, str]:
    """Return the mobile numbers of those who have one and allow text messages when something waits for them."""
    return _allowed(person_ids, "mobile", Consent.Purpose.MOBILE_NOTICES)


def _allowed(person_ids: Collection[int], field: str, purpose: str) -> dict[int, str]:
    return dict(_rows(_ALLOWED.format(field=field), list(person_ids), purpose))


def with_accounts(person_ids: Collection[int]) -> set[int]:
    """Return those of the people who can sign in: they find everything in the platform itself."""
    return {person for (person,) in _rows(_WITH_ACCOUNTS, list(person_ids))}


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
