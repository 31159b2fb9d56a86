"""The doors of delivery on the hot lane: open a message, confirm it.

They stand at the addresses of their twins in `views`, answer only when everything is plain, and leave the
rest to them: docs/decisions/0012-hot-doors.md.
"""

import re
from typing import Final

from fenjin.delivery.hot.confirming import Confirmations
from fenjin.delivery.hot.ledger import Ledger
from fenjin.delivery.hot.opening import Openings
from fenjin.kit.hotlane import Door

_PAGE: Final = re.compile(r"/messages/([0-9]{1,18})/")
_CONFIRM: Final = re.compile(r"/messages/([0-9]{1,18})/confirm/")


def doors() -> list[Door]:
    """Return the doors, with connections and memories of their own."""
    ledger = Ledger()
    return [
        Door("GET", _PAGE, Openings(ledger).answer),
        Door("POST", _CONFIRM, Confirmations(ledger).answer),
    ]
