"""Text messages, through the sender that SMS_SENDER names: one number after the other."""

from collections.abc import Sequence

from fenjin.kit import clock
from fenjin.people.services.texts import text_sender
from fenjin.workplace.connectors.base import Plain
from fenjin.workplace.register import Capabilities, Card, NotConfigured, Receipt


class Texts(Plain):
    """A gateway knows no key of ours: what failed half way is unsure, and is not tried again by itself."""

    caps = Capabilities(chunk=100, person_per_minute=1)

    def send(self, card: Card, to: Sequence[str], *, key: str) -> Receipt:
        """Send to each number; the first failure ends it: that one is unsure, the others were not tried."""
        sender = text_sender()
        if sender is None:
            raise NotConfigured("Name a class in SMS_SENDER.", "no_texts")
        text = f"{card.title} {card.url}"
        for place, number in enumerate(to):
            try:
                sender.send(number, text)
            except Exception:  # noqa: BLE001 - a gateway's own errors are its own
                done, rest = tuple(to[:place]), tuple(to[place + 1 :])
                return Receipt(accepted=done, unsure=(number,), left=rest, remote_id=key, at=clock.now())
        return Receipt(accepted=tuple(to), remote_id=key, at=clock.now())
