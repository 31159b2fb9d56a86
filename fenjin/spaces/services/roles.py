"""Roles are given, end, and end with the one who leaves."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space, use_scope
from fenjin.people.access import has_left
from fenjin.people.register import Ended
from fenjin.people.selectors.persons import find_person, get_person_for_staff, posts_of
from fenjin.people.selectors.tree import get_unit
from fenjin.spaces.access import may_end, may_give, staff_scope
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.selectors import get_space

_GIVING: Final = 0x524F4C45  # the first half of an advisory lock; the second is the person


class NotYoursToGive(Refusal):
    """The giver holds neither the office nor the role over that branch until that day."""

    code = "not_yours_to_give"
    status = 403
    sentence = _("You can give a role only where you hold it yourself, and not longer than you hold it.")


class RoleHeld(Refusal):
    """The person holds this very role already."""

    code = "role_held"
    sentence = _("This person holds the role there already.")


class CannotHold(Refusal):
    """The person has left."""

    code = "cannot_hold"
    sentence = _("This person has left and cannot hold a role.")


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


class NotForABranch(Refusal):
    """Comments stand below articles that the whole space reads."""

    code = "not_for_a_branch"
    status = 422
    sentence = _("Comments are looked after for the whole sub-platform. Choose that under “Where”.")


class EndsInThePast(Refusal):
    """A role would end before it begins."""

    code = "ends_in_the_past"
    status = 422
    sentence = _("The last day lies in the past. Choose a later one, or none.")


@transaction.atomic
def give_role(
    *, actor: Any, person_id: int, space_id: int, role: str, unit_id: int | None = None, until: datetime | None = None
) -> RoleGrant:
    """Give a role in a space, or with `unit_id` only in one branch of it; it ends by itself at `until`.

    Raises NotFound, UnitNeeded, NotForABranch, EndsInThePast, UnitElsewhere, NotYoursToGive, CannotHold, RoleHeld.
    """
    if role not in RoleGrant.Role.values:
        raise NotFound
    if role == RoleGrant.Role.UNIT_ADMINISTRATOR and unit_id is None:
        raise UnitNeeded
    if role == RoleGrant.Role.MODERATOR and unit_id is not None:
        raise NotForABranch
    if until is not None and until <= clock.now():
        raise EndsInThePast
    with every_space(Reason.OFFICE):
        person, space = _holder(actor, person_id), get_space(space_id)
        branch: tuple[int, ...] = ()
        if unit_id is not None:
            unit = get_unit(unit_id)
            if unit.space_id != space.pk:
                raise UnitElsewhere
            branch = tuple(unit.path)
        if not may_give(actor.membership, space_id=space.pk, role=role, branch=branch, until=until):
            raise NotYoursToGive
        if has_left(person):
            raise CannotHold
        given = _give(actor, person.pk, space.pk, RoleGrant.Role(role), unit_id, until)
    details = {"role": role, "space": space.pk, "unit": unit_id, "grant": given.pk} | (
        {"until": until.isoformat()} if until else {}
    )
    record(actor=actor, act="spaces.role_give", target=("person", person.pk), space_id=space.pk, details=details)
    return given


def _holder(actor: Any, person_id: int) -> Any:
    """Return who is to hold it: for security anybody, else one of the own people or of the own branch."""
    person = find_person(person_id)
    if actor.membership.office != "security":
        with use_scope(staff_scope(actor.membership)):
            get_person_for_staff(person_id)
            if all(post.ended_on is not None for post in posts_of(person_id)):
                raise NotFound
    return person


def _give(actor: Any, person_id: int, space_id: int, role: str, unit_id: int | None, until: datetime | None) -> Any:
    """Write the row unless the very role is in force; two who give it at once wait for each other."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_GIVING, person_id % 2**31])
    where: dict[str, Any] = {"person_id": person_id, "space_id": space_id, "role": role, "unit_id": unit_id}
    if RoleGrant.objects.filter(RoleGrant.in_force(now), **where).exists():
        raise RoleHeld
    return RoleGrant.objects.create(**where, given_by=actor, given_at=now, ends_at=until)


@transaction.atomic
def end_role(*, actor: Any, grant_id: int) -> None:
    """End a role now; raises NotFound, NotYoursToGive. The row stays as a record."""
    with every_space(Reason.OFFICE):
        held = (
            RoleGrant.objects.select_for_update(of=("self",))
            .select_related("unit")
            .filter(RoleGrant.in_force(clock.now()), pk=grant_id)
            .first()
        )
        if held is None:
            raise NotFound
        branch = tuple(held.unit.path) if held.unit else ()
        if not may_end(actor.membership, space_id=held.space_id, role=held.role, branch=branch):
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
        held = RoleGrant.objects.filter(RoleGrant.in_force(clock.now()), person__in=person_ids)
        return set(held.values_list("person_id", flat=True))


def end_roles_of(person_ids: Collection[int]) -> list[Ended]:
    """End all roles of people who leave and return them; called by people inside its transaction."""
    now = clock.now()
    with every_space(Reason.OFFICE):
        held = RoleGrant.objects.filter(RoleGrant.in_force(now), person__in=person_ids).select_for_update()
        ended = [
            Ended(
                row.pk,
                row.person_id,
                {"ends_at": row.ends_at and row.ends_at.isoformat()},
                {"ends_at": now.isoformat()},
            )
            for row in held
        ]
        RoleGrant.objects.filter(pk__in=[one.row_id for one in ended]).update(ends_at=now)
    return ended


def give_back_roles(actor: Any, ended: Collection[Ended]) -> int:
    """Give roles back that ended because somebody seemed to leave, as long as they would have held; return how many.

    One that was ended or given anew since stays as it is. People calls it inside the transaction of an undo.
    """
    back = 0
    with every_space(Reason.OFFICE):
        for one in ended:
            then, until = (
                moment and datetime.fromisoformat(moment) for moment in (one.after["ends_at"], one.before["ends_at"])
            )
            row = RoleGrant.objects.select_for_update().filter(pk=one.row_id, ends_at=then).first()
            if row is None or _held_anew(row):
                continue
            row.ends_at = until
            row.save(update_fields=["ends_at"])
            details = {"role": row.role, "space": row.space_id, "unit": row.unit_id, "grant": row.pk, "undo": True}
            target = ("person", row.person_id)
            record(actor=actor, act="spaces.role_give", target=target, space_id=row.space_id, details=details)
            back += 1
    return back


def _held_anew(row: RoleGrant) -> bool:
    same = RoleGrant.objects.filter(person=row.person_id, space=row.space_id, role=row.role, unit=row.unit_id)
    return same.filter(RoleGrant.in_force(clock.now())).exclude(pk=row.pk).exists()
