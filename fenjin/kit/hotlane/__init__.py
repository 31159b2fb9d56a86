"""The hot lane: a few doors in plain ASGI that stand when everybody comes at once.

A door answers the plain case itself and hands everything else to the pages behind it, so each has an
ordinary twin that decides whatever is unusual. Apps sign their doors (`register_door`) in `apps.py`.
"""

from fenjin.kit.hotlane.database import CommittedHereOnly, Database, Unavailable
from fenjin.kit.hotlane.gather import Busy, Gatherer
from fenjin.kit.hotlane.http import Answer, HotRequest
from fenjin.kit.hotlane.lane import Door, Lane, doors, register_door
from fenjin.kit.hotlane.sheet import Sheet

__all__ = [
    "Answer",
    "Busy",
    "CommittedHereOnly",
    "Database",
    "Door",
    "Gatherer",
    "HotRequest",
    "Lane",
    "Sheet",
    "Unavailable",
    "doors",
    "register_door",
]
