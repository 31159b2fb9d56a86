"""Search over what I may read."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from fenjin.kit.access import needs
from fenjin.kit.components import Hit, More, SearchBox, Tag
from fenjin.kit.wording import friendly_time
from fenjin.search import selectors as index
from fenjin.spaces.access import EMPLOYEE, Membership, membership_of
from fenjin.spaces.selectors.looks import modules_off

SHORTEST: Final = 2
LONGEST: Final = 64
# Value in the address → days, words on the chip.
AGES: Final = {"week": (7, _("Last 7 days")), "month": (30, _("Last 30 days")), "year": (365, _("Last year"))}
WHOSE: Final = {"group": _("From the group"), "own": _("From my unit")}


@needs(EMPLOYEE)
def search(request: HttpRequest) -> HttpResponse:
    """Show the field; with words in `q`, what was found, best first, and ways to narrow it down."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    context: dict[str, Any] = {
        "box": SearchBox(reverse("shell:search"), text),
        "text": text,
        "short": 0 < len(text) < SHORTEST,
    }
    if len(text) >= SHORTEST:
        context |= _found(request, text, _chosen(request), membership_of(request))
    return render(request, "shell/search.html", context)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return the filters of the address that there are: kind, when, whose, order."""
    kinds = {key for key, _name in index.kinds()}
    allowed = {"kind": kinds, "when": set(AGES), "whose": set(WHOSE), "order": {"new"}}
    asked = {name: request.GET.get(name, "") for name in allowed}
    return {name: value for name, value in asked.items() if value in allowed[name]}


def _wish(chosen: dict[str, str]) -> index.Wish:
    days = AGES[chosen["when"]][0] if "when" in chosen else None
    whose: Any = chosen.get("whose", "")
    return index.Wish(chosen.get("kind", ""), days, whose, newest="order" in chosen)


def _found(request: HttpRequest, text: str, chosen: dict[str, str], membership: Membership) -> dict[str, Any]:
    start, off = request.GET.get("start", ""), modules_off(request)
    at = int(start) if start.isdecimal() and len(start) < 8 else 0
    person_id = membership.person_id
    results = index.search(person_id=person_id, text=text, start=at, wish=_wish(chosen), off=off)
    more = None
    if results.next is not None:
        more = More(_address(text, chosen | {"start": str(results.next)}), target="hits")
    words = [word for word in results.terms if word != text.lower() and len(word) >= SHORTEST]
    counts = dict(results.by_kind)
    return {
        "asked": True,
        "hits": [_hit(found) for found in results.rows],
        "more": more,
        "count": counts.get(chosen.get("kind", ""), 0) if "kind" in chosen else sum(counts.values()),
        "first_page": not at,
        "kinds": _kinds(text, chosen, counts),
        "narrow": _narrow(text, chosen, own=len(membership.spaces) > 0),
        "narrowed": bool(chosen.keys() - {"kind"}),
        "wide": _address(text, {}) if chosen else "",
        "meant": _meant(text, person_id, off) if not results.rows and not at else [],
        "try": [(word, _address(word, {})) for word in words[:6]],
    }


def _address(text: str, chosen: dict[str, str]) -> str:
    return f"{reverse('shell:search')}?{urlencode({'q': text, **chosen})}"


def _meant(text: str, person_id: int | None, off: frozenset[str]) -> list[tuple[str, str]]:
    """Return what may have been meant, with the address of each."""
    return [(words, _address(words, {})) for words in index.meant(person_id=person_id, text=text, off=off)]


def _chip(label: Any, text: str, chosen: dict[str, str], name: str, value: str) -> dict[str, Any]:
    """Return one filter: choosing it again takes it away."""
    on = chosen.get(name, "") == value
    others = {key: kept for key, kept in chosen.items() if key != name}
    return {"label": label, "on": on, "href": _address(text, others if on or not value else others | {name: value})}


def _kinds(text: str, chosen: dict[str, str], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return a chip for each kind that was found; none when there is only one."""
    names = dict(index.kinds())
    if len(counts) < 2 and "kind" not in chosen:
        return []
    everything = _chip(_("All"), text, chosen, "kind", "") | {"count": sum(counts.values())}
    each = [_chip(names[kind], text, chosen, "kind", kind) | {"count": many} for kind, many in counts.items()]
    return [everything, *each]


def _narrow(text: str, chosen: dict[str, str], *, own: bool) -> list[dict[str, Any]]:
    """Return the groups of filters: when, whose (for people with a sub-platform of their own), order."""
    groups = [
        {"name": _("When"), "chips": [_chip(label, text, chosen, "when", key) for key, (_d, label) in AGES.items()]}
    ]
    if own:
        groups.append(
            {"name": _("Whose"), "chips": [_chip(name, text, chosen, "whose", key) for key, name in WHOSE.items()]}
        )
    groups.append({"name": _("Order"), "chips": [_chip(_("Newest first"), text, chosen, "order", "new")]})
    return groups


def _hit(found: index.Found) -> Hit:
    tone: Any = found.tone
    return Hit(
        title=found.title,
        href=found.url,
        excerpt=found.excerpt,
        tag=Tag(found.kind_name, tone),
        meta=(friendly_time(found.published_at),),
    )
