"""Messages that were sent to me."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fenjin.delivery import selectors as delivery
from fenjin.kit.access import needs
from fenjin.kit.components import More
from fenjin.kit.memory import once
from fenjin.kit.scope import GROUP_SPACE
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import look_of


@dataclass(frozen=True, slots=True)
class Chip:
    """One way to narrow the list down: a link, so that it works by itself."""

    label: Any
    href: str
    on: bool


@needs(EMPLOYEE)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a page of my messages, newest first; `before` goes on where the last ended, `show` and `from` narrow it."""
    membership = membership_of(request)
    before, only = request.GET.get("before", "")[:60], _filter(request)
    page = delivery.messages_for(membership.person_id or 0, before, only=only)
    context = {
        "letters": [delivery.letter(row) for row in page.rows],
        "more": More(_address(only, before=page.more), target="letters", label=_more_words(page))
        if page.more
        else None,
        "later": bool(before),
        "shows": _shows(only),
        "senders": _senders(only, sorted({GROUP_SPACE} | membership.spaces)),
        "narrowed": only != delivery.Filter(),
        "whole": reverse("shell:inbox"),
        "call": None if before else _call(request, membership.person_id or 0),
    }
    return render(request, "shell/inbox.html", context)


def _call(request: HttpRequest, person_id: int) -> delivery.Call | None:
    return delivery.call_for(person_id, once(request, delivery.glance, person_id).emergencies)


def _filter(request: HttpRequest) -> delivery.Filter:
    show, sender = request.GET.get("show", ""), request.GET.get("from", "")
    space = int(sender) if sender.isascii() and sender.isdecimal() and len(sender) < 19 else None
    return delivery.Filter(show if show in delivery.SHOWS else "", space)


def _address(only: delivery.Filter, **more: str) -> str:
    asked = {"show": only.show, "from": str(only.space_id or ""), **more}
    asked = {name: value for name, value in asked.items() if value}
    return reverse("shell:inbox") + (f"?{urlencode(asked)}" if asked else "")


def _shows(only: delivery.Filter) -> list[Chip]:
    words = {"": _("All"), "to-confirm": _("To confirm"), "unread": _("Unread"), "muted": _("Muted")}
    return [
        Chip(label, _address(delivery.Filter(show, only.space_id)), show == only.show) for show, label in words.items()
    ]


def _senders(only: delivery.Filter, spaces: list[int]) -> list[Chip]:
    """Return the senders to choose from: none where there is only one."""
    if len(spaces) < 2 and only.space_id is None:
        return []
    every = Chip(_("From everybody"), _address(delivery.Filter(only.show)), only.space_id is None)
    return [every] + [
        Chip(look_of(space).title, _address(delivery.Filter(only.show, space)), space == only.space_id)
        for space in spaces
    ]


def _more_words(page: delivery.InboxPage) -> str:
    """Return what the button says: a filter that found little has not looked at everything yet."""
    return "" if len(page.rows) >= delivery.PAGE else _("Look further back")
