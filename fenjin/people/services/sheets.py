"""Sheets of codes: one press, a slip of paper for everybody of a unit who has no account yet."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import reach_of
from fenjin.people.models import Account, ClaimCode, CodeSheet, Unit
from fenjin.people.register import powerful
from fenjin.people.selectors.code_sheets import Waiting, get_sheet, unit_for_codes, who_waits
from fenjin.people.services.codes import VALID_FOR, hash_of_code, new_code

MOST_SLIPS: Final = 5_000
_AT_ONCE: Final = 1_000


class SheetTooLarge(Refusal):
    """More slips than one printing holds."""

    code = "sheet_too_large"
    status = 422
    sentence = _("That would be more than 5,000 slips. Print for the units below one after another.")


class NobodyWaits(Refusal):
    """Everybody has an account or a slip."""

    code = "nobody_waits"
    sentence = _("Nobody here waits for a code. Tick “also those whose code is out” to replace lost slips.")


class PrintedAlready(Refusal):
    """The same press came twice, or the page was loaded again."""

    code = "printed_already"
    sentence = _("This sheet was printed already, and its codes are kept nowhere. Go back and print new ones.")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person; the code exists only here and on the paper."""

    name: str
    number: str
    where: str
    code: str

    @property
    def grouped(self) -> str:
        """Return the code as people read it: two groups of four."""
        return f"{self.code[:4]} {self.code[4:]}"


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A fresh sheet with its slips, in the order of units and names."""

    sheet: CodeSheet
    unit: Unit
    slips: list[Slip]


@transaction.atomic
def print_sheet(*, actor: Account, unit_id: int, below: bool, key: UUID, renew: bool = False) -> PrintedSheet:
    """Make a code for everybody of a unit who has no account, on one sheet.

    `renew` also replaces codes that are out. People with power over others get theirs from the security
    administrator alone. Raises NotFound, NobodyWaits, SheetTooLarge, PrintedAlready.
    """
    reach = reach_of(actor)
    unit = unit_for_codes(reach, unit_id)
    waiting = who_waits(unit, below=below, with_codes=renew, most=MOST_SLIPS + 1)
    if not reach.everybody:
        above = powerful([one.person_id for one in waiting])
        waiting = [one for one in waiting if one.person_id not in above and one.person_id != actor.person_id]
    if len(waiting) > MOST_SLIPS:
        raise SheetTooLarge
    if not waiting:
        raise NobodyWaits
    now = clock.now()
    try:
        with transaction.atomic():
            sheet = CodeSheet.objects.create(
                key=key, unit=unit, below=below, made_by=actor, made_at=now, expires_at=now + VALID_FOR
            )
    except IntegrityError as twice:
        raise PrintedAlready from twice
    # Sheets are cut apart and handed out unit by unit.
    slips = _make_codes(sheet, sorted(waiting, key=lambda one: one.where))
    details = {"sheet": sheet.pk, "codes": len(slips), "below": below}
    record(actor=actor, act="people.sheet_print", target=("unit", unit.pk), space_id=unit.space_id, details=details)
    return PrintedSheet(sheet, unit, slips)


def _make_codes(sheet: CodeSheet, waiting: list[Waiting]) -> list[Slip]:
    people = [one.person_id for one in waiting]
    out = ClaimCode.objects.filter(person__in=people, used_at__isnull=True, revoked_at__isnull=True)
    out.update(revoked_at=sheet.made_at)
    slips = [Slip(one.name, one.number, one.where, new_code()) for one in waiting]
    rows = [
        ClaimCode(
            person_id=one.person_id,
            code_hash=hash_of_code(slip.code),
            made_by_id=sheet.made_by_id,
            made_at=sheet.made_at,
            expires_at=sheet.expires_at,
            sheet=sheet,
        )
        for one, slip in zip(waiting, slips, strict=True)
    ]
    ClaimCode.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return slips


@transaction.atomic
def revoke_sheet(*, actor: Account, sheet_id: int) -> int:
    """Stop every code of a sheet that was not used; return how many. Raises NotFound."""
    sheet = get_sheet(reach_of(actor), sheet_id)
    if not CodeSheet.objects.filter(pk=sheet.pk, revoked_at__isnull=True).update(
        revoked_at=clock.now(), revoked_by=actor
    ):
        raise NotFound
    stopped = ClaimCode.objects.filter(sheet=sheet, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=clock.now()
    )
    record(
        actor=actor,
        act="people.sheet_revoke",
        target=("unit", sheet.unit_id),
        details={"sheet": sheet.pk, "codes": stopped},
    )
    return stopped
