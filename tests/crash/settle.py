"""Run inside an installation after the kills: let the time pass after which rows left on their way are settled.

Then say what the outbox believes, and what the console's own files hold.
"""

import json
from datetime import timedelta

import django

django.setup()

from fenjin.delivery.models import Outbox  # noqa: E402
from fenjin.delivery.services.outbox import keep_outbox  # noqa: E402
from fenjin.kit import clock  # noqa: E402
from fenjin.workplace.testing import sent_on_console  # noqa: E402

LEFT = ("queued", "sending")
ROUNDS = 12  # minutes from the sixth on: the other side remembers a key for thirty


def main() -> None:
    """Print the rows of the outbox and the sends of the console."""
    now = clock.now()
    for minute in range(ROUNDS):
        with clock.pretend(now + timedelta(minutes=6 + minute)):
            keep_outbox()
        if not Outbox._base_manager.filter(state__in=LEFT).exists():
            break
    fields = ("channel", "state", "reason", "body", "message_id")
    rows = {str(row.uid): {name: getattr(row, name) for name in fields} for row in Outbox._base_manager.all()}
    print(json.dumps({"rows": rows, "console": sent_on_console()}))


if __name__ == "__main__":
    main()
