"""What is said about the first place where the log and its chain part."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fenjin.audit.selectors.chain import Broken
from fenjin.audit.selectors.ledgers import DOORS

_SENTENCES: Final = {
    "changed": gettext_noop("Row %(row)s was changed after it had been sealed."),
    "deleted": gettext_noop("Row %(row)s was sealed and is gone now."),
    "inserted": gettext_noop("Row %(row)s was put in later, where no row had been."),
    "link_changed": gettext_noop("The link up to row %(link)s was itself changed; its rows fit."),
    "link_missing": gettext_noop(
        "A link before the one up to row %(link)s is gone: rows from %(row)s on are uncovered."
    ),
    "range": gettext_noop("Something between row %(row)s and row %(link)s was changed, put in or taken away."),
    "cut_off": gettext_noop(
        "The link up to row %(link)s, which was kept outside, is gone or different: the end of the log was cut off"
        " or written anew."
    ),
}


def sentence_of(broken: Broken) -> str:
    """Return the sentence for people, in the reader's language."""
    sentence = str(_(_SENTENCES[broken.kind]) % {"row": broken.event_id, "link": broken.link})
    return (
        str(_("In the record of the doors: %(sentence)s") % {"sentence": sentence}) if _at_doors(broken) else sentence
    )


def _at_doors(broken: Broken) -> bool:
    return broken.ledger == DOORS.name


def as_dict(broken: Broken) -> dict[str, Any]:
    """Return the same for machines."""
    found = {"ledger": broken.ledger, "kind": broken.kind, "row": broken.event_id, "link": broken.link}
    return {**found, "sentence": sentence_of(broken)}
