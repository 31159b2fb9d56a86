"""Who has no account yet, and which sheets of codes are out; cut to the reach of the one who asks."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.people.access import Reach
from fenjin.people.models import Account, ClaimCode, CodeSheet, Person, Post, Unit
from fenjin.people.models.persons import Status
from fenjin.people.selectors.persons import unit_paths


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody without an account: a line of the list, a slip of the sheet."""

    person_id: int
    name: str
    number: str
    where: str
    code_until: datetime | None = None  # of a code that is out


@dataclass(frozen=True, slots=True)
class UnitAccounts:
    """How far a unit has come with its accounts."""

    people: int
    claimed: int
    code_out: int

    @property
    def waiting(self) -> int:
        """Return how many have neither an account nor a code."""
        return max(self.people - self.claimed - self.code_out, 0)

    @property
    def without(self) -> int:
        """Return how many have no account."""
        return self.people - self.claimed


def unit_for_codes(reach: Reach, unit_id: int) -> Unit:
    """Return an open unit within reach; raises NotFound."""
    unit = Unit.objects.filter(pk=unit_id, closed_on__isnull=True).first()
    if unit is None or not reach.holds(unit.path):
        raise NotFound
    found: Unit = unit
    return found


def tops_for_codes(reach: Reach) -> list[Unit]:
    """Return the units at which choosing begins: the roots, or those whose branches the account administers."""
    rows = Unit.objects.filter(closed_on__isnull=True)
    rows = rows.filter(parent__isnull=True) if reach.everybody else rows.filter(pk__in=reach.units)
    return list(listing(rows.order_by("lft")))


def find_units_for_codes(reach: Reach, text: str, limit: int = 20) -> list[Unit]:
    """Return open units within reach whose name holds `text`, the highest first."""
    rows = Unit.objects.filter(closed_on__isnull=True, name__icontains=text.strip()[:80])
    if not reach.everybody:
        rows = rows.filter(path__overlap=list(reach.units))
    return list(listing(rows.order_by("depth", "lft")[:limit]))


def count_accounts(unit: Unit, *, below: bool = True) -> UnitAccounts:
    """Return how many people of a unit have an account or a code that is out."""
    people = _people_in(unit, below)
    counts = people.aggregate(
        people=Count("pk"),
        claimed=Count("pk", filter=Exists(_accounts())),
        code_out=Count("pk", filter=~Exists(_accounts()) & Exists(_codes_out())),
    )
    return UnitAccounts(**counts)


def who_waits(unit: Unit, *, below: bool, with_codes: bool, most: int, start: int = 0) -> list[Waiting]:
    """Return people of a unit without an account, by name, at most `most`.

    With `with_codes` also those for whom a code is out.
    """
    people = _people_in(unit, below).filter(~Exists(_accounts()))
    if not with_codes:
        people = people.filter(~Exists(_codes_out()))
    rows = list(listing(people.order_by("name_key", "pk")[start : start + most]))
    ids = [person.pk for person in rows]
    inside = Post.objects.filter(person__in=ids, ended_on__isnull=True, pos__range=_range(unit, below))
    unit_of = dict(inside.order_by("main", "-pk").values_list("person_id", "unit_id"))
    paths = unit_paths(set(unit_of.values()), skip=len(unit.path) - 1)
    until = dict(_codes_of(ids).values_list("person_id", "expires_at"))
    return [
        Waiting(
            person.pk, person.name, person.staff_number, paths.get(unit_of.get(person.pk, 0), ""), until.get(person.pk)
        )
        for person in rows
    ]


_PAGE = 50


def page_of_waiting(unit: Unit, *, below: bool, page: int) -> tuple[list[Waiting], bool]:
    """Return one page of those without an account, and whether there is another."""
    rows = who_waits(unit, below=below, with_codes=True, most=_PAGE + 1, start=(max(page, 1) - 1) * _PAGE)
    return rows[:_PAGE], len(rows) > _PAGE


def _range(unit: Unit, below: bool) -> tuple[int, int]:
    # A post carries the position of its unit, which is the unit's own `lft`.
    return (unit.lft, unit.rgt if below else unit.lft)


def _people_in(unit: Unit, below: bool) -> QuerySet[Person]:
    inside = Post.objects.filter(person=OuterRef("pk"), ended_on__isnull=True, pos__range=_range(unit, below))
    today = clock.now().date()
    here = Person.objects.filter(Exists(inside)).exclude(status=Status.LEFT)
    return here.filter(Q(left_on__isnull=True) | Q(left_on__gt=today))


def _accounts() -> QuerySet[Account]:
    # Django marks a password that opens nothing with an exclamation mark in front.
    return Account.objects.filter(person=OuterRef("pk")).exclude(password__startswith="!")  # noqa: S106


def _codes_out() -> QuerySet[ClaimCode]:
    return ClaimCode.objects.filter(
        person=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now()
    )


def _codes_of(person_ids: list[int]) -> QuerySet[ClaimCode]:
    return ClaimCode.objects.filter(
        person__in=person_ids, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now()
    )


def list_sheets(reach: Reach) -> QuerySet[CodeSheet]:
    """Return the sheets within reach, the newest first, each with `used`, `open`, `expired` and `slips`."""
    now = clock.now()
    rows = CodeSheet.objects.select_related("unit", "made_by__person", "revoked_by__person").annotate(
        slips=Count("codes"),
        used=Count("codes", filter=Q(codes__used_at__isnull=False)),
        open=Count(
            "codes",
            filter=Q(codes__used_at__isnull=True, codes__revoked_at__isnull=True, codes__expires_at__gt=now),
        ),
        expired=Count(
            "codes",
            filter=Q(codes__used_at__isnull=True, codes__revoked_at__isnull=True, codes__expires_at__lte=now),
        ),
        stopped=Count("codes", filter=Q(codes__used_at__isnull=True, codes__revoked_at__isnull=False)),
    )
    if not reach.everybody:
        rows = rows.filter(unit__path__overlap=list(reach.units))
    return listing(rows.order_by("-made_at", "-pk"))


def get_sheet(reach: Reach, sheet_id: int) -> CodeSheet:
    """Return a sheet within reach; raises NotFound."""
    sheet = CodeSheet.objects.select_related("unit").filter(pk=sheet_id).first()
    if sheet is None or not reach.holds(sheet.unit.path):
        raise NotFound
    return sheet
