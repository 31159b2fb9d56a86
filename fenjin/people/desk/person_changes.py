"""Changes of a person by hand: name, number, status, zone, posts, leaving, coming back; and a new person."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.desk.changes import Change, run_change
from fenjin.people.desk.unit_changes import day_of
from fenjin.people.forms.organisation import (
    DayForm,
    NameForm,
    NewPersonForm,
    NumberForm,
    PlacementForm,
    PostForm,
    StatusForm,
    TitleForm,
    ZoneForm,
)
from fenjin.people.models import Person, Post
from fenjin.people.models.persons import Status
from fenjin.people.selectors.persons import get_person_for_staff, posts_of
from fenjin.people.services import persons, posts


def _placed(data: dict[str, Any]) -> dict[str, Any]:
    return {"unit_id": data["to_id"], "title": data["title"], "on": data["on"]}


def _status(person: Person, data: dict[str, Any]) -> str:
    said = {"name": person.name, "status": Status(data["status"]).label, "day": day_of(data)}
    return _("%(name)s is “%(status)s” from %(day)s on. Posts and sign-in stay.") % said


def _leaves(person: Person, data: dict[str, Any]) -> str:
    said = {"name": person.name, "day": day_of(data)}
    return (
        _("From %(day)s on %(name)s no longer works here: posts, sign-in and roles end on that day. The record stays.")
        % said
    )


def _goes(words: Any) -> Any:
    def said(person: Person, data: dict[str, Any]) -> str:
        return str(words) % {"name": person.name, "to": data["unit"].path, "day": day_of(data)}

    return said


CHANGES: Final[dict[str, Change]] = {
    "name": Change(
        gettext_lazy("Correct the name"),
        gettext_lazy("Correct it"),
        NameForm,
        lambda person, data: _("“%(old)s” becomes “%(new)s” everywhere.") % {"old": person.name, "new": data["name"]},
        lambda actor, person, data: persons.correct_name(actor=actor, person_id=person.pk, name=data["name"]),
        gettext_lazy("The name is corrected."),
        initial=lambda person: {"name": person.name},
    ),
    "number": Change(
        gettext_lazy("Correct the staff number"),
        gettext_lazy("Correct it"),
        NumberForm,
        lambda person, data: (
            _("%(old)s becomes %(new)s. The person signs in with the new number from now on.")
            % {"old": person.staff_number, "new": data["number"]}
        ),
        lambda actor, person, data: persons.correct_number(actor=actor, person_id=person.pk, number=data["number"]),
        gettext_lazy("The staff number is corrected."),
        initial=lambda person: {"number": person.staff_number},
    ),
    "status": Change(
        gettext_lazy("Change the status"),
        gettext_lazy("Change it"),
        StatusForm,
        _status,
        lambda actor, person, data: persons.change_status(
            actor=actor, person_id=person.pk, status=data["status"], on=data["on"]
        ),
        gettext_lazy("The status is changed."),
        initial=lambda person: {"status": person.status},
    ),
    "zone": Change(
        gettext_lazy("Own time zone"),
        gettext_lazy("Set it"),
        ZoneForm,
        lambda person, data: (
            _("%(name)s lives by %(zone)s.")
            % {"name": person.name, "zone": data["zone"] or _("the time zone of the place")}
        ),
        lambda actor, person, data: persons.set_person_zone(actor=actor, person_id=person.pk, zone=data["zone"]),
        gettext_lazy("The time zone is set."),
        initial=lambda person: {"zone": person.zone},
    ),
    "post": Change(
        gettext_lazy("Add a post"),
        gettext_lazy("Add it"),
        PostForm,
        _goes(gettext_lazy("%(name)s also holds a post in %(to)s from %(day)s on.")),
        lambda actor, person, data: posts.begin_post(
            actor=actor, person_id=person.pk, main=data["main"], **_placed(data)
        ),
        gettext_lazy("The post has begun."),
    ),
    "transfer": Change(
        gettext_lazy("Transfer"),
        gettext_lazy("Transfer"),
        PlacementForm,
        _goes(gettext_lazy("%(name)s works in %(to)s from %(day)s on; the main post until then ends.")),
        lambda actor, person, data: posts.transfer_person(actor=actor, person_id=person.pk, **_placed(data)),
        gettext_lazy("The person is transferred."),
    ),
    "leave": Change(
        gettext_lazy("Leave"),
        gettext_lazy("Leaves on this day"),
        DayForm,
        _leaves,
        lambda actor, person, data: persons.leave(actor=actor, person_id=person.pk, on=data["on"]),
        gettext_lazy("The leaving is entered."),
        danger=True,
    ),
    "stay": Change(
        gettext_lazy("Stays after all"),
        gettext_lazy("Cancel the leaving"),
        forms.Form,
        lambda person, data: (
            _("%(name)s does not leave: the day that was entered is taken out.") % {"name": person.name}
        ),
        lambda actor, person, data: persons.cancel_leaving(actor=actor, person_id=person.pk),
        gettext_lazy("The leaving is cancelled."),
    ),
    "return": Change(
        gettext_lazy("Come back"),
        gettext_lazy("Take back in"),
        PlacementForm,
        _goes(
            gettext_lazy("%(name)s works in %(to)s again from %(day)s on. The account is claimed anew with a new code.")
        ),
        lambda actor, person, data: persons.come_back(actor=actor, person_id=person.pk, **_placed(data)),
        gettext_lazy("The person is back. A one-time code can be issued."),
    ),
}

POST_CHANGES: Final[dict[str, Change]] = {
    "retitle": Change(
        gettext_lazy("Change the title of the post"),
        gettext_lazy("Change it"),
        TitleForm,
        lambda post, data: (
            _("From %(day)s on the post is called “%(title)s”.") % {"day": day_of(data), "title": data["title"] or "–"}
        ),
        lambda actor, post, data: posts.retitle_post(actor=actor, post_id=post.pk, title=data["title"], on=data["on"]),
        gettext_lazy("The title is changed."),
        initial=lambda post: {"title": post.title},
    ),
    "main": Change(
        gettext_lazy("Make it the main post"),
        gettext_lazy("Make it the main post"),
        DayForm,
        lambda post, data: (
            _("From %(day)s on the person counts in “%(unit)s”.") % {"day": day_of(data), "unit": post.unit.name}
        ),
        lambda actor, post, data: posts.make_main_post(actor=actor, post_id=post.pk, on=data["on"]),
        gettext_lazy("This is the main post now."),
    ),
    "end": Change(
        gettext_lazy("End the post"),
        gettext_lazy("End it"),
        DayForm,
        lambda post, data: (
            _("From %(day)s on the post in “%(unit)s” no longer holds.") % {"day": day_of(data), "unit": post.unit.name}
        ),
        lambda actor, post, data: posts.end_post(actor=actor, post_id=post.pk, on=data["on"]),
        gettext_lazy("The post has ended."),
        danger=True,
    ),
}

NEW: Final = Change(
    gettext_lazy("A new person by hand"),
    gettext_lazy("Take in"),
    NewPersonForm,
    lambda _nobody, data: (
        _("%(name)s (%(number)s) works in %(to)s from %(day)s on.")
        % {"name": data["name"], "number": data["number"], "to": data["unit"].path, "day": day_of(data)}
    ),
    lambda actor, _nobody, data: persons.add_person(
        actor=actor, number=data["number"], name=data["name"], status=data["status"], **_placed(data)
    ),
    gettext_lazy("The person is here. A one-time code can be issued."),
)


def _page(person: Person) -> str:
    return reverse("people_desk:person", args=[person.pk])


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Take in somebody whom no roster has brought yet."""
    lead = _("For somebody whom the next roster will bring anyway. The same staff number is then known.")
    return run_change(request, NEW, None, back=reverse("people_desk:people"), lead=lead, after=_page)


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: HttpRequest, person_id: int, what: str) -> HttpResponse:
    """One change of a person: form, then what it means, then done."""
    person = get_person_for_staff(person_id)
    if what not in CHANGES:
        raise NotFound
    return run_change(request, CHANGES[what], person, back=_page(person), lead=str(person))


@needs(SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def post_change(request: HttpRequest, person_id: int, post_id: int, what: str) -> HttpResponse:
    """One change of a post that a person holds."""
    person = get_person_for_staff(person_id)
    post: Post | None = next((held for held in posts_of(person_id) if held.pk == post_id), None)
    if post is None or what not in POST_CHANGES:
        raise NotFound
    return run_change(
        request, POST_CHANGES[what], post, back=_page(person), lead=f"{person} · {post.unit.name} {post.title}"
    )


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def person_undo(request: HttpRequest, person_id: int, of: str, event_id: int) -> HttpResponse:
    """Take the last change of a person or of one of the posts back."""
    person = get_person_for_staff(person_id)
    actor: Any = request.user
    undo: Any = {"post": posts.take_back_post_event, "person": persons.take_back_person_event}.get(of)
    if undo is None:
        raise NotFound
    try:
        undo(actor=actor, event_id=event_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back, as if it had never been."))
    return redirect(_page(person))
