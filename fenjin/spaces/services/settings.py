"""A space is set up: name and seal, colours, home page, modules, watermark, contact."""

import re
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound, Refusal
from fenjin.spaces.access import may_set_up
from fenjin.spaces.models import Space
from fenjin.spaces.ramp import ramp_of
from fenjin.spaces.register import home_sections, modules
from fenjin.spaces.selectors.looks import forget_looks
from fenjin.spaces.services.opening import BadSeal, SpaceNameTaken

_WORDS: Final = ("name", "name_en", "seal", "contact_name", "contact_phone", "contact_hours")
_ENGLISH: Final = ("contact_name_en", "contact_hours_en")
_PHONE: Final = re.compile(r"[+\d][\d\s()\-–转,，#*]{2,29}")


class SettingsChanged(Refusal):
    """Somebody else saved in between."""

    code = "settings_changed"
    sentence = _("Somebody else changed these settings meanwhile. Look at them as they are now, and save again.")


class BadPhone(Refusal):
    """Nobody could dial it."""

    code = "bad_phone"
    status = 422
    sentence = _("This is no telephone number. Digits, spaces and + are enough.")


class UnknownPart(Refusal):
    """A module or a section that is not there."""

    code = "unknown_part"
    status = 422
    sentence = _("This part of the platform is not there any more. Load the page again.")


@transaction.atomic
def change_space(*, actor: Any, space_id: int, seen: int, **changes: Any) -> Space:
    """Change settings of a space and return it; `seen` is the revision that the changer looked at.

    Changes: name, name_en, seal, hue (None: the house's), sections, hidden_sections, blend, modules,
    watermark, contact_name, contact_phone, contact_hours, and these in English. Pages show it within five
    seconds. Raises NotFound, SettingsChanged, SpaceNameTaken, BadSeal, BadPhone, UnknownPart.
    """
    space = Space.objects.select_for_update().filter(pk=space_id).first()
    if space is None or not may_set_up(actor.membership, space.pk):
        raise NotFound
    if space.revision != seen:
        raise SettingsChanged
    _check(space, changes)
    before = {name: getattr(space, name) for name in changes}
    if "hue" in changes:
        space.ramp = {} if changes["hue"] is None else ramp_of(changes["hue"])
    for name, value in changes.items():
        setattr(space, name, value)
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return space
    space.revision += 1
    space.full_clean(exclude=["root_unit", "hue", "ramp", "sections", "hidden_sections", "modules"])
    space.save()
    record(actor=actor, act="spaces.change", target=("space", space.pk), space_id=space.pk, details=changed)
    transaction.on_commit(forget_looks)
    return space


def _check(space: Space, changes: dict[str, Any]) -> None:
    """Look at each change; the words are trimmed in place."""
    for name in _WORDS + _ENGLISH:
        if name in changes:
            changes[name] = changes[name].strip()
    if "name" in changes and (
        not changes["name"] or Space.objects.filter(name=changes["name"]).exclude(pk=space.pk).exists()
    ):
        raise SpaceNameTaken
    if len(changes.get("seal", "奋")) != 1:
        raise BadSeal
    if changes.get("contact_phone") and not _PHONE.fullmatch(changes["contact_phone"]):
        raise BadPhone
    known = {section.key for section in home_sections()}
    parts = {*changes.get("sections", ()), *changes.get("hidden_sections", ())}
    if parts - known or set(changes.get("modules", ())) - {module.key for module in modules() if not module.always}:
        raise UnknownPart
