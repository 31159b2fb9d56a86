"""What the answers of the desk's parts mean for a message: one file and one line here for each part.

`prepare` is called before anything is written: it puts answers into the message's row, not yet saved, and raises
a SendRefusal for what may not be. `write` is called in the transaction of the press, when message and first version
stand: for rows of a part's own. Both get `actor`, `message` and `sending` by name.
"""

from collections.abc import Callable
from typing import Final

from fenjin.delivery.services.parts import channels, confirming, emergency, reason, reminders, replies

Step = Callable[..., None]

PREPARE: Final[tuple[Step, ...]] = (confirming.prepare, emergency.prepare, reason.prepare, replies.prepare)
WRITE: Final[tuple[Step, ...]] = (channels.write, reminders.write)
