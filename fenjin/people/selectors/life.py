"""The dated history of a unit and of a person as sentences, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import PersonEvent, PostEvent, UnitEvent
from fenjin.people.models.persons import Status
from fenjin.people.selectors.organisation import names_of

LINES = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `undo` names what could be taken back: unit, post or person, and the event."""

    on: date
    text: str
    event_id: int
    of: str
    undo: bool = False


def unit_life(unit_id: int) -> list[Line]:
    """Return what happened to a unit in scope, in two queries; only the last thing can be taken back."""
    events = list(listing(UnitEvent.objects.filter(unit=unit_id).order_by("-on", "-pk"))[:LINES])
    names = names_of({event.new.get("parent") or 0 for event in events} | {_old_parent(event) for event in events})
    newest = max((event.pk for event in events if event.kind != UnitEvent.Kind.SPACE), default=0)
    return [
        Line(event.on, _unit_sentence(event, names), event.pk, "unit", event.pk == newest and event.kind in _BACK)
        for event in events
    ]


_BACK = {"renamed", "moved", "closed", "zone", "opened"}


def _old_parent(event: UnitEvent) -> int:
    return event.old.get("parent") or 0


def _unit_sentence(event: UnitEvent, names: dict[int, str]) -> str:
    old, new = event.old, event.new
    above = names.get(new.get("parent") or 0, "")
    match event.kind:
        case "opened":
            words = _("Opened as “%(name)s” below “%(above)s”.") if above else _("Opened as “%(name)s”.")
            return words % {"name": new.get("name", ""), "above": above}
        case "renamed" if old.get("name") != new.get("name"):
            return _("Renamed from “%(old)s” to “%(new)s”.") % {"old": old.get("name"), "new": new.get("name")}
        case "renamed":
            return _("English name changed to “%(new)s”.") % {"new": new.get("name_en")}
        case "moved":
            return _("Moved from “%(old)s” to “%(new)s”.") % {"old": names.get(_old_parent(event), ""), "new": above}
        case "closed":
            return _("Closed.")
        case "reopened":
            return _("The closing was taken back.")
        case "zone" if new.get("zone"):
            return _("Time zone set to %(zone)s.") % {"zone": new["zone"]}
        case "zone":
            return _("Own time zone removed.")
    return _("Given to another sub-platform.")


def person_life(person_id: int) -> list[Line]:
    """Return what happened to a person and the posts in scope, in three queries, each unit under its present name."""
    posts = PostEvent.objects.filter(post__person=person_id).select_related("post__unit")
    held = list(listing(posts.order_by("-on", "-pk"))[:LINES])
    facts = list(listing(PersonEvent.objects.filter(person=person_id).order_by("-on", "-pk"))[:LINES])
    last = _last_of_each(held)
    lines = [
        Line(event.on, _post_sentence(event), event.pk, "post", event.pk in last and _may_go_back(event))
        for event in held
        if not _silent(event)
    ]
    newest = max((event.pk for event in facts), default=0)
    lines += [
        Line(fact.on, _fact(fact), fact.pk, "person", fact.pk == newest and fact.kind in ("name", "number", "status"))
        for fact in facts
    ]
    return sorted(lines, key=lambda line: (line.on, line.event_id), reverse=True)[:LINES]


def own_life(person_id: int) -> list[Line]:
    """Return the same for the person, whatever the scope: one's own history."""
    with every_space(Reason.OWN_ROWS):
        return person_life(person_id)


def _last_of_each(events: Iterable[PostEvent]) -> set[int]:
    last: dict[int, int] = {}
    for event in events:
        last[event.post_id] = max(last.get(event.post_id, 0), event.pk)
    return set(last.values())


def _may_go_back(event: PostEvent) -> bool:
    if event.kind == "retitled":
        return event.post.ended_on is None
    return event.kind in ("begun", "ended") and not event.post.main


def _silent(event: PostEvent) -> bool:
    """The other half of making a post the main one says nothing of its own."""
    return event.kind == "main" and not event.new.get("main")


def _post_sentence(event: PostEvent) -> str:
    said: dict[str, Any] = {"unit": event.post.unit.name, "title": event.new.get("title") or event.post.title}
    match event.kind:
        case "begun" if event.new.get("main", event.post.main):
            words = _("Began in “%(unit)s” as %(title)s.") if said["title"] else _("Began in “%(unit)s”.")
        case "begun":
            with_title, without = _("Second post in “%(unit)s” as %(title)s."), _("Second post in “%(unit)s”.")
            words = with_title if said["title"] else without
        case "ended":
            words = _("The post in “%(unit)s” ended.")
        case "reopened":
            words = _("The end of the post in “%(unit)s” was taken back.")
        case "retitled":
            said |= {"old": event.old.get("title") or "–", "title": event.new.get("title") or "–"}
            words = _("In “%(unit)s” from %(old)s to %(title)s.")
        case _:
            words = _("“%(unit)s” became the main post.")
    return words % said


def _fact(event: PersonEvent) -> str:
    old, new = event.old, event.new
    match event.kind:
        case "joined":
            return _("Taken in by hand.")
        case "status":
            said = {"old": _status(old.get("status")), "new": _status(new.get("status"))}
            return _("Status from %(old)s to %(new)s.") % said
        case "name":
            return _("Name corrected from “%(old)s” to “%(new)s”.") % {"old": old.get("name"), "new": new.get("name")}
        case "number":
            said = {"old": old.get("number"), "new": new.get("number")}
            return _("Staff number corrected from %(old)s to %(new)s.") % said
        case "left":
            return _("Left.")
    return _("Came back.")


def _status(value: str | None) -> str:
    return str(Status(value).label) if value in Status.values else str(value or "–")
