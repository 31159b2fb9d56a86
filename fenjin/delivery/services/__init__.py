"""Writes of delivery: send, plan, pause, correct, withdraw, open, confirm, take back, rebuild."""

from fenjin.delivery.services.approval import NobodyToApprove, approve_message, decline_message
from fenjin.delivery.services.corrections import (
    AlreadyWithdrawn,
    NothingCorrected,
    approve_correction,
    correct_message,
    decline_correction,
    take_back_correction,
)
from fenjin.delivery.services.counters import rebuild_counters
from fenjin.delivery.services.emergencies import AlreadyOver, end_emergency
from fenjin.delivery.services.freezing import NobodyThere, OrganisationBusy, SendRefusal
from fenjin.delivery.services.outbox import NoDeadLetter, keep_outbox, resend, ring, take_as_sent
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
from fenjin.delivery.services.rehearsal import rehearse_message
from fenjin.delivery.services.reminders import (
    BadReminders,
    NothingOpen,
    RemindedEnough,
    TooSoonToRemind,
    remind_due,
    remind_now,
    stop_reminders,
)
from fenjin.delivery.services.safety import (
    EmergencyLongOver,
    NoEmergency,
    Said,
    answer_emergency,
    take_care,
)
from fenjin.delivery.services.scheduling import (
    NotUnderWay,
    begin_sending,
    keep_sending_times,
    pause_message,
    resume_message,
    stop_message,
)
from fenjin.delivery.services.send import count_audience, send_message
from fenjin.delivery.services.sending import Due, DueInThePast, Plan, PlanRefusal, Reminders, Sending
from fenjin.delivery.services.silent import NobodyNamed, may_name_silent, name_silent
from fenjin.delivery.services.versions import ReceiptsBusy, SayWhy, withdraw_message

__all__ = [
    "UNDO_WITHIN",
    "AlreadyOver",
    "AlreadyWithdrawn",
    "BadReminders",
    "Due",
    "DueInThePast",
    "EmergencyLongOver",
    "NoDeadLetter",
    "NoEmergency",
    "NobodyNamed",
    "NobodyThere",
    "NobodyToApprove",
    "NotUnderWay",
    "NothingCorrected",
    "NothingOpen",
    "NothingToConfirm",
    "OrganisationBusy",
    "Plan",
    "PlanRefusal",
    "ReceiptsBusy",
    "RemindedEnough",
    "Reminders",
    "Said",
    "SayWhy",
    "SendRefusal",
    "Sending",
    "TooLateToUndo",
    "TooSoonToRemind",
    "VersionChanged",
    "Withdrawn",
    "answer_emergency",
    "approve_correction",
    "approve_message",
    "begin_sending",
    "confirm_message",
    "correct_message",
    "count_audience",
    "decline_correction",
    "decline_message",
    "end_emergency",
    "keep_outbox",
    "keep_sending_times",
    "may_name_silent",
    "name_silent",
    "open_message",
    "pause_message",
    "rebuild_counters",
    "rehearse_message",
    "remind_due",
    "remind_now",
    "resend",
    "resume_message",
    "ring",
    "send_message",
    "stop_message",
    "stop_reminders",
    "take_as_sent",
    "take_back_correction",
    "take_care",
    "undo_confirmation",
    "withdraw_message",
]
