"""On the studio's first page: what waits for a second person, and what was said about the own messages."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from fenjin.delivery.access import SEND
from fenjin.delivery.selectors.approvals import list_told, list_waiting
from fenjin.spaces.access import membership_of, spaces_allowing


class WaitingPanel(Component):
    """Two short lists; drawn only when one of them has something."""

    name = "waiting"
    order = 5
    template_name = "delivery/desk/waiting.html"

    def __init__(self, waiting: list[Any], told: list[Any]) -> None:
        self.waiting, self.told = waiting, told

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return both lists."""
        return {"waiting": self.waiting[:5], "more": len(self.waiting) > 5, "told": self.told}


def waiting_panel(request: HttpRequest) -> WaitingPanel | None:
    """Return the panel, or None when there is nothing to tell."""
    if not spaces_allowing(membership_of(request), SEND, branches=True):
        return None
    waiting, told = list_waiting(request.user), list_told(request.user)
    return WaitingPanel(waiting, told) if waiting or told else None
