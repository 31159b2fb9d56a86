"""The settings of a space: name and seal, colours, home page, modules, watermark, whom to call."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fenjin.kit.access import Rule, needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.spaces import services
from fenjin.spaces.access import Membership, may_set_up, membership_of, staff_verdict
from fenjin.spaces.forms import (
    HUES,
    ColourForm,
    ContactForm,
    HomeForm,
    ModulesForm,
    NameForm,
    SettingsForm,
    WatermarkForm,
)
from fenjin.spaces.models import Space
from fenjin.spaces.ramp import DARK_GROUNDS, HOUSE, LIGHT_GROUNDS, Ramp, ramp_of
from fenjin.spaces.register import home_sections, modules
from fenjin.spaces.selectors import get_space, list_spaces
from fenjin.spaces.selectors.looks import enabled_in

# What stands around a space's colours on a phone, as in frontend/tokens.css.
SURROUNDINGS: Final = {
    "light": {"ground": LIGHT_GROUNDS[2], "card": LIGHT_GROUNDS[0], "ink": "#1c1a18"},
    "dark": {"ground": DARK_GROUNDS[0], "card": DARK_GROUNDS[1], "ink": "#f3efe9"},
}
PARTS: Final[dict[str, type[SettingsForm]]] = {
    "name": NameForm,
    "colour": ColourForm,
    "home": HomeForm,
    "modules": ModulesForm,
    "watermark": WatermarkForm,
    "contact": ContactForm,
}


def _may(membership: Membership) -> bool:
    """Tell whether somebody sets up any space; which one is asked for each."""
    whole = any(held.role == "editor" and held.unit_id is None for held in membership.roles)
    return membership.office == "system" or whole


SETTER_UP: Final = Rule(
    "system administrator or editor of a whole space",
    lambda request: staff_verdict(request, allowed=_may(membership_of(request))),
)


def spaces_to_set_up(membership: Membership) -> list[Space]:
    """Return the spaces whose settings somebody may change, the group first."""
    return [space for space in list_spaces() if may_set_up(membership, space.pk)] if _may(membership) else []


@needs(SETTER_UP)
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """The spaces that the reader sets up; with one only, straight to it. Raises NotFound."""
    spaces = spaces_to_set_up(membership_of(request))
    if not spaces:
        raise NotFound
    if len(spaces) == 1:
        return redirect("spaces_desk:settings_of", space_id=spaces[0].pk)
    return render(request, "spaces/desk/settings_list.html", {"spaces": spaces})


@needs(SETTER_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_of(request: HttpRequest, space_id: int) -> HttpResponse:
    """All settings of one space; a POST saves one part of them. Raises NotFound."""
    space = get_space(space_id)
    if not may_set_up(membership_of(request), space.pk):
        raise NotFound
    part = request.POST.get("part", "")
    if request.method == "POST" and part not in PARTS:
        raise NotFound
    sent = {part: PARTS[part](request.POST, auto_id=f"id_{part}_%s")} if part else {}
    if part and _save(request, space, sent[part]):
        return redirect(f"{request.path}#{part}")
    drawn = {
        key: sent.get(key) or form(initial=_now(space, key), auto_id=f"id_{key}_%s") for key, form in PARTS.items()
    }
    return render(request, "spaces/desk/settings.html", _context(space, drawn), status=422 if part else 200)


def _save(request: HttpRequest, space: Space, form: SettingsForm) -> bool:
    """Save a part; a refusal stands above its form."""
    if not form.is_valid():
        return False
    try:
        services.change_space(actor=request.user, space_id=space.pk, seen=form.cleaned_data["seen"], **form.changes())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved. Phones show it within five seconds."))
    return True


def _now(space: Space, part: str) -> dict[str, Any]:
    """Return what the form of a part shows at first."""
    listed = {value for value, _name in HUES}
    hue = "" if space.hue is None else str(space.hue)
    own = {"hue": hue if hue in listed else "", "own_hue": "" if hue in listed else hue}
    plain = {name: getattr(space, name) for name in PARTS[part].base_fields if hasattr(space, name)}
    return plain | (own if part == "colour" else {}) | {"seen": space.revision}


def _shades(ramp: Ramp) -> dict[str, dict[str, str]]:
    """Return a ramp under names that templates can say: zhu_600."""
    sides = ("light", "dark")  # the database keeps no order
    return {side: {name.replace("-", "_"): colour for name, colour in ramp[side].items()} for side in sides}


def _context(space: Space, drawn: dict[str, SettingsForm]) -> dict[str, Any]:
    look = {key: place for place, key in enumerate(space.sections, 1)}
    sections = sorted(home_sections(), key=lambda section: (look.get(section.key, 99), section.order))
    chosen = drawn["colour"]["hue"].value()
    return {
        "space": space,
        "drawn": drawn,
        "hues": [
            (value, name, _shades(ramp_of(int(value or HOUSE))), str(chosen or "") == value) for value, name in HUES
        ],
        "samples": [colours | SURROUNDINGS[side] for side, colours in _shades(space.ramp or ramp_of(HOUSE)).items()],
        "sections": [(place, part, part.key not in space.hidden_sections) for place, part in enumerate(sections, 1)],
        "modules": [(module, module.key in enabled_in(space)) for module in modules()],
    }
