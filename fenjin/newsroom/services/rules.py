"""How articles of a space are released: setting the rule."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.access import may_set_rule
from fenjin.newsroom.models import ReleaseRule, RuleStep
from fenjin.newsroom.models.release import StepRole
from fenjin.people.access import has_left
from fenjin.people.selectors.persons import find_person

MOST_STEPS: Final = 4


class BadRule(Refusal):
    """The steps make no way that an article can go."""

    code = "bad_rule"
    status = 422
    sentence = _("A release has at most four steps, and each step is a role or a person who works here.")


@transaction.atomic
def set_rule(
    *, actor: Any, space_id: int, steps: Sequence[tuple[str, int | None]], secrecy: bool, apart: bool = True
) -> ReleaseRule:
    """Set through which steps (role, or person id with an empty role) articles of a space go from now on.

    What is under way goes on by the rule under which it was sent. Raises NotFound, BadRule.
    """
    if not may_set_rule(actor.membership, space_id):
        raise NotFound
    if len(steps) > MOST_STEPS or any(not _is_step(role, person) for role, person in steps):
        raise BadRule
    with every_space(Reason.OFFICE):
        rule, _made = ReleaseRule.objects.update_or_create(
            space_id=space_id,
            defaults={"secrecy": secrecy, "apart": apart, "set_by": actor, "set_at": clock.now()},
        )
        RuleStep.objects.filter(rule=rule).delete()
        RuleStep.objects.bulk_create(
            RuleStep(space_id=space_id, rule=rule, number=number, role=role, person_id=person)
            for number, (role, person) in enumerate(steps, start=1)
        )
    details = {"steps": [role or f"person {person}" for role, person in steps], "secrecy": secrecy, "apart": apart}
    record(actor=actor, act="newsroom.rule", target=("space", space_id), space_id=space_id, details=details)
    return rule


def _is_step(role: str, person: int | None) -> bool:
    if person is None:
        return role in StepRole
    return not role and not has_left(find_person(person))
