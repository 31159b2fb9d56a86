"""The demo: a made-up group of energy and engineering companies, the same every time it is made.

Two hundred people or a million go through the same code: units by the tree service, people by COPY in
chunks, sub-platforms, roles, articles and messages by the services that everybody uses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from config.demo import first_password
from config.demo_company import articles, looks, messages, quiz, talk, units
from config.demo_company.people import CAST, Place, fill, long_ago, number_of
from config.sign_in import FirstAccount
from fenjin.delivery.services.rules import set_sending_rules
from fenjin.kit import clock
from fenjin.kit.runtime.problem import Problem
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.models import Account, Person, Unit
from fenjin.people.selectors.accounts import list_administrators
from fenjin.people.selectors.notices import current_number
from fenjin.people.services import claim_account, give_demo_code, issue_claim_code, tree
from fenjin.spaces.models import Space
from fenjin.spaces.selectors import load_account
from fenjin.spaces.services import give_role, open_space

SEED = 20_261_101
FEWEST, MOST = 60, 1_000_000
OPENED_ON = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """The accounts that the story is told with, each with its membership."""

    editor: Any
    space_editor: Any
    employee: Any
    moderator: Any  # of the group beside the editor: an appeal and an emergency need a second person


def load(employees: int = 20_000, progress: Callable[[str], None] = print) -> list[FirstAccount]:
    """Make the whole company and return (role, staff number, password) of its four accounts, and the codes of staff.

    The three administrators must be there already. Raises Problem when people are there, or when the
    number of people is not one that can be made.
    """
    if not FEWEST <= employees <= MOST:
        raise Problem(f"The demo company has between {FEWEST} and {MOST:,} people.", f"Ask for at least {FEWEST}.")
    if Person.objects.exists():
        raise Problem(
            "There are people in this database; the demo company is never mixed with them.",
            "Use another data folder: make demo DATA=/srv/fenjin-demo",
        )
    since = long_ago()
    with transaction.atomic(), every_space(Reason.DEMO):
        with clock.pretend(since):
            places, spaces = _open_units(employees)
            progress(f"  {len(places):,} units of {units.GROUP}, {spaces} sub-platforms")
            tell = _Tell(employees, progress)
            posts = fill(places, employees, numbering_id=1, seed=SEED, since=since, progress=tell)
            progress(f"  {employees:,} people with {posts:,} posts")
            _look_around()
            passwords = [first_password() for _person in range(4)]
            cast = _make_cast(passwords)
        made = articles.publish_all(cast.editor, cast.space_editor)
        progress(f"  {len(made)} articles")
        progress(f"  {talk.talk(cast.editor, made)} comments")
        progress(f"  {quiz.fill_bank(cast.editor, cast.moderator)} questions")
        messages.send_all(cast, made)
        progress("  3 messages, opened and confirmed by some")
    _look_around()
    roles = (
        "employee",
        "editor of the group",
        f"editor of {units.SPACES[0][0]}",
        "publisher and duty desk of the group",
    )
    numbers = (number_of(2), number_of(0), number_of(1), number_of(3))
    # An unchanging code, which opens the studio in a demo only: see people.services.factors.
    codes = ((), *((give_demo_code(account),) for account in (cast.editor, cast.space_editor, cast.moderator)))
    return [
        (role, number, password, *code)  # type: ignore[misc]
        for role, number, password, code in zip(roles, numbers, passwords, codes, strict=True)
    ]


class _Tell:
    """Says of a large company from time to time how many people are there."""

    def __init__(self, employees: int, progress: Callable[[str], None]) -> None:
        self._all, self._say, self._step = employees, progress, max(100_000, employees // 10)
        self._next = self._step

    def __call__(self, written: int) -> None:
        """Note how many have been written."""
        if self._next <= written < self._all:
            self._say(f"  {written:,} of {self._all:,} people")
            self._next = written + self._step


def _open_units(employees: int) -> tuple[list[Place], int]:
    """Open the units and the sub-platforms; return where everything stands, and how many sub-platforms there are."""
    planned, spaces = units.plan(employees)
    new = [tree.NewUnit(unit.name, under=unit.under) for unit in planned]
    ids = tree.add_units(actor=None, units=new, on=OPENED_ON)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_unit u SET name_en = n.name, zone = n.zone"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS n(id, name, zone) WHERE u.id = n.id",
            [ids, [unit.name_en for unit in planned], [unit.zone for unit in planned]],
        )
    Space.objects.filter(pk=GROUP_SPACE).update(name=units.GROUP, name_en=units.GROUP_EN)
    by_name = {unit.name: unit_id for unit, unit_id in zip(planned, ids, strict=True) if unit.name == unit.company}
    system = next(row.account for row in list_administrators() if row.office == "system")
    for name, name_en, seal in spaces:
        open_space(actor=system, unit_id=by_name[name], name=name, name_en=name_en, seal=seal)
    looks.dress(_with_rights(system))
    stand = {row.pk: row for row in Unit._base_manager.filter(pk__in=ids).only("id", "space_id", "lft")}
    places = [
        Place(unit_id, stand[unit_id].space_id, stand[unit_id].lft, unit)
        for unit, unit_id in zip(planned, ids, strict=True)
    ]
    return places, len(spaces)


def _make_cast(passwords: list[str]) -> Cast:
    """Give the people of the story their accounts and roles, through the doors that everybody uses."""
    security = load_account(next(row.account_id for row in list_administrators() if row.office == "security"))
    accounts = []
    for index, password in zip((2, 0, 1, 3), passwords, strict=True):
        person = Person.objects.get(staff_number=number_of(index))
        code = issue_claim_code(actor=security, person=person)  # type: ignore[arg-type]
        accounts.append(claim_account(code_id=code.row.pk, password=password, notice_version=current_number()))
    employee, editor, space_editor, moderator = accounts
    own = Space.objects.get(name=CAST[1][1])
    give_role(actor=security, person_id=editor.person_id or 0, space_id=GROUP_SPACE, role="editor")
    give_role(actor=security, person_id=space_editor.person_id or 0, space_id=own.pk, role="editor")
    give_role(actor=security, person_id=editor.person_id or 0, space_id=GROUP_SPACE, role="moderator")
    give_role(actor=security, person_id=space_editor.person_id or 0, space_id=own.pk, role="moderator")
    # The own sub-platform lets its editor write to all of it; the group keeps the limits of the house.
    set_sending_rules(actor=security, space_id=own.pk, limits={"editor": 20_000}, weekly_minutes=30)
    for role in ("moderator", "publisher", "duty_officer"):
        give_role(actor=security, person_id=moderator.person_id or 0, space_id=GROUP_SPACE, role=role)
    return Cast(*(_with_rights(account) for account in (editor, space_editor, employee, moderator)))


def _with_rights(account: Account) -> Any:
    return load_account(account.pk)


def _look_around() -> None:
    """Let the database learn what it holds now, so that the first press and the first pages are as fast as later ones."""
    with connection.cursor() as cursor:
        for table in ("people_person", "people_post", "people_postevent", "people_unit"):
            cursor.execute(f"ANALYZE {table}")
