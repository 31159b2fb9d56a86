"""The log of a space, for its auditors: read only, and each look is itself an act in the log."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fenjin.audit.selectors.log import AuditFilter, list_events
from fenjin.audit.services import record
from fenjin.kit.access import Rule, needs
from fenjin.kit.errors import NotFound
from fenjin.spaces.access import Membership, membership_of, staff_verdict
from fenjin.spaces.selectors import space_names


def audited(membership: Membership) -> frozenset[int]:
    """Return the spaces of which somebody is the auditor; an auditor of one branch reads figures, not the log."""
    return frozenset(held.space_id for held in membership.roles if held.role == "auditor" and held.unit_id is None)


AUDITOR: Final = Rule(
    "auditor of a whole space",
    lambda request: staff_verdict(request, allowed=bool(audited(membership_of(request)))),
)


@needs(AUDITOR)
@require_GET
def space_log(request: HttpRequest) -> HttpResponse:
    """What staff did in a space, the newest first. Raises NotFound for a space of others."""
    names = sorted(space_names(set(audited(membership_of(request)))).items())
    asked = request.GET.get("space", "") or str(names[0][0])
    space = next((pk for pk, _name in names if str(pk) == asked), None)
    if space is None:
        raise NotFound
    before = request.GET.get("before", "")
    page = list_events(AuditFilter(space_id=space), before=before)
    actor: Any = request.user
    record(actor=actor, act="spaces.log_look", target=("space", space), space_id=space)
    context = {"page": page, "names": names, "space": space, "paged": bool(before)}
    return render(request, "spaces/desk/space_log.html", context)
