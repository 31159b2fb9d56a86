"""Whether somebody is there to look: at texts, and a second one at appeals.

The rule, for texts and appeals alike: the moderators of the space; where none of them may (there is none, it is the
author, or the same person decided first), those of the group.
"""

from dataclasses import dataclass
from typing import Any, Literal

from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.moderation.access import spaces_to_answer, spaces_to_decide
from fenjin.moderation.models import Appeal, Case, Rule
from fenjin.moderation.register import kinds
from fenjin.moderation.selectors.queue import OPEN, counts
from fenjin.moderation.selectors.reach import ROLE
from fenjin.moderation.selectors.rules import BUILT_IN
from fenjin.spaces.access import spaces_without
from fenjin.spaces.selectors import list_spaces
from fenjin.spaces.selectors.holders import people_holding

Where = Literal["here", "group", "nobody"]


@dataclass(frozen=True, slots=True)
class Hands:
    """Spaces in which something can be written: where nobody could look, where the group does, where one is alone."""

    nobody: tuple[str, ...]
    group: tuple[str, ...]
    alone: tuple[str, ...]  # an appeal would find nobody

    def __bool__(self) -> bool:
        return bool(self.nobody or self.group or self.alone)


def hands_in(spaces: frozenset[int] | None = None) -> Hands:
    """Return how these spaces (None: all) stand; those in which nothing can be written are left out."""
    there = people_holding(ROLE)
    names = {space.pk: space.title for space in list_spaces() if spaces is None or space.pk in spaces}
    writable = _writable(frozenset(names))
    found: dict[str, list[str]] = {"nobody": [], "group": [], "alone": []}
    for pk in (pk for pk in names if pk in writable):
        own, group = there.get(pk, frozenset()), there.get(GROUP_SPACE, frozenset())
        if not own | group:
            found["nobody"].append(names[pk])
        elif len(own | group) < 2:
            found["alone"].append(names[pk])
        elif not own:
            found["group"].append(names[pk])
    return Hands(*(tuple(found[key]) for key in ("nobody", "group", "alone")))


def hands_for(account: Any) -> Hands:
    """Return how the spaces stand in which the account looks or answers."""
    return hands_in(spaces_to_decide(account) | spaces_to_answer(account))


def who_looks_again(case: Case) -> Where:
    """Return who decides an appeal against the decision on this case."""
    with every_space(Reason.OFFICE):
        again = Appeal.objects.filter(case=case.pk).values_list("first_by__person", flat=True).first()
        first = again or Case.objects.filter(pk=case.pk).values_list("decided_by__person", flat=True).first()
    there = people_holding(ROLE)
    out = {case.person_id, first}
    if there.get(case.space_id, frozenset()) - out:
        return "here"
    return "group" if there.get(GROUP_SPACE, frozenset()) - out else "nobody"


def with_moderators(spaces: frozenset[int]) -> frozenset[int]:
    """Return those of the spaces that have a moderator of their own, or nothing to look at."""
    return (spaces & people_holding(ROLE).keys()) | (spaces - _writable(spaces))


def in_use(account: Any) -> bool:
    """Tell whether somebody may write in a space where the account looks or answers, or something still waits there."""
    spaces = spaces_to_decide(account) | spaces_to_answer(account)
    if _writable(spaces):
        return True
    waiting = counts(account)
    return bool(waiting.open or waiting.appeals or waiting.answers)


def stranded() -> int:
    """Return how many texts and appeals wait where nobody at all could look at them."""
    there = people_holding(ROLE)
    if there.get(GROUP_SPACE):
        return 0
    with every_space(Reason.OFFICE):
        waiting: int = Case.objects.filter(state__in=OPEN).exclude(space__in=list(there)).count()
        appeals: int = Appeal.objects.filter(decided_at__isnull=True).exclude(space__in=list(there)).count()
    return waiting + appeals


def _writable(spaces: frozenset[int]) -> frozenset[int]:
    """Return the spaces in which somebody may write: the rule is not "closed", and a feature with texts is on."""
    with every_space(Reason.OFFICE):
        rules = dict(Rule.objects.exclude(mode="").values_list("space", "mode"))
    usual = rules.get(GROUP_SPACE, BUILT_IN)
    off = [spaces_without(kind.module) for kind in kinds()]
    silent = frozenset.intersection(*off) if off else spaces
    return frozenset(pk for pk in spaces - silent if rules.get(pk, usual) != Rule.Mode.CLOSED)
