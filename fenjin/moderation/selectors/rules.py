"""How strictly a space takes it, and the words that are looked for in its texts."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from fenjin.kit.db import listing
from fenjin.kit.memory import forgets
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.moderation.finder import Finder, Wanted
from fenjin.moderation.models import Lane, Rule, Word

BUILT_IN: Final = Rule.Mode.WORDS
HOURS: Final = 24
# What a reader may report something as: criticism is not among it.
VIOLATIONS: Final = [(lane.value, lane.label) for lane in Lane if lane is not Lane.CRITICISM]


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """The rule of a space, and whose it is: its own, the group's, or the built-in one."""

    mode: str
    hours: int
    origin: str  # own, group or built_in
    editions: tuple[tuple[int, int], ...]  # row → edition of its words

    @property
    def is_open(self) -> bool:
        """Tell whether anybody may write."""
        return self.mode != Rule.Mode.CLOSED


def rule_of(space_id: int) -> RuleInForce:
    """Return the rule in force in a space; the group and the space must be in scope."""
    rows = {row.space_id: row for row in Rule.objects.filter(space__in={GROUP_SPACE, space_id})}
    editions = tuple((rows[space].pk, rows[space].edition) for space in sorted(rows))
    own, group = rows.get(space_id), rows.get(GROUP_SPACE)
    if own is not None and own.mode:
        return RuleInForce(own.mode, own.hours, "own", editions)
    if group is not None and group.mode:
        return RuleInForce(group.mode, group.hours, "group", editions)
    return RuleInForce(BUILT_IN, HOURS, "built_in", editions)


_finders: dict[int, tuple[tuple[tuple[int, int], ...], Finder]] = {}


def finder_of(space_id: int, rule: RuleInForce) -> Finder:
    """Return what finds the words of the group and of the space; read again when one of the lists has changed."""
    editions, finder = _finders.get(space_id, ((), None))
    if finder is None or editions != rule.editions:
        rows = Word.objects.filter(space__in={GROUP_SPACE, space_id}).order_by("pk")
        finder = Finder(Wanted(*row) for row in rows.values_list("normal", "lane", "by_sound"))
        _finders[space_id] = (rule.editions, finder)
    return finder


@forgets
def forget_finders() -> None:
    """Drop the lists that are kept."""
    _finders.clear()


def list_words(space_id: int, *, text: str = "", lane: str = "") -> QuerySet[Word]:
    """Return the words of one space in scope, the newest first."""
    rows = Word.objects.filter(space=space_id).select_related("added_by__person")
    if text:
        rows = rows.filter(text__icontains=text)
    if lane:
        rows = rows.filter(lane=lane)
    return listing(rows.order_by("-pk"))


def own_rule(space_id: int) -> Rule | None:
    """Return the row of a space in scope, if it has one."""
    found: Rule | None = Rule.objects.filter(space=space_id).first()
    return found


def inherited_rule(space_id: int) -> str:
    """Return the mode that holds in a space without a rule of its own: the group's, for the group the built-in one."""
    if space_id == GROUP_SPACE:
        return str(BUILT_IN)
    with every_space(Reason.OFFICE):  # a setting of the group, which every space reads
        row = Rule.objects.filter(space=GROUP_SPACE).exclude(mode="").first()
    return row.mode if row else str(BUILT_IN)


def count_group_words() -> int:
    """Return how many words of the group hold in every space; which they are only the group's moderators read."""
    with every_space(Reason.OFFICE):
        count: int = Word.objects.filter(space=GROUP_SPACE).count()
    return count
