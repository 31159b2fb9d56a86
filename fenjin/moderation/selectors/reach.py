"""Which cases somebody may look at: those of the own spaces, and for the group's moderators those of spaces
where nobody else could. The rule for one stands beside the rule for lists."""

from typing import Any, Final

from django.db.models import Q

from fenjin.kit.scope import Reason, every_space
from fenjin.moderation.access import spaces_to_decide, stands_in
from fenjin.moderation.models import Appeal, Case
from fenjin.spaces.selectors.holders import people_holding

ROLE: Final = "moderator"


def may_decide(account: Any, case: Case) -> bool:
    """Tell whether the account looks at this case: a moderator of its space, else the group's."""
    if case.space_id in spaces_to_decide(account):
        return True
    return stands_in(account) and not (_there(case.space_id) - {case.person_id})


def may_decide_appeal(account: Any, appeal: Appeal) -> bool:
    """Tell whether the account looks at this appeal; whoever decided first counts as not there."""
    if appeal.space_id in spaces_to_decide(account):
        return True
    with every_space(Reason.OFFICE):  # the group stands in for a space that is not in its own scope
        first = list(Appeal.objects.filter(pk=appeal.pk).values_list("first_by__person", flat=True))
    return stands_in(account) and not (_there(appeal.space_id) - {appeal.case.person_id, *first})


def reach(account: Any, *, appealed: bool = False) -> Q:
    """Return the same rule as a condition on cases (`appealed`: on cases with an appeal)."""
    condition = Q(space__in=spaces_to_decide(account))
    if not stands_in(account):
        return condition
    holders = people_holding(ROLE)
    condition |= ~Q(space__in=list(holders))
    for space, people in holders.items():
        if len(people) == 1:
            (only,) = people
            alone = Q(person=only) | Q(appeal__first_by__person=only) if appealed else Q(person=only)
            condition |= Q(space=space) & alone
    return condition


def _there(space_id: int) -> frozenset[int]:
    return people_holding(ROLE).get(space_id, frozenset())
