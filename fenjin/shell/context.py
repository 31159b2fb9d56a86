"""The frame around every page: made only when a template asks, so studio pages and errors pay nothing."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenjin.delivery import selectors as delivery
from fenjin.kit.components import ShellFrame, Tab
from fenjin.kit.memory import once
from fenjin.shell import selectors
from fenjin.spaces.access import Membership, membership_of

_LANGUAGES = {"zh-hans": "zh-CN", "en": "en"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, not yet made."""
    return {"shell": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: HttpRequest) -> ShellFrame:
    """Return the frame for the one who asks: the own space, tabs that have something, the own look."""
    language = _LANGUAGES.get(get_language() or "", "zh-CN")
    if not request.user.is_authenticated:
        group = selectors.space_sign(None)
        return ShellFrame(
            space_name=group.name, mark=group.mark, complaint_url=reverse("shell:complaint"), language=language
        )
    account = request.user
    membership = membership_of(request)
    sign = selectors.space_sign(selectors.own_space(membership))
    person_id = membership.person_id
    employee = person_id is not None
    return ShellFrame(
        space_name=sign.name,
        mark=sign.mark,
        tabs=_tabs(membership),
        active=_active(request.path),
        signed_in=True,
        unread=SimpleLazyObject(lambda: person_id is not None and once(request, delivery.glance, person_id).unread),
        search_url=reverse("shell:search") if employee else "",
        inbox_url=reverse("shell:inbox") if employee else "",
        complaint_url=reverse("shell:complaint"),
        theme=account.theme,  # type: ignore[arg-type]  # the database holds it to the choices
        scale=account.scale,  # type: ignore[arg-type]
        language=language,
    )


def _tabs(membership: Membership) -> tuple[Tab, ...]:
    """Return the tabs behind which there is something: home for employees, me for everybody."""
    me = Tab("me", _("Me"), reverse("shell:me"), "me")
    if membership.person_id is None:
        return (me,)
    return (Tab("home", _("Home"), reverse("shell:home"), "home"), me)


def _active(path: str) -> str:
    return "me" if path.startswith("/me/") else "home" if path == "/" or path.startswith("/news/") else ""
