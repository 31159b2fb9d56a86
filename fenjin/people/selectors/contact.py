"""How channels find people: staff numbers, and addresses of those who allow their use for notices."""

from collections.abc import Collection
from typing import Any

from django.db.models import F

from fenjin.people.models import Consent, Person, PersonPrivate


def staff_numbers(person_ids: Collection[int]) -> dict[int, str]:
    """Return the staff number of each of the people."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "staff_number"))


def mail_addresses(person_ids: Collection[int]) -> dict[int, str]:
    """Return the mail addresses of those who have one and allow letters when something waits for them."""
    return _allowed(person_ids, "email", Consent.Purpose.EMAIL_NOTICES)


def mobile_numbers(person_ids: Collection[int]) -> dict[int, str]:
    """Return the mobile numbers of those who have one and allow text messages when something waits for them."""
    return _allowed(person_ids, "mobile", Consent.Purpose.MOBILE_NOTICES)


def _allowed(person_ids: Collection[int], field: str, purpose: str) -> dict[int, str]:
    allows: dict[str, Any] = {
        "person__consents__purpose": purpose,
        "person__consents__withdrawn_at__isnull": True,
    }
    rows = PersonPrivate.objects.filter(person__in=person_ids, withheld=False, **allows)
    return dict(rows.exclude(**{field: ""}).values_list("person_id", F(field)))


def with_accounts(person_ids: Collection[int]) -> set[int]:
    """Return those of the people who can sign in: they find everything in the platform itself."""
    rows = Person.objects.filter(pk__in=person_ids, account__is_active=True)
    return set(rows.values_list("pk", flat=True))
