"""Writes of spaces: roles, and new sub-platforms."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.access import has_left, require_office
from fenjin.people.register import handovers
from fenjin.people.selectors.accounts import account_of
from fenjin.people.selectors.persons import find_person
from fenjin.people.selectors.tree import get_unit
from fenjin.people.services import tree
from fenjin.spaces.access import may_give, may_hand_over
from fenjin.spaces.models import RoleGrant, Space
from fenjin.spaces.selectors import get_space, list_editors

UNNAMED_GROUP = "集团"  # as the first migration calls the group


class NotYoursToGive(Refusal):
    """The giver holds neither the office nor the same role over that branch."""

    code = "not_yours_to_give"
    status = 403
    sentence = _("You can give a role only within the branch for which you hold it yourself.")


class RoleHeld(Refusal):
    """The person holds this very role already."""

    code = "role_held"
    sentence = _("This person holds the role there already.")


class CannotHold(Refusal):
    """The person has left."""

    code = "cannot_hold"
    sentence = _("This person has left and cannot hold a role.")


class StillHere(Refusal):
    """Only what leavers held is handed over."""

    code = "still_here"
    sentence = _("This person works here and keeps what is theirs.")


class NotAnEditor(Refusal):
    """The successor cannot work on what is handed over."""

    code = "not_an_editor"
    status = 422
    sentence = _("Choose somebody who edits this sub-platform now. Give them the role first.")


class UnitElsewhere(Refusal):
    """The unit lies in another sub-platform."""

    code = "unit_elsewhere"
    status = 422
    sentence = _("This unit does not belong to that sub-platform.")


class UnitNeeded(Refusal):
    """The role is for a branch, and no unit was named."""

    code = "unit_needed"
    status = 422
    sentence = _("This role is for a branch. Choose the unit under “Where”.")


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
def give_role(*, actor: Any, person_id: int, space_id: int, role: str, unit_id: int | None = None) -> RoleGrant:
    """Give a role in a space, or with `unit_id` only in one branch of it.

    Raises NotFound, UnitNeeded, UnitElsewhere, NotYoursToGive, CannotHold, RoleHeld.
    """
    if role == RoleGrant.Role.UNIT_ADMINISTRATOR and unit_id is None:
        raise UnitNeeded
    with every_space(Reason.OFFICE):
        person, space = find_person(person_id), get_space(space_id)
        branch: tuple[int, ...] = ()
        if unit_id is not None:
            unit = get_unit(unit_id)
            if unit.space_id != space.pk:
                raise UnitElsewhere
            branch = tuple(unit.path)
        if not may_give(actor.membership, space_id=space.pk, role=role, branch=branch):
            raise NotYoursToGive
        if has_left(person):
            raise CannotHold
        given: RoleGrant
        given, new = RoleGrant.objects.get_or_create(
            person=person,
            space=space,
            role=RoleGrant.Role(role),
            unit_id=unit_id,
            ends_at=None,
            defaults={"given_by": actor, "given_at": clock.now()},
        )
    if not new:
        raise RoleHeld
    details = {"role": role, "space": space.pk, "unit": unit_id, "grant": given.pk}
    record(actor=actor, act="spaces.role_give", target=("person", person.pk), space_id=space.pk, details=details)
    return given


@transaction.atomic
def end_role(*, actor: Any, grant_id: int) -> None:
    """End a role now; raises NotFound, NotYoursToGive. The row stays as a record."""
    with every_space(Reason.OFFICE):
        held = (
            RoleGrant.objects.select_for_update(of=("self",))
            .select_related("unit")
            .filter(pk=grant_id, ends_at__isnull=True)
            .first()
        )
        if held is None:
            raise NotFound
        branch = tuple(held.unit.path) if held.unit else ()
        if not may_give(actor.membership, space_id=held.space_id, role=held.role, branch=branch):
            raise NotYoursToGive
        held.ends_at = clock.now()
        held.save(update_fields=["ends_at"])
    details = {"role": held.role, "unit": held.unit_id, "grant": held.pk}
    record(
        actor=actor,
        act="spaces.role_end",
        target=("person", held.person_id),
        space_id=held.space_id,
        details=details,
    )


def people_with_power(person_ids: Collection[int]) -> set[int]:
    """Return who among the people holds a role in force; people asks it by its register."""
    with every_space(Reason.OFFICE):
        held = RoleGrant.objects.filter(person__in=person_ids).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now())
        )
        return set(held.values_list("person_id", flat=True))


@transaction.atomic
def hand_over(
    *, actor: Any, person_id: int, space_id: int, to_person_id: int, kinds: Collection[str] | None = None
) -> int:
    """Give what somebody who has left held in a space to one of its editors; return how many things changed hands.

    `kinds` are keys of people.register.handovers, None for all. Raises NotFound, StillHere, NotAnEditor.
    """
    if not may_hand_over(actor.membership, space_id):
        raise NotFound
    if not has_left(find_person(person_id)):
        raise StillHere
    if to_person_id not in dict(list_editors(space_id)):
        raise NotAnEditor
    to = account_of(to_person_id)
    done = {
        kind.key: kind.pass_on(person_id=person_id, space_id=space_id, to=to, actor=actor)
        for kind in handovers()
        if kinds is None or kind.key in kinds
    }
    if any(done.values()):
        details = {"to": to.pk} | {key: count for key, count in done.items() if count}
        record(actor=actor, act="spaces.hand_over", target=("person", person_id), space_id=space_id, details=details)
    return sum(done.values())


def end_roles_of(person_ids: Collection[int]) -> None:
    """End all roles of people who leave; called by people inside its transaction."""
    with every_space(Reason.OFFICE):
        RoleGrant.objects.filter(person__in=person_ids, ends_at__isnull=True).update(ends_at=clock.now())


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
