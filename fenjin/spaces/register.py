"""The registers of spaces: what a feature brings to a space, and which places of the studio it opens.

Features sign them in their apps.py.

It imports nothing of the platform, so that apps.py can import it before the tables are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

TABS = ("home", "learn", "activities", "services", "me")


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A part of the home page: a template and what it needs, found for one person.

    `collect(request)` returns the template's context, or None when there is nothing to show. A space
    arranges its home page by `key` (empty: the module's) and sees `name` (empty: the module's) there.
    """

    template: str
    collect: Callable[[Any], dict[str, Any] | None]
    order: int = 50
    key: str = ""
    name: Any = ""


@dataclass(frozen=True, slots=True)
class TodoSource:
    """Where the card of today's things finds rows: `collect(request)` returns components.TodoRow objects."""

    collect: Callable[[Any], list[Any]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Module:
    """A feature as a space sees it.

    `permissions`: role → permissions of Django's kind ("newsroom.add_article"), on every row of the space;
    `own`: the same, only on rows that the holder made (SpacePolicy.is_own). Wagtail asks for them too.
    `always`: a space cannot switch it off. `about`: one sentence for those who switch it on and off.
    """

    key: str
    name: Any
    tab: str = "home"
    always: bool = False
    about: Any = ""
    permissions: dict[str, frozenset[str]] = field(default_factory=dict)
    own: dict[str, frozenset[str]] = field(default_factory=dict)
    home: tuple[HomeSection, ...] = ()
    todo: tuple[TodoSource, ...] = ()


_modules: dict[str, Module] = {}


def register_module(module: Module) -> None:
    """Sign the register; raises ValueError if the key is taken or the tab does not exist."""
    if module.key in _modules:
        raise ValueError(f"Two modules want the key {module.key!r}.")
    if module.tab not in TABS:
        raise ValueError(f"Module {module.key!r} names the tab {module.tab!r}; there are {', '.join(TABS)}.")
    _modules[module.key] = module


def modules() -> tuple[Module, ...]:
    """Return all modules in the order in which they signed."""
    return tuple(_modules.values())


def optional_modules() -> tuple[str, ...]:
    """Return the keys of the features that a space may switch off; a new space begins with those of the group."""
    return tuple(module.key for module in modules() if not module.always)


def home_sections(enabled: frozenset[str] | None = None) -> list[HomeSection]:
    """Return the sections of the home page, with key and name, by their order; `enabled`: only of these modules."""
    found = [
        replace(section, key=section.key or module.key, name=section.name or module.name)
        for module in modules()
        for section in module.home
        if enabled is None or module.key in enabled
    ]
    return sorted(found, key=lambda section: section.order)


_opened: set[str] = set()


def open_namespace(namespace: str) -> None:
    """Let staff into the studio views of one URL namespace; the contract test then probes all of them."""
    _opened.add(namespace)


def opened_namespaces() -> frozenset[str]:
    """Return every namespace that features have opened."""
    return frozenset(_opened)


@dataclass(frozen=True, slots=True)
class FirstDayStep:
    """One thing that the editors of a new space do once: `done(spaces)` returns those where it is done.

    `url_name` is the page where it is done; it gets the space as its one argument if `takes_space`.
    """

    key: str
    name: Any
    why: Any
    url_name: str
    done: Callable[[frozenset[int]], frozenset[int]]
    takes_space: bool = False
    order: int = 50


_first_day: dict[str, FirstDayStep] = {}


def first_day(step: FirstDayStep) -> None:
    """Sign a step of the first day; raises ValueError if the key is taken."""
    if step.key in _first_day:
        raise ValueError(f"Two steps of the first day want the key {step.key!r}.")
    _first_day[step.key] = step


def first_day_steps() -> list[FirstDayStep]:
    """Return the steps of the first day in their order."""
    return sorted(_first_day.values(), key=lambda step: step.order)


# ---- what is planned -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing in the calendar of the studio: when, in which space, what it is, and where its page is.

    `reaches`: readers notice it at that moment; two such things too close in one space are a collision.
    `whole_day`: only the day of `at` counts. `past`: it has happened already. What the group plans reaches the
    people of every space; who may not see what it is gets it without `href`.
    """

    at: datetime
    space_id: int
    kind: Any
    title: str
    href: str
    tone: str = "zhu"
    reaches: bool = True
    whole_day: bool = False
    past: bool = False


Plans = Callable[[Any, datetime, datetime], list[Planned]]
_plans: list[Plans] = []


def register_plans(collect: Plans) -> None:
    """Sign the calendar: `collect(request, start, end)` returns what the one who asks may see of that time."""
    _plans.append(collect)


def plans() -> tuple[Plans, ...]:
    """Return who brings things to the calendar."""
    return tuple(_plans)
