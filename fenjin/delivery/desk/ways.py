"""A part of the person's page: how messages come to somebody."""

from typing import Any

from django.http import HttpRequest

from fenjin.delivery.selectors.outbox.way import ways_of


def ways_of_person(request: HttpRequest, person_id: int) -> dict[str, Any]:
    """Return what the person's page shows to those who may look the person up; the page records the look."""
    return {"ways": ways_of(person_id)}
