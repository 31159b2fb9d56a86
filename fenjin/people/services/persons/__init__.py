"""Persons by hand: a newcomer, corrections, status, time zone, leaving and coming back.

A roster does the same for many at once. Each change writes a dated event and one audit row; names
and numbers stand in the event, never in the audit.
"""

from fenjin.people.services.persons.correcting import (
    change_status,
    correct_name,
    correct_number,
    set_person_zone,
    take_back_person_event,
)
from fenjin.people.services.persons.joining import add_person
from fenjin.people.services.persons.leaving import cancel_leaving, come_back, finish_leavings, leave
from fenjin.people.services.persons.refusals import BadNumber, LeaveInstead, NoName, NumberTaken, StillHere

__all__ = [
    "BadNumber",
    "LeaveInstead",
    "NoName",
    "NumberTaken",
    "StillHere",
    "add_person",
    "cancel_leaving",
    "change_status",
    "come_back",
    "correct_name",
    "correct_number",
    "finish_leavings",
    "leave",
    "set_person_zone",
    "take_back_person_event",
]
