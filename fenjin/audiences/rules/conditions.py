"""What can be asked of somebody: each condition looks at one current post and the person who holds it."""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class PlacedPost:
    """What a rule needs to know of one current post, and of the person who holds it.

    `path`: ids of the units from the root down to the post's. `zone`: the person's own, else that of
    the nearest unit above, else of the space. `working_since`: first day of work anywhere.
    """

    post_id: int
    unit_id: int
    path: tuple[int, ...]
    main: bool
    started_on: date
    space_id: int = 1
    title: str = ""
    zone: str = ""
    status: str = "on_duty"
    language: str = ""
    working_since: date | None = None
    lists: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class InUnit:
    """A post in this unit or below it."""

    key: ClassVar[str] = "unit"
    unit_id: int

    @property
    def value(self) -> Any:
        """Return what stands after the key in JSON."""
        return self.unit_id

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the post lies in the unit's subtree."""
        return self.unit_id in post.path


@dataclass(frozen=True, slots=True)
class _OneOf:
    """Something that must be one of a few values."""

    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(sorted(set(self.values))))

    @property
    def value(self) -> Any:
        """Return what stands after the key in JSON."""
        return list(self.values)


@dataclass(frozen=True, slots=True)
class InSpace(_OneOf):
    """A post in one of these sub-platforms, by number."""

    key: ClassVar[str] = "space"

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the post belongs to one of them."""
        return post.space_id in self.values


@dataclass(frozen=True, slots=True)
class HasTitle(_OneOf):
    """A post that is called exactly so."""

    key: ClassVar[str] = "post"

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the post has one of these titles."""
        return post.title in self.values


@dataclass(frozen=True, slots=True)
class TitleHolds(_OneOf):
    """A post in whose title one of these words stands, in the same letters."""

    key: ClassVar[str] = "post_has"

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether one of the words stands in the title."""
        return any(word in post.title for word in self.values)


@dataclass(frozen=True, slots=True)
class IsMain:
    """A main post; or, with False, one held beside it."""

    key: ClassVar[str] = "main"
    value: bool

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the post is of that kind."""
        return post.main is self.value


@dataclass(frozen=True, slots=True)
class HasStatus(_OneOf):
    """A person of whom the roster says one of these."""

    key: ClassVar[str] = "status"

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the person has one of these statuses."""
        return post.status in self.values


@dataclass(frozen=True, slots=True)
class InZone(_OneOf):
    """A person who lives by the clock of one of these time zones (IANA names)."""

    key: ClassVar[str] = "zone"

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether it is one of the zones."""
        return post.zone in self.values


@dataclass(frozen=True, slots=True)
class Reads(_OneOf):
    """A person who has chosen to read in one of these languages; who has not chosen reads Chinese."""

    key: ClassVar[str] = "language"

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether it is one of the languages."""
        return post.language in self.values


@dataclass(frozen=True, slots=True)
class Served:
    """A person who has worked for at least so many full years, and for less than so many; either may be open.

    Somebody whose first day is not known is not meant.
    """

    key: ClassVar[str] = "years"
    at_least: int | None = None
    below: int | None = None

    @property
    def value(self) -> Any:
        """Return what stands after the key in JSON."""
        ends = {"from": self.at_least, "below": self.below}
        return {name: years for name, years in ends.items() if years is not None}

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the person has served that long on a day."""
        since = post.working_since
        if since is None:
            return False
        long_enough = self.at_least is None or since <= years_before(on, self.at_least)
        return long_enough and (self.below is None or since > years_before(on, self.below))


@dataclass(frozen=True, slots=True)
class OnList:
    """A person on a saved list of staff numbers."""

    key: ClassVar[str] = "list"
    list_id: int

    @property
    def value(self) -> Any:
        """Return what stands after the key in JSON."""
        return self.list_id

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether the person is on the list."""
        return self.list_id in post.lists


def years_before(day: date, years: int) -> date:
    """Return the day by which somebody must have begun to have served so many full years on `day`.

    Who began on 29 February has a full year on 1 March of a year without that day.
    """
    year = max(1, day.year - years)
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is meant: one of `any` (if there are some), each of `all`, and none of `none`: what is left out wins.

    A rule may stand in a rule. It is asked of each post: somebody is left out only when every post is.
    """

    any: tuple["Condition", ...] = ()
    all: tuple["Condition", ...] = ()
    none: tuple["Condition", ...] = ()
    key: ClassVar[str] = "group"
    _fields: ClassVar[tuple[str, ...]] = ("any", "all", "none")

    def __post_init__(self) -> None:
        for name in self._fields:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)), key=_order)))

    @property
    def parts(self) -> tuple[tuple[str, tuple["Condition", ...]], ...]:
        """Return the three lists with their keys."""
        return (("any", self.any), ("all", self.all), ("none", self.none))

    def matches(self, post: PlacedPost, on: date) -> bool:
        """Tell whether somebody is meant through this post on a day."""
        if self.any and not any(one.matches(post, on) for one in self.any):
            return False
        if not all(one.matches(post, on) for one in self.all):
            return False
        return not any(one.matches(post, on) for one in self.none)

    def as_json(self) -> dict[str, Any]:
        """Return the rule in the one form in which it is stored and compared."""
        return {key: [as_json(one) for one in parts] for key, parts in self.parts if parts or key != "all"}

    def leaves(self) -> list["Leaf"]:
        """Return every condition in it, also in inner rules."""
        found: list[Leaf] = []
        for _key, parts in self.parts:
            for one in parts:
                found += one.leaves() if isinstance(one, Rule) else [one]
        return found

    @property
    def units(self) -> frozenset[int]:
        """Return every unit that it names."""
        return frozenset(one.unit_id for one in self.leaves() if isinstance(one, InUnit))

    @property
    def lists(self) -> frozenset[int]:
        """Return every saved list of staff numbers that it names."""
        return frozenset(one.list_id for one in self.leaves() if isinstance(one, OnList))

    @property
    def spaces(self) -> frozenset[int]:
        """Return every sub-platform that it names."""
        return frozenset(space for one in self.leaves() if isinstance(one, InSpace) for space in one.values)


type Leaf = InUnit | InSpace | HasTitle | TitleHolds | IsMain | HasStatus | InZone | Reads | Served | OnList
type Condition = Leaf | Rule


def as_json(condition: Condition) -> dict[str, Any]:
    """Return one entry of a rule as JSON; an inner rule without its empty lists."""
    if isinstance(condition, Rule):
        return {key: [as_json(one) for one in parts] for key, parts in condition.parts if parts}
    return {condition.key: condition.value}


def _order(condition: Condition) -> tuple[Any, ...]:
    """Units first, by number; the others by what they say."""
    if isinstance(condition, InUnit):
        return (0, condition.unit_id, "")
    return (1, 0, repr(as_json(condition)))


def counted_under(rule: Rule, posts: Sequence[PlacedPost], on: date) -> int | None:
    """Return the unit under which one person with these posts counts on a day, or None if the person is not meant.

    That is the unit of the main post if that matches, else of the oldest that does.
    """
    matching = [post for post in posts if rule.matches(post, on)]
    if not matching:
        return None
    return min(matching, key=lambda post: (not post.main, post.started_on, post.post_id)).unit_id
