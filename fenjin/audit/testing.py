"""Addresses of the audit desk for the walk over all URLs."""

from collections.abc import Callable
from typing import Any

SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "audit_desk:export": lambda world: {"form": "csv"},
    "audit_desk:export_fetch": lambda world: {"export_id": 987654},
}
