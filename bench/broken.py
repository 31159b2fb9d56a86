"""The platform, broken on purpose: so that the counters of `fenjin bench delivery` are seen to count.

BREAK=lost answers before the receipt is written; BREAK=doubled writes one for each tap (the bench takes
the table's key away); BREAK=miscounted counts every second batch twice.
"""

import asyncio
import os
from typing import Any

from config.asgi import application
from fenjin.delivery.hot.ledger import Ledger
from fenjin.delivery.services import gathered
from fenjin.delivery.services.gathered import Opened

__all__ = ["application"]

_kept: set[Any] = set()
_open = Ledger.open


async def _too_early(self: Ledger, guest: Any, shown: Any) -> Opened:
    async def later() -> None:
        await asyncio.sleep(1.0)
        await _open(self, guest, shown)

    task = asyncio.ensure_future(later())
    _kept.add(task)
    task.add_done_callback(_kept.discard)
    return Opened(None, None)


# What is taken out of the statement that keeps opens, and what comes in its place.
_INSTEAD = {
    "doubled": [
        ("ON CONFLICT (space_id, message_id, person_id) DO NOTHING", ""),
        ("s.person_id = a.person_id)", "s.person_id = -a.person_id)"),
    ],
    "miscounted": [("count(*), 0 FROM opened", "count(*) * 2, 0 FROM opened")],
}

if os.environ["BREAK"] == "lost":
    Ledger.open = _too_early  # type: ignore[method-assign]
for whole, part in _INSTEAD.get(os.environ["BREAK"], []):
    vars(gathered)["OPEN"] = gathered.OPEN.replace(whole, part)
