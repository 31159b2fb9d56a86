"""A new sub-platform, and the name of the group."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit.errors import Refusal
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.access import require_office
from fenjin.people.services import tree
from fenjin.spaces.models import Space
from fenjin.spaces.selectors import get_space

UNNAMED_GROUP = "集团"  # as the first migration calls the group


class SpaceNameTaken(Refusal):
    """Two sub-platforms would have one name."""

    code = "space_name_taken"
    status = 422
    sentence = _("There is already a sub-platform of this name.")


class BadSeal(Refusal):
    """The seal is one character."""

    code = "bad_seal"
    status = 422
    sentence = _("The seal shows exactly one character.")


@transaction.atomic
def open_space(*, actor: Any, unit_id: int, name: str, name_en: str = "", seal: str = "") -> Space:
    """Open a sub-platform on a unit and everything below it.

    Raises NotYourOffice, NotFound, SpaceNameTaken, BadSeal, and the tree's SpacesNest, RootStays, UnitClosed.
    """
    require_office(actor, "system")
    name, seal = name.strip(), seal.strip()
    if not name or Space.objects.filter(name=name).exists():
        raise SpaceNameTaken
    if len(seal or name[:1]) != 1:
        raise BadSeal
    if Space.objects.filter(root_unit=unit_id).exists():
        raise tree.SpacesNest
    group = get_space(GROUP_SPACE)
    space = Space.objects.create(
        name=name,
        name_en=name_en.strip(),
        seal=seal or name[0],
        zone=group.zone,
        root_unit_id=unit_id,
        modules=group.modules,
    )
    tree.set_space_root(actor=actor, unit_id=unit_id, space_id=space.pk)
    record(
        actor=actor,
        act="spaces.open",
        target=("space", space.pk),
        space_id=space.pk,
        details={"unit": unit_id, "seal": space.seal},
    )
    return space


def name_group(top_unit: str) -> None:
    """Give the group, if nobody has named it yet, the name of the first top unit of its tree."""
    limit = Space._meta.get_field("name").max_length
    named = Space.objects.filter(pk=GROUP_SPACE, name=UNNAMED_GROUP).update(name=top_unit[:limit], name_en="")
    if named:
        record(actor=None, act="spaces.group_name", target=("space", GROUP_SPACE), space_id=GROUP_SPACE)
