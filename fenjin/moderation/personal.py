"""What moderation keeps about a person: texts that were looked at, with reasons, and appeals; reports sent."""

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.moderation.models import Case, Report
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return the texts of a person that were looked at, and what the person reported."""
    with every_space(Reason.OWN_ROWS):
        mine = Case.objects.filter(person=subject.person_id).select_related("appeal").order_by("-brought_at", "-pk")
        cases = list(listing(mine))
        sent = Report.objects.filter(person=subject.person_id).select_related("case").order_by("-sent_at", "-pk")
        reports = list(listing(sent))
    return [
        Sheet(
            key="looked-at",
            title=_("Texts of yours that were looked at"),
            columns=(
                _("Number"),
                _("Text"),
                _("Sent at"),
                _("State"),
                _("Reason"),
                _("Your appeal"),
                _("Answer to it"),
            ),
            rows=tuple(_case_row(case) for case in cases),
            source=_("written by yourself; state and reason by the moderators"),
            until=_("kept as proof of a fair decision"),
        ),
        Sheet(
            key="reports",
            title=_("What you reported"),
            columns=(_("Number"), _("Reported as"), _("Note"), _("Sent at")),
            rows=tuple(
                (report.case.number, str(report.get_lane_display()), report.note, record_time(report.sent_at))
                for report in reports
            ),
            source=_("sent by yourself; the author does not learn who reported"),
            until=_("kept with the decision"),
        ),
    ]


def _case_row(case: Case) -> tuple[str, ...]:
    appeal = getattr(case, "appeal", None)
    return (
        case.number,
        case.text,
        record_time(case.brought_at),
        str(case.get_state_display()),
        case.reason,
        appeal.text if appeal else "",
        appeal.answer if appeal else "",
    )


def fates(subject: Subject) -> list[Fate]:
    """Tell that decisions stay: they are the proof that they were fair."""
    why = _("they prove what was decided, why and by whom; the texts themselves go when you take them back")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why) for sheet in collect(subject) if sheet.rows]
