"""What waits for the reader on the home page: requests to confirm, and answers to what the reader asked."""

from datetime import datetime, time

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from fenjin.delivery.selectors import InboxRow, glance
from fenjin.kit import clock
from fenjin.kit.components import TodoRow
from fenjin.kit.links import link
from fenjin.kit.memory import once
from fenjin.kit.wording import due_time
from fenjin.spaces.access import membership_of

TODAY = 5


def todo_rows(request: HttpRequest) -> list[TodoRow]:
    """Return answers not looked at, the messages that the reader is asked to confirm, and those confirmed today."""
    today = timezone.localtime(clock.now()).date()
    midnight = timezone.make_aware(datetime.combine(today, time()))
    seen = once(request, glance, membership_of(request).person_id or 0)
    return [_answered(row) for row in seen.answered[:TODAY]] + [
        TodoRow(
            title=row.title,
            href=row.href,
            action=_("Done") if row.confirmed_at else _("Read"),
            meta=_meta(row),
            icon="doc",
            done=row.confirmed_at is not None,
        )
        for row in seen.to_confirm(TODAY, done_since=midnight)
    ]


def _meta(row: InboxRow) -> tuple[str, ...]:
    until = _("before %(time)s") % {"time": due_time(row.due_at)} if row.due_at else _("Please confirm")
    return (until, _("Reminder")) if row.reminded else (until,)


def _answered(row: InboxRow) -> TodoRow:
    return TodoRow(
        title=row.title,
        href=link("delivery:reply", row.message_id),
        action=_("Read"),
        meta=(_("The sender has answered you"),),
        icon="chat",
        tone="zi",
    )
