"""Writes of delivery: send, correct, withdraw, open, confirm, take back, rebuild."""

from fenjin.delivery.services.counters import rebuild_counters
from fenjin.delivery.services.receipts import (
    UNDO_WITHIN,
    NothingToConfirm,
    TooLateToUndo,
    VersionChanged,
    Withdrawn,
    confirm_message,
    open_message,
    undo_confirmation,
)
from fenjin.delivery.services.send import (
    Due,
    DueInThePast,
    NobodyThere,
    OrganisationBusy,
    SendRefusal,
    count_audience,
    send_message,
)
from fenjin.delivery.services.versions import (
    AlreadyWithdrawn,
    NothingCorrected,
    ReceiptsBusy,
    SayWhy,
    correct_message,
    withdraw_message,
)

__all__ = [
    "UNDO_WITHIN",
    "AlreadyWithdrawn",
    "Due",
    "DueInThePast",
    "NobodyThere",
    "NothingCorrected",
    "NothingToConfirm",
    "OrganisationBusy",
    "ReceiptsBusy",
    "SayWhy",
    "SendRefusal",
    "TooLateToUndo",
    "VersionChanged",
    "Withdrawn",
    "confirm_message",
    "correct_message",
    "count_audience",
    "open_message",
    "rebuild_counters",
    "send_message",
    "undo_confirmation",
    "withdraw_message",
]
