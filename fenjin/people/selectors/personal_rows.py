"""What people keeps about a person, in words: the roster's facts, posts, history, consents and requests."""

from typing import Any

from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.people.models import (
    Consent,
    Correction,
    Erasure,
    Person,
    PersonEvent,
    PersonPrivate,
    Post,
    RosterImport,
)
from fenjin.people.register import Sheet, Subject
from fenjin.people.selectors.own import own_posts
from fenjin.people.selectors.persons import unit_paths
from fenjin.people.selectors.retention import kept_words


def person_sheets(subject: Subject) -> list[Sheet]:
    """Return what is kept about the person, whether or not there is an account."""
    person = Person.objects.select_related("numbering").get(pk=subject.person_id)
    return [
        _facts(person),
        _private(person),
        _posts(person.pk),
        _events(person.pk),
        _consents(person.pk),
        _corrections(person.pk),
        _erasures(person.pk),
    ]


def roster_words(person: Person) -> Any:
    """Return which roster a person's facts come from: the last one that was applied."""
    applied = RosterImport.objects.filter(
        numbering=person.numbering_id, state=RosterImport.State.APPLIED, applied_at__isnull=False
    )
    at = applied.order_by("-applied_at").values_list("applied_at", flat=True).first()
    if at is None:
        return _("from your company")
    return _("from the roster, last read on %(on)s") % {"on": f"{record_time(at)[:10]}"}


def _facts(person: Person) -> Sheet:
    posts = own_posts(person.pk)
    where = "; ".join(" / ".join(post.path) for post in posts)
    titles = "; ".join(post.title for post in posts if post.title)
    fields = [
        (_("Name"), person.name),
        (_("Staff number"), person.staff_number),
        (_("Numbering"), person.numbering.name),
        (_("Unit"), where),
        (_("Post"), titles),
        (_("Employment"), str(person.get_status_display())),
        (_("First day of work"), str(person.started_on or "")),
        (_("Last day"), str(person.left_on or "")),
        (_("Time zone"), person.zone),
    ]
    return Sheet(
        key="person",
        title=_("Who you are here"),
        columns=tuple(label for label, _value in fields),
        rows=(tuple(value for _label, value in fields),),
        source=roster_words(person),
        until=_("as long as your company keeps you on its roster, and afterwards for its records"),
        single=True,
    )


def _private(person: Person) -> Sheet:
    held = PersonPrivate.objects.filter(person=person).first()
    until = _("until %(span)s after you leave") % {"span": kept_words("people.leavers")}
    return Sheet(
        key="contact",
        title=_("How to reach you"),
        columns=(_("Mobile number"), _("E-mail")),
        rows=((held.mobile if held else "", held.email if held else ""),),
        source=_("erased by your wish; rosters bring nothing here") if held and held.withheld else roster_words(person),
        until=until,
        single=True,
    )


def _posts(person_id: int) -> Sheet:
    with every_space(Reason.OWN_ROWS):
        posts = list(listing(Post.objects.filter(person=person_id).order_by("-started_on", "-pk")))
    paths = unit_paths({post.unit_id for post in posts}, skip=0)
    return Sheet(
        key="posts",
        title=_("Your posts, also former ones"),
        columns=(_("Unit"), _("Post"), _("From"), _("Until")),
        rows=tuple(
            (paths.get(post.unit_id, ""), post.title, str(post.started_on), str(post.ended_on or "")) for post in posts
        ),
        source=_("from rosters, and from changes by administrators"),
        until=_("kept: who belonged to a message when it was sent is counted from it"),
    )


def _events(person_id: int) -> Sheet:
    events = listing(PersonEvent.objects.filter(person=person_id).order_by("-on", "-pk"))
    rows = tuple((str(event.on), str(event.get_kind_display()), _change(event)) for event in events)
    return Sheet(
        key="changes",
        title=_("Changes of your facts"),
        columns=(_("On"), _("What"), _("From and to")),
        rows=rows,
        source=_("from rosters, and from changes by administrators"),
        until=_("kept with your entry"),
    )


def _change(event: PersonEvent) -> str:
    keys = sorted({*event.old, *event.new})
    return "; ".join(f"{event.old.get(key, '')} → {event.new.get(key, '')}" for key in keys)


def _consents(person_id: int) -> Sheet:
    rows = listing(Consent.objects.filter(person=person_id).order_by("-given_at", "-pk"))
    return Sheet(
        key="consents",
        title=_("Your consents"),
        columns=(_("What for"), _("Given"), _("Withdrawn on")),
        rows=tuple(
            (str(row.get_purpose_display()), record_time(row.given_at), record_time(row.withdrawn_at)) for row in rows
        ),
        source=_("by yourself"),
        until=_("kept as proof that you were asked"),
    )


def _corrections(person_id: int) -> Sheet:
    with every_space(Reason.OWN_ROWS):
        rows = list(listing(Correction.objects.filter(person=person_id).order_by("-asked_at", "-pk")))
    return Sheet(
        key="corrections",
        title=_("Corrections you asked for"),
        columns=(_("Asked"), _("Field"), _("Stood there"), _("Right value"), _("Note"), _("State"), _("Answer")),
        rows=tuple(
            (
                record_time(row.asked_at),
                str(row.get_field_display()),
                row.stood,
                row.wanted,
                row.note,
                str(row.get_state_display()),
                row.answer,
            )
            for row in rows
        ),
        source=_("by yourself"),
        until=kept_words("people.corrections"),
    )


def _erasures(person_id: int) -> Sheet:
    now = clock.now()
    rows = listing(Erasure.objects.filter(person=person_id).order_by("-asked_at", "-pk"))
    states = {
        row.pk: _("done")
        if row.done_at
        else _("taken back")
        if row.taken_back_at
        else _("being done")
        if row.due_at <= now
        else _("waiting")
        for row in rows
    }
    return Sheet(
        key="erasures",
        title=_("Erasures you asked for"),
        columns=(_("Asked"), _("What"), _("On"), _("State")),
        rows=tuple(
            (record_time(row.asked_at), str(row.get_kind_display()), record_time(row.due_at), states[row.pk])
            for row in rows
        ),
        source=_("by yourself"),
        until=kept_words("people.requests"),
    )
