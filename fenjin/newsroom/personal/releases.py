"""What releases keep about a person: judgements, lines of the record, names lent and borrowed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.newsroom.models import Delegation, ReleaseEntry, ReleaseStep, RuleStep
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return what somebody did for the release of articles, and for or in whose name they publish."""
    with every_space(Reason.OWN_ROWS):
        return [_record(subject), _asked(subject), _names(subject)]


def _record(subject: Subject) -> Sheet:
    mine = (
        ReleaseEntry.objects.filter(account=subject.account_id) if subject.account_id else ReleaseEntry.objects.none()
    )
    rows = list(listing(mine.select_related("article").only("article__title", "act", "words", "at").order_by("-pk")))
    return Sheet(
        key="release_record",
        title=_("What you did for the release of articles"),
        columns=(_("Article"), _("Act"), _("Words"), _("Time")),
        rows=tuple((row.article.title, str(row.get_act_display()), row.words, record_time(row.at)) for row in rows),
        source=_("by your own presses"),
        until=_("kept: who released what must stay provable"),
    )


def _asked(subject: Subject) -> Sheet:
    steps = ReleaseStep.objects.filter(person=subject.person_id).select_related("release__article")
    rules = RuleStep.objects.filter(person=subject.person_id).select_related("space")
    rows = [
        (step.release.article.title, str(step.get_verdict_display()), record_time(step.decided_at))
        for step in listing(steps.defer("release__article__body", "release__article__body_en"))
    ]
    rows += [(_("all articles of %(space)s") % {"space": step.space.name}, "", "") for step in listing(rules)]
    return Sheet(
        key="release_asked",
        title=_("Articles that you were asked to judge"),
        columns=(_("Article"), _("Judgement"), _("Time")),
        rows=tuple(rows),
        source=_("by editors"),
        until=_("kept: who released what must stay provable"),
    )


def _names(subject: Subject) -> Sheet:
    mine = Q(leader=subject.person_id) | Q(assistant=subject.person_id)
    rows = Delegation.objects.filter(mine).select_related("leader", "assistant", "space").order_by("-pk")
    return Sheet(
        key="release_names",
        title=_("Publishing in a name"),
        columns=(_("In whose name"), _("Written by"), _("Sub-platform"), _("Agreed"), _("Until")),
        rows=tuple(
            (
                row.leader.name,
                row.assistant.name,
                row.space.name,
                record_time(row.agreed_at),
                record_time(row.ended_at) or str(row.ends_on),
            )
            for row in listing(rows)
        ),
        source=_("asked by the assistant, agreed to by the leader"),
        until=_("kept with the articles"),
    )


def fates(subject: Subject) -> list[Fate]:
    """Tell that all of it stays: it proves who released what."""
    why = _("who released what must stay provable")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why) for sheet in collect(subject) if sheet.rows]
