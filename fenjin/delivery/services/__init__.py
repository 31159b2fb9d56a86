"""Writes of delivery: send, open, confirm, rebuild."""

from fenjin.delivery.services.counters import rebuild_counters
from fenjin.delivery.services.receipts import NothingToConfirm, VersionChanged, confirm_message, open_message
from fenjin.delivery.services.send import (
    Due,
    DueInThePast,
    NobodyThere,
    OrganisationBusy,
    SendRefusal,
    count_audience,
    send_message,
)

__all__ = [
    "Due",
    "DueInThePast",
    "NobodyThere",
    "NothingToConfirm",
    "OrganisationBusy",
    "SendRefusal",
    "VersionChanged",
    "confirm_message",
    "count_audience",
    "open_message",
    "rebuild_counters",
    "send_message",
]
