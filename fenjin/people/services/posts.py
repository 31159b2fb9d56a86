"""Posts by hand: begin, end, retitle, make the main one, transfer, and take back.

Who has not left holds exactly one main post. Each change takes the tree's lock, since a post copies
its unit's position; it writes a dated event and one audit row.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.access import has_left
from fenjin.people.models import Account, Person, Post, PostEvent, Unit
from fenjin.people.names import clean_text
from fenjin.people.services.changing import changing_tree, dated
from fenjin.people.services.positions import rows
from fenjin.people.services.tree import UnitClosed

__all__ = ["begin_post", "end_post", "make_main_post", "retitle_post", "take_back_post_event", "transfer_person"]


class PostHeld(Refusal):
    """The person holds a post in that unit already."""

    code = "post_held"
    sentence = _("This person holds a post in this unit already. Change its title instead.")


class PostEnded(Refusal):
    """The post is history."""

    code = "post_ended"
    sentence = _("This post has ended.")


class OnlyPost(Refusal):
    """Nobody who works here is without a post."""

    code = "only_post"
    sentence = _("This is the only post. Transfer the person to another unit, or let the person leave.")


class MainPost(Refusal):
    """The main post decides where a person counts."""

    code = "main_post"
    sentence = _("This is the main post. Make another post the main one first.")


class PersonLeft(Refusal):
    """Leavers hold no posts."""

    code = "person_left"
    sentence = _("This person has left. Let the person come back first.")


class CannotTakeBack(Refusal):
    """Something else has happened since, or it is of a kind that has no way back."""

    code = "cannot_take_back"
    sentence = _("This can no longer be taken back: something else was changed since. Make a new change instead.")


@changing_tree()
def begin_post(
    *, actor: Account | None, person_id: int, unit_id: int, title: str = "", main: bool = False, on: date | None = None
) -> Post:
    """Give a person a post in a unit; the first post is the main one whatever `main` says.

    Raises NotFound, UnitClosed, PersonLeft, PostHeld, DayAhead, DayTooEarly, TreeBusy.
    """
    person, unit = _person(person_id), _open_unit(unit_id)
    held = _held(person_id)
    if any(post.unit_id == unit_id for post in held):
        raise PostHeld
    before = next((post for post in held if post.main), None)
    main = main or before is None
    day = dated(on, not_before=unit.opened_on)
    if main and before is not None:
        _set_main(before, main=False, on=day)
    return _begin(actor, person, unit, clean_text(title), main=main, on=day)


@changing_tree()
def end_post(*, actor: Account | None, post_id: int, on: date | None = None) -> Post:
    """End a second post; `on` is the first day it no longer holds.

    Raises NotFound, PostEnded, MainPost, OnlyPost, DayAhead, DayTooEarly, TreeBusy.
    """
    post = _current(post_id)
    others = [other for other in _held(post.person_id) if other.pk != post.pk]
    if not others:
        raise OnlyPost
    if post.main:
        raise MainPost
    return _end(actor, post, on=dated(on, not_before=max(post.started_on, _last_event(post, "retitled", "main"))))


@changing_tree()
def retitle_post(*, actor: Account | None, post_id: int, title: str, on: date | None = None) -> Post:
    """Give a post another title; the same one changes nothing.

    Raises NotFound, PostEnded, DayAhead, DayTooEarly, TreeBusy.
    """
    post, title = _current(post_id), clean_text(title)
    if title == post.title:
        return post
    day = dated(on, not_before=max(post.started_on, _last_event(post, "retitled")))
    old, post.title = post.title, title
    Post._base_manager.filter(pk=post.pk).update(title=title)
    _log(actor, post, PostEvent.Kind.RETITLED, day, {"title": old}, {"title": title})
    return post


@changing_tree()
def make_main_post(*, actor: Account | None, post_id: int, on: date | None = None) -> Post:
    """Make a post the main one, instead of the one that is; raises NotFound, PostEnded, DayAhead, DayTooEarly."""
    post = _current(post_id)
    if post.main:
        return post
    before = [other for other in _held(post.person_id) if other.main]
    first = max(_first_day_for_main(changed) for changed in (post, *before))
    day = dated(on, not_before=first)
    for other in before:
        _set_main(other, main=False, on=day)
    _set_main(post, main=True, on=day)
    record(
        actor=actor,
        act="people.post_main",
        target=("person", post.person_id),
        space_id=post.space_id,
        details={"post": post.pk, "on": day.isoformat()},
    )
    return post


@changing_tree()
def transfer_person(
    *, actor: Account | None, person_id: int, unit_id: int, title: str = "", on: date | None = None
) -> Post:
    """End the main post and begin one in another unit, on one day, as the main one.

    A second post that the person holds there becomes the main one. Raises what begin_post and end_post raise.
    """
    person, unit = _person(person_id), _open_unit(unit_id)
    held = _held(person_id)
    before = next((post for post in held if post.main), None)
    there = next((post for post in held if post.unit_id == unit_id), None)
    if before is not None and there is before:
        raise PostHeld
    first = max([unit.opened_on, *(_first_day_for_main(post) for post in (before, there) if post)])
    day = dated(on, not_before=first)
    if before is not None:
        _end(actor, before, on=day)
    if there is None:
        return _begin(actor, person, unit, clean_text(title), main=True, on=day)
    _set_main(there, main=True, on=day)
    return there


@changing_tree()
def take_back_post_event(*, actor: Account | None, event_id: int) -> Post:
    """Undo the last change of a post, as if it had never been: begun, ended, retitled.

    Raises NotFound, CannotTakeBack, and what the change back itself may raise.
    """
    with every_space(Reason.OFFICE):
        event = PostEvent.objects.filter(pk=event_id).select_related("post").first()
        if event is None:
            raise NotFound
        if PostEvent.objects.filter(post=event.post_id, pk__gt=event.pk).exists():
            raise CannotTakeBack
    post = event.post
    if event.kind == PostEvent.Kind.RETITLED and post.ended_on is None:
        return retitle_post(actor=actor, post_id=post.pk, title=event.old["title"], on=event.on)
    if event.kind == PostEvent.Kind.BEGUN and not post.main and post.ended_on is None:
        return _end(actor, post, on=post.started_on)
    if event.kind == PostEvent.Kind.ENDED and not post.main:
        return _reopen(actor, post)
    raise CannotTakeBack


def _reopen(actor: Account | None, post: Post) -> Post:
    person, unit = _person(post.person_id), _open_unit(post.unit_id)
    if any(held.unit_id == unit.pk for held in _held(person.pk)):
        raise PostHeld
    ended_on, post.ended_on, post.pos = post.ended_on, None, unit.lft
    Post._base_manager.filter(pk=post.pk).update(ended_on=None, pos=unit.lft)
    _log(actor, post, PostEvent.Kind.REOPENED, ended_on or dated(None), {}, {})
    return post


def _begin(actor: Account | None, person: Person, unit: Unit, title: str, *, main: bool, on: date) -> Post:
    post: Post = Post._base_manager.create(
        space_id=unit.space_id, person=person, unit=unit, title=title, main=main, started_on=on, pos=unit.lft
    )
    _log(actor, post, PostEvent.Kind.BEGUN, on, {}, {"title": title, "main": main})
    return post


def _end(actor: Account | None, post: Post, *, on: date) -> Post:
    post.ended_on = max(on, post.started_on)
    Post._base_manager.filter(pk=post.pk).update(ended_on=post.ended_on)
    _log(actor, post, PostEvent.Kind.ENDED, post.ended_on, {}, {})
    return post


def end_posts_of(person_id: int, *, actor: Account | None, on: date) -> int:
    """End every current post of somebody who leaves; the caller holds the tree's lock."""
    held = _held(person_id)
    for post in held:
        _end(actor, post, on=on)
    return len(held)


