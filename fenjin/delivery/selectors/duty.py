"""Who the duty desk of a space is: its own duty officers, else those of the group, who see everybody."""

from dataclasses import dataclass

from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.selectors.persons import persons_by_id
from fenjin.spaces.selectors import list_spaces
from fenjin.spaces.selectors.holders import people_holding

ROLE = "duty_officer"


@dataclass(frozen=True, slots=True)
class DutyDesk:
    """The people who follow an emergency of a space; `own`: they are the space's, not the group's."""

    names: tuple[str, ...]
    own: bool


def duty_desk_of(space_id: int) -> DutyDesk:
    """Return who follows an emergency of a space; no names: nobody would see who needs help."""
    held = people_holding(ROLE)
    own = bool(held.get(space_id))
    people = held.get(space_id) or held.get(GROUP_SPACE, frozenset())
    named = persons_by_id(set(people))
    return DutyDesk(tuple(sorted(person.name for person in named.values())), own)


def spaces_with_duty_desk(spaces: frozenset[int]) -> frozenset[int]:
    """Return those of the spaces whose emergencies somebody follows: the own duty officers, or the group's."""
    held = people_holding(ROLE)
    return spaces if held.get(GROUP_SPACE) else spaces & held.keys()


def names_without_duty_desk() -> tuple[str, ...]:
    """Return the names of the spaces whose emergencies nobody follows."""
    names = {space.pk: space.title for space in list_spaces()}
    return tuple(names[space] for space in sorted(names.keys() - spaces_with_duty_desk(frozenset(names))))
