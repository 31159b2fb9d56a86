"""What every reader is told of a message whose sender stated a reason: who may see that one has not confirmed."""

from fenjin.delivery.models import Message
from fenjin.delivery.naming import reason_words, who_sees
from fenjin.kit.components import Notice


def named_notice(sent: Message) -> Notice | None:
    """Return the reason, and who sees what until when, for the end of the text, where one confirms."""
    until = sent.names_until
    if until is None:
        return None
    return Notice(who_sees(until), title=reason_words(sent.get_reason_kind_display(), sent.reason_words), tone="plain")
