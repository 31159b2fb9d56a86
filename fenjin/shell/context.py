"""The frame around every page: made only when a template asks, so studio pages and errors pay nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenjin.delivery import selectors as delivery
from fenjin.kit.components import ShellFrame, SpaceChoice, Tab
from fenjin.kit.links import link
from fenjin.kit.memory import once
from fenjin.shell.skins import stylesheet_of
from fenjin.spaces.access import STUDIO, Membership, membership_of
from fenjin.spaces.selectors.looks import SpaceLook, look_of, shown_space

_LANGUAGES = {"zh-hans": "zh-CN", "en": "en"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, not yet made."""
    return {"shell": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: HttpRequest) -> ShellFrame:
    """Return the frame for the one who asks: the own space, tabs that have something, the own look."""
    language = _LANGUAGES.get(get_language() or "", "zh-CN")
    if not request.user.is_authenticated:
        return ShellFrame(complaint_url=link("shell:complaint"), language=language, **_shown(look_of(None)))
    account = request.user
    membership = membership_of(request)
    look = look_of(_place_of_work(request, membership) or once(request, shown_space, request))
    person_id = membership.person_id
    employee = person_id is not None
    return ShellFrame(
        **_shown(look),
        tabs=_tabs(membership),
        active=_active(request.path),
        signed_in=True,
        unread=SimpleLazyObject(lambda: person_id is not None and once(request, delivery.glance, person_id).unread),
        search_url=link("shell:search") if employee else "",
        inbox_url=link("shell:inbox") if employee else "",
        spaces=_choices(membership, look),
        spaces_url=link("shell:spaces") if len(membership.spaces) > 1 else "",
        complaint_url=link("shell:complaint"),
        why_url=link("shell:why") if employee else "",
        watermark=_watermark(account) if employee and look.watermark else "",
        theme=account.theme,  # type: ignore[arg-type]  # the database holds it to the choices
        scale=account.scale,  # type: ignore[arg-type]
        language=language,
    )


def _shown(look: SpaceLook) -> dict[str, Any]:
    """Return the parts of the frame that a space decides."""
    return {
        "space_name": look.title,
        "mark": look.mark,
        "contact": look.contact,
        "stylesheet": stylesheet_of(look),
    }


def _place_of_work(request: HttpRequest, membership: Membership) -> int | None:
    """Return the one space in which the reader works, while at work in the studio; None: not there, or in several."""
    places = {held.space_id for held in membership.roles}
    return places.pop() if len(places) == 1 and request.path.startswith(STUDIO) else None


def _choices(membership: Membership, shown: SpaceLook) -> tuple[SpaceChoice, ...]:
    """Return the spaces of the own posts; nothing for a person with one, so that the frame costs them nothing."""
    if len(membership.spaces) < 2:
        return ()
    looks = sorted((look_of(space) for space in membership.spaces), key=lambda look: look.space_id)
    return tuple(SpaceChoice(look.space_id, look.title, look.mark, look.space_id == shown.space_id) for look in looks)


def _watermark(account: Any) -> str:
    """Return what the mark on each page says: the name, and the last four signs of the staff number."""
    return f"{account.person.name} {account.person.staff_number[-4:]}"


def _tabs(membership: Membership) -> tuple[Tab, ...]:
    """Return the tabs behind which there is something: home for employees, me for everybody."""
    me = Tab("me", _("Me"), link("shell:me"), "me")
    if membership.person_id is None:
        return (me,)
    return (Tab("home", _("Home"), link("shell:home"), "home"), me)


def _active(path: str) -> str:
    if path.startswith(("/me/", "/moderation/", "/complaints/")):
        return "me"
    return "home" if path == "/" or path.startswith("/news/") else ""
