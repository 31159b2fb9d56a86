"""What a new space has done of its first day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.register import FirstDayStep, first_day_steps


@dataclass(frozen=True, slots=True)
class Task:
    """A step as one space stands to it."""

    name: Any
    why: Any
    url: str
    done: bool


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first day of one space."""

    space: Space
    tasks: tuple[Task, ...]

    @property
    def left(self) -> int:
        """Return how many steps are open."""
        return sum(not task.done for task in self.tasks)

    @property
    def ready(self) -> int:
        """Return how many steps are done."""
        return len(self.tasks) - self.left


def first_days(spaces: frozenset[int]) -> list[FirstDay]:
    """Return the first day of each of these spaces that has not done everything; one query for each step."""
    steps = first_day_steps()
    done = {step.key: step.done(spaces) for step in steps}
    open_spaces = [pk for pk in spaces if any(pk not in done[step.key] for step in steps)]
    rows = Space.objects.filter(pk__in=open_spaces).order_by("pk") if open_spaces else []
    return [FirstDay(space, tuple(_task(step, space, done[step.key]) for step in steps)) for space in rows]


def _task(step: FirstDayStep, space: Space, done: frozenset[int]) -> Task:
    url = reverse(step.url_name, args=[space.pk] if step.takes_space else None)
    return Task(step.name, step.why, url, space.pk in done)


def _spaces_where(**condition: Any) -> Callable[[frozenset[int]], frozenset[int]]:
    def find(spaces: frozenset[int]) -> frozenset[int]:
        return frozenset(Space.objects.filter(pk__in=spaces).exclude(**condition).values_list("pk", flat=True))

    return find


with_contact = _spaces_where(contact_name="", contact_phone="")
with_colours = _spaces_where(hue=None)


def with_two_editors(spaces: frozenset[int]) -> frozenset[int]:
    """Return the spaces that two people edit, so that one can be ill."""
    with every_space(Reason.OFFICE):
        rows = RoleGrant.objects.filter(RoleGrant.in_force(clock.now()), space__in=spaces, role="editor")
        pairs = set(rows.values_list("space", "person"))
    counted = [space for space, _person in pairs]
    return frozenset(space for space in counted if counted.count(space) > 1)
