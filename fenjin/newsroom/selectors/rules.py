"""How articles of a space are released."""

from dataclasses import dataclass
from typing import Any

from fenjin.kit.db import listing
from fenjin.newsroom.models import ReleaseRule, RuleStep
from fenjin.spaces.access import spaces_with_permission


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule in force: its steps in their order; without steps an editor publishes alone."""

    steps: tuple[RuleStep, ...] = ()
    secrecy: bool = False
    apart: bool = True


ALONE = Rule()
# For those who may write but not publish, where no rule was set: an editor reads it.
BY_AN_EDITOR = Rule((RuleStep(number=1, role="editor"),))


def rule_of(space_id: int) -> Rule:
    """Return the rule of a space in scope; the plain one where none was set."""
    return rules_of({space_id}).get(space_id, ALONE)


def way_for(account: Any, space_id: int) -> Rule:
    """Return the rule by which an account's article is released: who may not publish goes by an editor at least."""
    rule = rule_of(space_id)
    if rule.steps or space_id in spaces_with_permission(account, "newsroom.publish_article"):
        return rule
    return BY_AN_EDITOR


def rules_of(spaces: frozenset[int] | set[int]) -> dict[int, Rule]:
    """Return the rules of those of the spaces that have set one, in two queries."""
    found = {rule.pk: rule for rule in ReleaseRule.objects.filter(space__in=spaces)}
    if not found:
        return {}
    steps: dict[int, list[RuleStep]] = {}
    rows = RuleStep.objects.filter(rule__in=found).select_related("person").order_by("rule", "number")
    for step in listing(rows):
        steps.setdefault(step.rule_id, []).append(step)
    return {rule.space_id: Rule(tuple(steps.get(pk, ())), rule.secrecy, rule.apart) for pk, rule in found.items()}
