"""The small forms with which one condition is written: what each asks, and how its answer becomes a condition."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fenjin.audiences.access import Reach
from fenjin.audiences.rules import RuleRefusal
from fenjin.audiences.selectors.offered import common_titles, spaces_offered, zones_in_use
from fenjin.audiences.selectors.saved import list_lists
from fenjin.audiences.wording import zone_name
from fenjin.people.selectors.words import STATUS_WORDS

_BETWEEN: Final = re.compile(r"[,，、;；\n]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of condition: its tab, and the question above its form."""

    key: str
    name: Any
    question: Any


KINDS: Final = (
    Kind("unit", _("Unit"), _("Which units, each with everything below it?")),
    Kind("post", _("Post"), _("How is the post called?")),
    Kind("status", _("Status"), _("What does the roster say of them?")),
    Kind("years", _("Years of service"), _("How long have they worked, in full years?")),
    Kind("zone", _("Place and time zone"), _("By which clock do they live?")),
    Kind("language", _("Language"), _("Which language have they chosen to read?")),
    Kind("space", _("Sub-platform"), _("To which sub-platform does the post belong?")),
    Kind("list", _("A pasted list"), _("On which list do they stand?")),
    Kind("main", _("Main post or not"), _("Does the main post count, or one held beside it?")),
    Kind("group", _("A group of conditions"), _("Open a bracket: conditions that belong together.")),
)


def kind_of(key: str | None) -> Kind:
    """Return the kind of a tab; the first for any other word."""
    return next((kind for kind in KINDS if kind.key == key), KINDS[0])


def choices(kind: str, account: Any, space_id: int, reach: Reach) -> list[tuple[str, str]]:
    """Return what the form of a kind offers to tick or choose."""
    offers: dict[str, Callable[[], list[tuple[str, str]]]] = {
        "post": lambda: [(title, title) for title in common_titles(reach)],
        "status": lambda: [(key, str(word)) for key, word in STATUS_WORDS.items()],
        "zone": lambda: [(zone, zone_name(zone)) for zone in zones_in_use()],
        "language": lambda: list(settings.LANGUAGES),
        "space": lambda: [(str(pk), name) for pk, name in spaces_offered(reach)],
        "list": lambda: [(str(row.pk), row.name) for row in list_lists(account, space_id)],
    }
    return offers[kind]() if kind in offers else []


def read(kind: str, data: QueryDict) -> dict[str, Any]:
    """Return the condition that the form of a kind says; raises RuleRefusal where nothing was chosen."""
    if kind not in _READERS:
        raise RuleRefusal
    return _READERS[kind](data)


def _chosen(data: QueryDict, name: str) -> list[str]:
    values = [value for value in data.getlist(name) if value]
    if not values:
        raise RuleRefusal(_("Choose at least one."))
    return values


def _post(data: QueryDict) -> dict[str, Any]:
    written = [word.strip() for word in _BETWEEN.split(data.get("words", "")) if word.strip()]
    if data.get("how") == "has":
        if not written:
            raise RuleRefusal(_("Write the words that stand in the name of the post."))
        return {"post_has": written}
    titles = [*data.getlist("title"), *written]
    if not titles:
        raise RuleRefusal(_("Tick a post, or write how it is called."))
    return {"post": list(dict.fromkeys(titles))}


def _numbers(data: QueryDict, name: str) -> list[int]:
    return [int(value) for value in _chosen(data, name) if value.isdecimal() and len(value) < 19]


def _years(data: QueryDict) -> dict[str, Any]:
    ends = {name: data.get(field, "").strip() for name, field in (("from", "years_from"), ("below", "years_below"))}
    given = {name: text for name, text in ends.items() if text}
    if not given or not all(text.isdecimal() and len(text) < 4 for text in given.values()):
        raise RuleRefusal(_("Write at least one of the two numbers, in full years."))
    return {"years": {name: int(text) for name, text in given.items()}}


def _list(data: QueryDict) -> dict[str, Any]:
    return {"list": (_numbers(data, "list") or [0])[0]}


_READERS: Final[dict[str, Callable[[QueryDict], dict[str, Any]]]] = {
    "unit": lambda data: {"unit": (_numbers(data, "unit") or [0])[0]},
    "post": _post,
    "status": lambda data: {"status": _chosen(data, "status")},
    "years": _years,
    "zone": lambda data: {"zone": _chosen(data, "zone")},
    "language": lambda data: {"language": _chosen(data, "language")},
    "space": lambda data: {"space": _numbers(data, "in_spaces")},
    "list": _list,
    "main": lambda data: {"main": _chosen(data, "main")[0] == "yes"},
}
