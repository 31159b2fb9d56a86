"""Where on the tree everybody stands whom a rule may ever mean."""

from fenjin.audiences.rules.conditions import Condition, InUnit, Rule


def bounds(condition: Condition) -> frozenset[int] | None:
    """Return units such that a post must lie in one of them, or below it, to fulfil a condition; None: anywhere."""
    if isinstance(condition, InUnit):
        return frozenset({condition.unit_id})
    if not isinstance(condition, Rule):
        return None
    found = [bound for bound in map(bounds, condition.all) if bound is not None]
    some = [bounds(one) for one in condition.any]
    if some and None not in some:
        found.append(frozenset[int]().union(*(bound for bound in some if bound is not None)))
    return min(found, key=len) if found else None
