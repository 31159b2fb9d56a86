"""What delivery keeps about a person whom a supervisor named as present when a message was read aloud."""

from django.db import connection
from django.utils.translation import gettext as _

from fenjin.delivery.services.reading_aloud import forget_presence
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject

_PRESENT = """
SELECT version.title, reading.told_on, reading.said_at
FROM spaces_space space
JOIN delivery_present present ON present.space_id = space.id AND present.person_id = %(person)s
JOIN delivery_readaloud reading ON (reading.space_id, reading.message_id, reading.key)
    = (present.space_id, present.message_id, present.key)
LEFT JOIN delivery_messageversion version ON version.message_id = reading.message_id
    AND version.number = reading.version
ORDER BY reading.said_at DESC
"""


def collect(subject: Subject) -> list[Sheet]:
    """Return the readings at which a person was named as present."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, {"person": subject.person_id})
        rows = cursor.fetchall()
    return [
        Sheet(
            key="told",
            title=_("Messages that were read aloud to you"),
            columns=(_("Message"), _("Read aloud on"), _("Noted")),
            rows=tuple((title or "", str(told_on), record_time(said_at)) for title, told_on, said_at in rows),
            source=_("noted by a supervisor of your unit who read the message aloud and named who was there"),
            until=_("kept with the message"),
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that the names go; the numbers of the readings stay."""
    [sheet] = collect(subject)
    why = _("your name is taken off; how many heard it stays as a number")
    return [Fate(sheet.title, len(sheet.rows), goes=True, why=why)] if sheet.rows else []


def erase(subject: Subject) -> dict[str, int]:
    """Take a person's name off all readings; return from how many."""
    gone = forget_presence(person_id=subject.person_id)
    return {"told": gone} if gone else {}
