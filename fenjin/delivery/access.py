"""Who sends messages, and who reads how far they got."""

from typing import Final

from fenjin.spaces.access import allowed_to

SEND: Final = "delivery.send_message"
SENDER: Final = allowed_to(SEND, branches=True)
COVERAGE_READER: Final = allowed_to("delivery.view_coverage", branches=True)
