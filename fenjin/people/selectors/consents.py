"""Reads of consents. Whoever wants to use an optional field asks here first, each time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fenjin.kit.db import listing
from fenjin.people.models import Consent, PersonPrivate

Purpose = Consent.Purpose


@dataclass(frozen=True, slots=True)
class ConsentState:
    """One use of one optional field: what it would be for, whether it is allowed, and since when."""

    purpose: str
    label: Any
    value: str  # the field as it is stored; empty: nothing is stored
    since: datetime | None

    @property
    def given(self) -> bool:
        """Tell whether the use is allowed now."""
        return self.since is not None


def may_use(person_id: int, purpose: str) -> bool:
    """Tell whether a person allows this use of an optional field now.

    Ask right before each use: a withdrawal holds from its commit on. `purpose` is one of Purpose.
    """
    return Consent.objects.filter(person=person_id, purpose=Purpose(purpose), withdrawn_at__isnull=True).exists()


def who_allows(person_ids: Collection[int], purpose: str) -> set[int]:
    """Return those of many people who allow this use now, in one query."""
    rows = Consent.objects.filter(person__in=person_ids, purpose=Purpose(purpose), withdrawn_at__isnull=True)
    return set(rows.values_list("person_id", flat=True))


def consents_of(person_id: int) -> list[ConsentState]:
    """Return each purpose with its state, for the person alone."""
    rows = Consent.objects.filter(person=person_id, withdrawn_at__isnull=True)
    since = dict(rows.values_list("purpose", "given_at"))
    private = PersonPrivate.objects.filter(person=person_id).first()
    values = {"mobile": private.mobile, "email": private.email} if private else {}
    return [
        ConsentState(key, label, values.get(key.partition("_")[0], ""), since.get(key))
        for key, label in Purpose.choices
    ]


def consent_history(person_id: int) -> list[Consent]:
    """Return every consent that was given, also those that were withdrawn, the newest first."""
    return list(listing(Consent.objects.filter(person=person_id).order_by("-given_at", "-pk")))
