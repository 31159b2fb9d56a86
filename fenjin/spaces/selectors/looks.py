"""How a space looks and whom one calls there: needed around every page, so kept for some seconds."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import get_language

from fenjin.kit.access import Rule, Verdict
from fenjin.kit.memory import forgets, once
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.selectors.own import own_main_space
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.access.features import forget_features
from fenjin.spaces.access.membership import Membership
from fenjin.spaces.models import Space
from fenjin.spaces.register import modules, optional_modules

SECONDS: Final = 5.0
CHOSEN: Final = "space"  # in the session: the space that somebody with posts in several looks at

_DARK_PLACES: Final = 'html[data-theme="dark"],html.w-theme-dark'
_AUTO_PLACES: Final = 'html[data-theme="auto"],html.w-theme-system'


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call with a question; empty when nobody is named."""

    name: str = ""
    phone: str = ""
    hours: str = ""
    name_en: str = ""
    hours_en: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone)

    @property
    def who(self) -> str:
        """Return the name in the reader's language."""
        return (self.name_en if _in_english() else "") or self.name

    @property
    def when(self) -> str:
        """Return the hours in the reader's language."""
        return (self.hours_en if _in_english() else "") or self.hours

    @property
    def dial(self) -> str:
        """Return the number as a telephone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True, slots=True)
class SpaceLook:
    """A space as its pages show it: name, seal, colours, home page, contact."""

    space_id: int = GROUP_SPACE
    name: str = "Fenjin 奋进"
    name_en: str = ""
    mark: str = "奋"
    ramp: dict[str, dict[str, str]] = field(default_factory=dict)
    contact: Contact = Contact()
    watermark: bool = False
    sections: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    enabled: frozenset[str] = frozenset()
    blend: str = "both"

    @property
    def title(self) -> str:
        """Return the name in the reader's language."""
        return (self.name_en if _in_english() else "") or self.name

    @property
    def digest(self) -> str:
        """Return what changes with the colours; empty for those of the house."""
        return hashlib.sha256(json.dumps(self.ramp, sort_keys=True).encode()).hexdigest()[:12] if self.ramp else ""

    def place_of(self, key: str, order: int) -> tuple[int, int]:
        """Return where a section of the home page stands: as the space arranged it, then by the feature's order."""
        return (self.sections.index(key), order) if key in self.sections else (len(self.sections), order)


_looks: dict[int, tuple[float, SpaceLook]] = {}


def look_of(space_id: int | None) -> SpaceLook:
    """Return how a space looks (None: the group), at most 5 seconds old; the house's own look for one not there."""
    wanted = space_id or GROUP_SPACE
    made, look = _looks.get(wanted, (-SECONDS, SpaceLook()))
    if time.monotonic() - made < SECONDS:
        return look
    found = {space.pk: space for space in Space.objects.filter(pk__in={wanted, GROUP_SPACE})}
    if wanted not in found:
        return SpaceLook(wanted)
    look = _look(found[wanted], found[GROUP_SPACE])
    _looks[wanted] = (time.monotonic(), look)
    return look


def _look(space: Space, group: Space) -> SpaceLook:
    own = _contact(space)
    return SpaceLook(
        space_id=space.pk,
        name=space.name,
        name_en=space.name_en,
        mark=space.seal,
        ramp=space.ramp,
        contact=own or _contact(group),
        watermark=space.watermark,
        sections=tuple(space.sections),
        hidden=frozenset(space.hidden_sections),
        enabled=enabled_in(space),
        blend=space.blend,
    )


def _contact(space: Space) -> Contact:
    return Contact(
        space.contact_name, space.contact_phone, space.contact_hours, space.contact_name_en, space.contact_hours_en
    )


def enabled_in(space: Any) -> frozenset[str]:
    """Return the keys of the modules that a space has: those it cannot switch off, and those it switched on."""
    return frozenset(module.key for module in modules() if module.always or module.key in space.modules)


@forgets
def forget_looks() -> None:
    """Drop the looks that are kept, and which features are on."""
    _looks.clear()
    forget_features()


def colours_css(look: SpaceLook) -> str:
    """Return the rules that put a space's colours in the place of the house's; empty for the house's own."""
    if not look.ramp:
        return ""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in sorted(look.ramp[side].items())) for side in ("light", "dark")
    )
    return f":root{{{light}}}{_DARK_PLACES}{{{dark}}}@media (prefers-color-scheme:dark){{{_AUTO_PLACES}{{{dark}}}}}\n"


def with_module(key: str) -> Rule:
    """Return the rule for phone pages of a feature: employees in whose shown space it is switched on; else 404."""

    def judge(request: HttpRequest) -> Verdict:
        verdict = EMPLOYEE.judge(request)
        if verdict is Verdict.ALLOW and not has_module(request, key):
            return Verdict.NOT_FOUND
        return verdict

    return Rule(f"employee with {key}", judge)


def has_module(request: HttpRequest, key: str) -> bool:
    """Tell whether a feature is switched on in the space that the reader looks at."""
    return key in look_of(once(request, shown_space, request)).enabled


def modules_off(request: HttpRequest) -> frozenset[str]:
    """Return the features that are switched off in the space that the reader looks at."""
    return frozenset(optional_modules()) - look_of(once(request, shown_space, request)).enabled


def shown_space(request: HttpRequest) -> int | None:
    """Return the space whose look the reader gets: the chosen one, else that of the main post; None: the group."""
    membership: Membership = membership_of(request)
    if len(membership.spaces) <= 1:
        return next(iter(membership.spaces), None)
    chosen = request.session.get(CHOSEN)
    if chosen in membership.spaces:
        return int(chosen)
    return own_main_space(membership.person_id) if membership.person_id else None
