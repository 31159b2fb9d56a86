"""What the bank keeps about a person: the versions of questions that the account wrote or judged."""

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject
from fenjin.quiz.models import QuestionVersion


def collect(subject: Subject) -> list[Sheet]:
    """Return the versions that an account wrote, without what is right."""
    with every_space(Reason.OWN_ROWS):
        rows = QuestionVersion.objects.filter(made_by=subject.account_id or 0)
        mine = list(listing(rows.only("content", "number", "created_at").order_by("-created_at", "-pk")))
        judged = QuestionVersion.objects.filter(judged_by=subject.account_id or 0)
        looked = list(listing(judged.only("content", "number", "judged_at").order_by("-judged_at", "-pk")))
    kept = _("kept with the questions: they are the company's")
    return [
        Sheet(
            key="questions",
            title=_("Questions you wrote"),
            columns=(_("Quiz question"), _("Version"), _("Written on")),
            rows=tuple((row.stem, str(row.number), record_time(row.created_at)) for row in mine),
            source=_("written by yourself, in the studio"),
            until=kept,
        ),
        Sheet(
            key="questions_judged",
            title=_("Questions you looked at for others"),
            columns=(_("Quiz question"), _("Version"), _("Judged")),
            rows=tuple((row.stem, str(row.number), record_time(row.judged_at)) for row in looked),
            source=_("written by yourself, in the studio"),
            until=kept,
        ),
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that questions stay: they belong to the company, and no name stands on them outside the studio."""
    why = _("questions are written for the company; your name is not shown on them")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why) for sheet in collect(subject) if sheet.rows]
