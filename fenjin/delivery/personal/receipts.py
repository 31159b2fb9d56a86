"""What delivery keeps about a person: which messages were opened and confirmed."""

from django.db import connection
from django.utils.translation import gettext as _

from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject

# The ledger's keys begin with the space: each one is asked by its own key, so nothing is scanned.
_RECEIPTS = """
SELECT version.title, receipt.opened_at, receipt.confirmed_at
FROM spaces_space space
JOIN delivery_receipt receipt ON receipt.space_id = space.id AND receipt.person_id = %(person)s
LEFT JOIN delivery_messageversion version ON version.message_id = receipt.message_id
    AND version.number = coalesce(receipt.confirmed_version, receipt.opened_version)
ORDER BY receipt.opened_at DESC
"""
_PAST = """
SELECT version.title, past.confirmed_at, past.undone_at
FROM spaces_space space
JOIN delivery_pastconfirmation past ON past.space_id = space.id AND past.person_id = %(person)s
LEFT JOIN delivery_messageversion version ON version.message_id = past.message_id AND version.number = past.version
ORDER BY past.confirmed_at DESC
"""


def collect(subject: Subject) -> list[Sheet]:
    """Return the receipts of a person."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIPTS, {"person": subject.person_id})
        rows = cursor.fetchall()
        cursor.execute(_PAST, {"person": subject.person_id})
        past = cursor.fetchall()
    sheets = [
        Sheet(
            key="messages",
            title=_("Messages you opened"),
            columns=(_("Message"), _("Opened at"), _("Confirmed")),
            rows=tuple(
                (title or "", record_time(opened_at), record_time(confirmed_at))
                for title, opened_at, confirmed_at in rows
            ),
            source=_("noted when you open or confirm; only you see it, editors see numbers by unit"),
            until=_("kept with the message"),
        )
    ]
    if past:
        lines = tuple((title or "", record_time(at), record_time(undone_at)) for title, at, undone_at in past)
        sheets.append(
            Sheet(
                key="past-confirmations",
                title=_("Confirmations that no longer stand"),
                columns=(_("Message"), _("Confirmed"), _("Taken back at")),
                rows=lines,
                source=_("noted when you take a confirmation back, or confirm a corrected text"),
                until=_("kept with the message"),
            )
        )
    return sheets


def fates(subject: Subject) -> list[Fate]:
    """Tell that receipts stay: they are counted in the numbers of each unit."""
    sheet, *_past = collect(subject)
    why = _("they are counted in your unit's numbers, and a confirmation is a proof for both sides")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why)] if sheet.rows else []
