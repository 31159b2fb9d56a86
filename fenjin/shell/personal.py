"""What the shell keeps about a person: complaints and suggestions. Old answered ones end."""

from datetime import datetime

from django.utils.translation import gettext as _

from fenjin.kit.db import count_and_oldest, delete_counted, listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject
from fenjin.people.selectors.retention import kept_words
from fenjin.shell.models import Complaint

RETENTION = "shell.complaints"


def collect(subject: Subject) -> list[Sheet]:
    """Return what a person wrote, and the answers."""
    with every_space(Reason.OWN_ROWS):
        rows = list(listing(Complaint.objects.filter(person=subject.person_id).order_by("-sent_at", "-pk")))
    return [
        Sheet(
            key="complaints",
            title=_("Complaints and suggestions you sent"),
            columns=(_("Number"), _("Sent"), _("About"), _("Text"), _("State"), _("Answer")),
            rows=tuple(
                (
                    row.number,
                    record_time(row.sent_at),
                    str(row.get_category_display()),
                    row.text,
                    str(row.get_state_display()),
                    row.answer,
                )
                for row in rows
            ),
            source=_("by yourself"),
            until=_("after the answer: %(span)s") % {"span": kept_words(RETENTION)},
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that complaints stay until their time is over: they are handled whoever wrote them."""
    (sheet,) = collect(subject)
    why = _("they are being handled, or prove that they were; they end by themselves")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why)] if sheet.rows else []


def due(before: datetime) -> tuple[int, datetime | None]:
    """Count the complaints answered before an instant, and tell the oldest."""
    with every_space(Reason.JOB):
        return count_and_oldest(Complaint.objects.filter(answered_at__lt=before), "answered_at")


def purge(before: datetime) -> int:
    """Delete the complaints answered before an instant; return how many."""
    with every_space(Reason.JOB):
        return delete_counted(Complaint.objects.filter(answered_at__lt=before))