def _set_main(post: Post, *, main: bool, on: date) -> None:
    """Write the flag and its event; the former main post goes first, since there is one at most."""
    post.main = main
    Post._base_manager.filter(pk=post.pk).update(main=main)
    PostEvent._base_manager.create(
        space_id=post.space_id, post=post, kind=PostEvent.Kind.MAIN, on=on, old={"main": not main}, new={"main": main}
    )


def _person(person_id: int) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    if has_left(person):
        raise PersonLeft
    return person


def _open_unit(unit_id: int) -> Unit:
    unit: Unit | None = Unit._base_manager.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    if unit.closed_on is not None:
        raise UnitClosed
    return unit


def _held(person_id: int) -> list[Post]:
    return list(Post._base_manager.filter(person=person_id, ended_on__isnull=True).order_by("-main", "started_on"))


def _current(post_id: int) -> Post:
    post: Post | None = Post._base_manager.filter(pk=post_id).first()
    if post is None:
        raise NotFound
    if post.ended_on is not None:
        raise PostEnded
    return post


def _last_event(post: Post, *kinds: str) -> date:
    [(last,)] = rows(
        'SELECT max("on") FROM people_postevent WHERE post_id = %s AND kind = ANY(%s)', [post.pk, [*kinds]]
    )
    return last or post.started_on


def _first_day_for_main(post: Post) -> date:
    return max(post.started_on, _last_event(post, "main"))


def _log(
    actor: Account | None, post: Post, kind: PostEvent.Kind, on: date, old: dict[str, Any], new: dict[str, Any]
) -> None:
    event = PostEvent._base_manager.create(space_id=post.space_id, post=post, kind=kind, on=on, old=old, new=new)
    details = {"post": post.pk, "unit": post.unit_id, "event": event.pk, "on": on.isoformat()}
    record(
        actor=actor,
        act=f"people.post_{kind.value}",
        target=("person", post.person_id),
        space_id=post.space_id,
        details=details,
    )
