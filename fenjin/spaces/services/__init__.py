"""Writes of spaces: roles, what leavers held, and new sub-platforms."""

from fenjin.spaces.services.handing_over import NotAnEditor, StillHere, hand_over
from fenjin.spaces.services.opening import BadSeal, SpaceNameTaken, name_group, open_space
from fenjin.spaces.services.roles import (
    CannotHold,
    EndsInThePast,
    NotYoursToGive,
    RoleHeld,
    UnitElsewhere,
    UnitNeeded,
    end_role,
    end_roles_of,
    give_back_roles,
    give_role,
    people_with_power,
)
from fenjin.spaces.services.settings import BadPhone, SettingsChanged, UnknownPart, change_space

__all__ = [
    "BadPhone",
    "BadSeal",
    "CannotHold",
    "EndsInThePast",
    "NotAnEditor",
    "NotYoursToGive",
    "RoleHeld",
    "SettingsChanged",
    "SpaceNameTaken",
    "StillHere",
    "UnitElsewhere",
    "UnitNeeded",
    "UnknownPart",
    "change_space",
    "end_role",
    "end_roles_of",
    "give_back_roles",
    "give_role",
    "hand_over",
    "name_group",
    "open_space",
    "people_with_power",
]
