"""What is kept of a person whom a channel failed to reach."""

from django.db import connection
from django.utils.translation import gettext as _

from fenjin.delivery.selectors.outbox.wording import CHANNEL_NAMES, REASONS
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject

_ROWS = """
SELECT version.title, missed.channel, missed.reason, missed.at
FROM delivery_unreached missed
JOIN delivery_message message ON message.id = missed.message_id
JOIN delivery_messageversion version ON version.message_id = message.id AND version.number = message.current_version
WHERE missed.person_id = %(person)s ORDER BY missed.at DESC
"""


def collect(subject: Subject) -> list[Sheet]:
    """Return where a channel did not reach a person, and why."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"person": subject.person_id})
        rows = cursor.fetchall()
    return [
        Sheet(
            key="ways",
            title=_("Where a channel did not reach you"),
            columns=(_("Message"), _("Channel"), _("Why"), _("When")),
            rows=tuple(
                (title, str(CHANNEL_NAMES[channel]), str(REASONS.get(reason, REASONS["refused"])[0]), record_time(at))
                for title, channel, reason, at in rows
            ),
            source=_("said by the channel when a message was to ring"),
            until=_("kept with the message"),
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that the rows go."""
    [sheet] = collect(subject)
    return [Fate(sheet.title, len(sheet.rows), goes=True)] if sheet.rows else []


def erase(subject: Subject) -> dict[str, int]:
    """Delete the rows; how many were not reached stays in the numbers of each message."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM delivery_unreached WHERE person_id = %s", [subject.person_id])
        gone = cursor.rowcount
    return {"ways": gone} if gone else {}
