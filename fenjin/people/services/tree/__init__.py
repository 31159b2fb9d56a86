"""The one door through which the organisation tree changes.

Each change takes the tree's lock, keeps path, positions, spaces and posts right, writes a dated
event and one audit row, in one transaction. Readers never wait: they see the tree before or after.
"""

from fenjin.people.services.growth import NewUnit
from fenjin.people.services.tree.closing import close_unit, reopen_unit
from fenjin.people.services.tree.moving import move_unit
from fenjin.people.services.tree.naming import rename_unit, set_unit_zone
from fenjin.people.services.tree.opening import add_unit, add_units
from fenjin.people.services.tree.refusals import (
    IntoItself,
    NameTaken,
    RootStays,
    SpacesNest,
    TreeRefusal,
    UnitBound,
    UnitClosed,
    UnitInUse,
    UnknownZone,
)
from fenjin.people.services.tree.spaces import set_space_root

__all__ = [
    "IntoItself",
    "NameTaken",
    "NewUnit",
    "RootStays",
    "SpacesNest",
    "TreeRefusal",
    "UnitBound",
    "UnitClosed",
    "UnitInUse",
    "UnknownZone",
    "add_unit",
    "add_units",
    "close_unit",
    "move_unit",
    "rename_unit",
    "reopen_unit",
    "set_space_root",
    "set_unit_zone",
]
