"""Who is meant, for a page: how many, by sub-platform, ten of them, who is left out and why."""

from dataclasses import dataclass

from fenjin.audiences.access import Reach
from fenjin.audiences.rules import Rule
from fenjin.audiences.selectors import Example, by_unit, compile_rule, count, examples, shares_of
from fenjin.audiences.selectors.described import LeftOut, left_out
from fenjin.kit.components import Bar


@dataclass(frozen=True, slots=True)
class Headcount:
    """The figures of a rule, cut to a reach; all but `people` only when the fuller answer was asked for."""

    people: int = 0
    shares: tuple[Bar, ...] = ()
    examples: tuple[Example, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def headcount(rule: Rule, reach: Reach, *, fuller: bool = False) -> Headcount:
    """Return how many are meant; nobody while the rule names nobody. Raises RuleRefusal for unknown units and lists."""
    if not rule.any and not rule.all:
        return Headcount()
    meant = compile_rule(rule, reach)
    if not fuller:
        return Headcount(count(meant))
    units = by_unit(meant)
    shares = shares_of(units)
    most = max((share.people for share in shares), default=1)
    return Headcount(
        sum(units.values()),
        tuple(Bar(share.people, most, share.name, tone="zhu") for share in shares),
        tuple(examples(meant, units=units)),
        tuple(left_out(rule, reach)),
    )
