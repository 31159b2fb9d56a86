"""What every reader is told of a message whose sender stated a reason: who may see that one has not confirmed."""

from django.utils.translation import gettext as _

from fenjin.delivery.models import Message
from fenjin.kit.components import Notice
from fenjin.kit.wording import exact_time


def who_sees(sent: Message) -> str:
    """Return who sees until when that somebody has not confirmed, as a sentence; empty where nobody is named."""
    until = sent.names_until
    if until is None:
        return ""
    words = _(
        "Until %(until)s the administrator of your own unit sees who has not confirmed, never who has not read it, "
        "and each look is recorded."
    )
    return words % {"until": exact_time(until)}


def named_notice(sent: Message) -> Notice | None:
    """Return the reason and that sentence, for the end of the text, where one confirms."""
    sentence = who_sees(sent)
    if not sentence:
        return None
    said = _("%(kind)s: “%(words)s”") % {"kind": sent.get_reason_kind_display(), "words": sent.reason_words}
    return Notice(sentence, title=said, tone="plain")
