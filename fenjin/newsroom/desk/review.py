"""The desk "to review": what waits for me, what waits for others, what came back, what is due for another look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fenjin.kit.access import needs
from fenjin.newsroom.access import NEWSROOM
from fenjin.newsroom.selectors.plans import list_due_for_a_look, list_planned
from fenjin.newsroom.selectors.releases import list_returned, list_waiting
from fenjin.spaces.access import membership_of


@needs(NEWSROOM)
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """Show everything that waits for a hand in the spaces of the one who asks."""
    membership = membership_of(request)
    waiting = list_waiting(membership)
    context: dict[str, Any] = {
        "mine": [one for one in waiting if one.mine],
        "others": [one for one in waiting if not one.mine],
        "returned": list_returned(membership),
        "planned": list_planned(membership),
        "looks": list_due_for_a_look(membership),
    }
    return render(request, "newsroom/desk/to_review.html", context)
