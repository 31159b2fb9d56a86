"""The builder: a rule put together condition by condition, read back as a sentence, counted as it grows."""

import json
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.audiences import services
from fenjin.audiences.access import AUDIENCE_MAKER, SEND, reach_of, sending_spaces
from fenjin.audiences.desk import kinds
from fenjin.audiences.desk.counting import Headcount, headcount
from fenjin.audiences.desk.draft import LISTS, Draft, is_group, pack, place_text, pruned
from fenjin.audiences.desk.places import browse
from fenjin.audiences.models import Audience
from fenjin.audiences.rules import Condition, Rule, RuleRefusal, parse_rule
from fenjin.audiences.rules.reading import read_group
from fenjin.audiences.selectors.described import names_for
from fenjin.audiences.selectors.saved import get_audience
from fenjin.audiences.wording import Names, phrase, sentence
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.spaces.access import membership_of
from fenjin.spaces.selectors import space_names

WORDS: Final = {
    "any": (gettext_lazy("Who is meant"), gettext_lazy("one of these is enough"), gettext_lazy("Nobody yet.")),
    "all": (gettext_lazy("who also"), gettext_lazy("each of these must hold"), gettext_lazy("No further condition.")),
    "none": (
        gettext_lazy("but not"),
        gettext_lazy("one of these is enough to be left out"),
        gettext_lazy("Nobody is left out."),
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: its words, where it stands, and the address of the group if it is one."""

    words: str
    where: str
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three lists of the group that is being worked on."""

    key: str
    title: Any
    hint: Any
    empty: Any
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class Desk:
    """What every page of the builder knows."""

    request: HttpRequest
    data: QueryDict
    space_id: int
    audience: Audience | None
    draft: Draft
    error: str = ""
    spaces: list[tuple[int, str]] = field(default_factory=list)

    def href(self, **changes: str) -> str:
        """Return the address of this page with another place, kind or unit looked at."""
        kept = {
            "space": str(self.space_id),
            "r": self.draft.packed,
            "at": self.draft.way,
            "kind": self.data.get("kind", ""),
        }
        return f"?{urlencode({key: value for key, value in (kept | changes).items() if value})}"


def space_of(request: HttpRequest, data: QueryDict) -> tuple[int, list[tuple[int, str]]]:
    """Return the space for which somebody saves, and all that there are; raises NotFound for another one."""
    names = space_names(set(sending_spaces(membership_of(request))))
    spaces = sorted(names.items())
    asked = data.get("space", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 19 else spaces[0][0] if spaces else 0
    if chosen not in dict(spaces):
        raise NotFound
    return chosen, spaces


def _desk(request: HttpRequest, audience_id: int | None) -> Desk:
    data = request.GET
    audience = get_audience(request.user, audience_id) if audience_id else None
    space_id, spaces = (audience.space_id, []) if audience else space_of(request, data)
    draft = Draft.read(data, audience.rule if audience else None)
    desk = Desk(request, data, space_id, audience, draft, spaces=spaces)
    try:
        _act(desk)
    except RuleRefusal as refusal:
        desk.error = str(refusal)
    return desk


def _act(desk: Desk) -> None:
    """Do to the draft what the pressed button says; raises RuleRefusal and leaves the draft as it was."""
    data, draft = desk.data, desk.draft
    before = json.dumps(draft.data)
    try:
        if "drop" in data:
            draft.drop(data.get("drop") or "")
        for key in ("any", "all", "none"):
            if f"unit_{key}" in data:
                draft.add(key, kinds.read("unit", QueryDict(f"unit={data[f'unit_{key}']}")))
        to = data.get("to") or ""
        if to in LISTS:
            kind = kinds.kind_of(data.get("kind")).key
            if kind == "group":
                draft.open_group(to)
            else:
                draft.add(to, kinds.read(kind, data))
        draft.rule()
    except RuleRefusal:
        draft.data = json.loads(before)
        raise


def _lines(desk: Desk, names: Names) -> list[Part]:
    """Return the three lists of the group, each entry in words."""
    parts = []
    for key in LISTS:
        entries = []
        for number, entry in enumerate(desk.draft.group[key]):
            inside = desk.href(at=place_text((*desk.draft.at, (key, number)))) if is_group(entry) else ""
            entries.append(Entry(_words(entry, names), f"{key}.{number}", inside))
        parts.append(Part(key, *WORDS[key], tuple(entries)))
    return parts


def _words(entry: Any, names: Names) -> str:
    if is_group(entry) and not any(pruned(entry).values()):
        return _("an empty group: open it and add conditions")
    return phrase(_condition(entry), names)


def _condition(entry: Any) -> Condition:
    [one] = read_group(pruned({"any": [entry], "all": [], "none": []}), depth=0).any
    return one


def _crumbs(desk: Desk) -> list[tuple[str, str]]:
    """Return (words, address) of each group from the whole rule down to the one that is open."""
    way = [(_("The whole audience"), desk.href(at="") if desk.draft.at else "")]
    for depth, (key, number) in enumerate(desk.draft.at, 1):
        words = _("%(list)s: group %(number)d") % {"list": WORDS[key][0], "number": number + 1}
        last = depth == len(desk.draft.at)
        way.append((words, "" if last else desk.href(at=place_text(desk.draft.at[:depth]))))
    return way


@needs(AUDIENCE_MAKER)
@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """Put a rule together: the address holds it, each button adds or takes one condition. Raises NotFound."""
    return draw(request, _desk(request, None))


def draw(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    """Draw the builder, with the head count and, when asked, who they are and who is left out."""
    rule = desk.draft.rule()
    reach = reach_of(membership_of(request), desk.space_id, SEND)
    kind, names = kinds.kind_of(desk.data.get("kind")), names_for([rule])
    fuller = desk.data.get("part") == "who"
    try:
        counted = headcount(rule, reach, fuller=fuller)
    except RuleRefusal as refusal:  # an address or a JSON text that names what is not there
        desk.error, counted = str(refusal), Headcount()
    if fuller:
        return render(request, "audiences/desk/who.html", {"counted": counted, "desk": desk})
    context = {
        "desk": desk,
        "kind": kind,
        "kinds": [(one, desk.href(kind=one.key)) for one in kinds.KINDS if _offered(one, desk, reach)],
        "choices": kinds.choices(kind.key, request.user, desk.space_id, reach),
        "browser": browse(desk.data) if kind.key == "unit" else None,
        "parts": _lines(desk, names),
        "crumbs": _crumbs(desk) if desk.draft.at else [],
        "sentence": sentence(rule, names),
        "counted": counted,
        "who_href": desk.href(part="who"),
        "json": json.dumps(rule.as_json(), ensure_ascii=False, indent=1),
        "form": _form(desk),
        "keepings": Audience.Keeping.choices,
    }
    return render(request, "audiences/desk/build.html", context, status=status)


def _offered(kind: kinds.Kind, desk: Desk, reach: Any) -> bool:
    return kind.key != "space" or len(reach.spaces) != 1


def _form(desk: Desk) -> dict[str, Any]:
    """Return name, keeping and sharing: as typed, else as saved."""
    row, data = desk.audience, desk.data
    return {
        "name": data.get("name", row.name if row else ""),
        "keeping": data.get("keeping", row.keeping if row else Audience.Keeping.FROZEN),
        "shared": data.get("shared", "no" if row and not row.shared else "yes"),
        "seen": data.get("seen", str(row.revision) if row else ""),
        "own": row is None or row.owner_id == desk.request.user.pk,
    }


@needs(AUDIENCE_MAKER)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save a new audience; a refusal is told beside the form, with everything that was typed."""
    space_id, _spaces = space_of(request, request.POST)
    return _save(request, space_id, None)


@needs(AUDIENCE_MAKER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Change a saved audience, in the same builder. Raises NotFound."""
    audience = get_audience(request.user, audience_id)
    if request.method != "POST":
        return draw(request, _desk(request, audience_id))
    return _save(request, audience.space_id, audience)


def _save(request: HttpRequest, space_id: int, audience: Audience | None) -> HttpResponse:
    data = request.POST
    desk = Desk(request, data, space_id, audience, Draft.read(data))
    values: dict[str, Any] = {"name": data.get("name", ""), "keeping": data.get("keeping", Audience.Keeping.FROZEN)}
    values |= {"shared": data.get("shared") != "no", "rule": pruned(desk.draft.data)}
    try:
        if audience is None:
            row = services.save_audience(actor=request.user, space_id=space_id, **values)
        else:
            seen = int(data["seen"]) if data.get("seen", "").isdecimal() and len(data["seen"]) < 10 else 0
            row = services.change_audience(actor=request.user, audience_id=audience.pk, seen=seen, **values)
    except NotFound:
        raise
    except Refusal as refusal:
        desk.error = str(refusal)
        return draw(request, desk, status=422)
    messages.success(request, _("“%(name)s” is saved.") % {"name": row.name})
    return redirect("audiences_desk:audiences")


@needs(AUDIENCE_MAKER)
@require_http_methods(["GET", "HEAD", "POST"])
def from_json(request: HttpRequest) -> HttpResponse:
    """Take a rule as JSON and open it in the builder; a fault is told with its place. Raises NotFound."""
    data = request.POST if request.method == "POST" else request.GET
    space_id, spaces = space_of(request, data)
    text, error = data.get("json", ""), ""
    if request.method == "POST":
        try:
            rule = _from_text(text)
            return redirect(
                f"{reverse('audiences_desk:build')}?{urlencode({'space': space_id, 'r': pack(rule.as_json())})}"
            )
        except RuleRefusal as refusal:
            error = f"{refusal.place}: {refusal}" if refusal.place else str(refusal)
    context = {"space_id": space_id, "spaces": spaces, "text": text, "error": error}
    return render(request, "audiences/desk/from_json.html", context, status=422 if error else 200)


def _from_text(text: str) -> Rule:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise RuleRefusal(_("This is not JSON: look at line %(line)d.") % {"line": line}) from error
    return parse_rule(data)
