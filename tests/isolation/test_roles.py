"""Roles do not add up across spaces: what somebody may do here opens nothing there.

For each role two ask for everything of the other side: one who holds that role there and nothing else, and one
who holds it there and every role at home. The second may be shown nothing there that the first is not.
"""

import pytest
from django.db import transaction

from fenjin.people.testing import make_account, make_person
from fenjin.spaces.access import STUDIO
from fenjin.spaces.testing import give_role
from tests.isolation import walk
from tests.isolation.world import MARKER, NAMED, roles, signed_in, staff_of
from tests.plugin import PROVE

ROLES = roles() if PROVE else ["author", "moderator", "unit_administrator"]


@pytest.fixture
def holders(sides):
    """Give for each role who holds it there alone, and who holds everything at home besides."""
    found = {}
    for role in ROLES:
        pure, mixed = (make_account(make_person(f"{role}{number}", unit=sides.ours.unit)) for number in range(2))
        staff_of(sides.ours, mixed)
        for account in (pure, mixed):
            unit = sides.theirs.unit if role == "unit_administrator" else None
            give_role(account.person, role, space_id=sides.theirs.space.pk, unit=unit)
        found[role] = (pure, mixed)
    return found


def shown(account, asked):
    """Return what of the other side each address shows to somebody: path → found or not, and which words."""
    client, asking, seen = signed_in(account), walk.Asking(account), {}
    for question in asked:
        if not question.address.path.startswith(STUDIO) or (not PROVE and walk.shut(question.address, asking)):
            continue
        paths = [path for path, what in question.foreign.items() if PROVE or what == "sample"]
        for path in paths:
            answer = walk.ask(client, "get", path, {})
            words = walk.text_of(answer)
            # What is asked in the same way at home names no row of the other side.
            foreign = bool(question.address.arguments) and path not in question.own
            found = foreign and answer.status_code < 400
            seen[path] = {"there": found, MARKER: MARKER in words, NAMED: NAMED in words}
    return seen


def test_a_role_at_home_opens_nothing_there(holders, asked):
    faults = []
    for role, (pure, mixed) in holders.items():
        with transaction.atomic():
            alone, together = shown(pure, asked), shown(mixed, asked)
            nothing = dict.fromkeys(("there", MARKER, NAMED), False)
            for path, seen in together.items():
                faults += [
                    f"{role}: {path} ({what})" for what in seen if seen[what] and not alone.get(path, nothing)[what]
                ]
            transaction.set_rollback(True)
    assert not faults, "\n".join(faults)
