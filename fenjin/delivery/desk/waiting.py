"""On the studio's first page: what waits for a second person, and what was said about the own messages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from fenjin.delivery.access import SEND
from fenjin.delivery.selectors.approvals import list_asked_again, list_told, list_waiting
from fenjin.delivery.selectors.corrections import list_told_corrections, list_waiting_corrections
from fenjin.spaces.access import membership_of, spaces_allowing


@dataclass(frozen=True, slots=True)
class OwnNews:
    """What became of the own things: messages that grew and wait again, corrections that were looked at."""

    grown: list[Any]
    corrections: list[Any]


class WaitingPanel(Component):
    """Short lists; drawn only when one of them has something."""

    name = "waiting"
    order = 5
    template_name = "delivery/desk/waiting.html"

    def __init__(self, waiting: list[Any], told: list[Any], corrections: list[Any], own: "OwnNews") -> None:
        self.waiting, self.told, self.corrections, self.own = waiting, told, corrections, own

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the lists."""
        return {
            "waiting": self.waiting[:5],
            "corrections": self.corrections[:5],
            "told": self.told,
            "grown": self.own.grown,
            "told_corrections": self.own.corrections,
        }


def waiting_panel(request: HttpRequest) -> WaitingPanel | None:
    """Return the panel, or None when there is nothing to tell."""
    if not spaces_allowing(membership_of(request), SEND, branches=True):
        return None
    waiting, told = list_waiting(request.user), list_told(request.user)
    corrections = list_waiting_corrections(request.user)
    own = OwnNews(list_asked_again(request.user), list_told_corrections(request.user))
    something = waiting or told or corrections or own.grown or own.corrections
    return WaitingPanel(waiting, told, corrections, own) if something else None
