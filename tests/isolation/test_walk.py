"""Everybody who might look across asks for everything: no marker in an answer, nothing changed, nothing linked."""

from dataclasses import dataclass
from typing import Any

import pytest

from fenjin.kit import clock
from fenjin.spaces.access import STUDIO
from tests.isolation import walk
from tests.isolation.world import MARKER, NAMED, OFFICES, PLACE, Sides
from tests.plugin import PROVE


@dataclass(frozen=True)
class Asker:
    """How somebody walks.

    `studio`: there too. `writes`: by POST too. `own`: also with own rows in the path and foreign ones in query and
    form. `people`: may see names of people and units of the other side. `wide`: puts the number of every foreign row
    into every address, also where rows of that kind have no business.
    """

    studio: bool = True
    writes: bool = True
    own: bool = PROVE
    people: bool = False
    wide: bool = False


# Those without the studio are tried there by tests/studio/test_gate.py: all of it is a 404 to them.
ASKERS = {
    "employee": Asker(studio=PROVE, own=True),
    "moved": Asker(studio=PROVE),
    "staff": Asker(own=True, wide=PROVE),
    "former staff": Asker(),
    "group staff": Asker(people=True),
    **dict.fromkeys(OFFICES, Asker(writes=False, people=True)),
}
# A view that does not know the method says so before it looks at the path: asked once, not once for each row.
METHOD_NOT_ALLOWED = 405
# Where the number of a row of another kind leads nowhere by GET, only `make prove` asks by POST, too.
NOT_FOUND = 404
PLACED = ("sample", "own row, foreign form")
# Where people who came from the other side find their own past there.
OWN_PAST = {"shell:my_stored_sheet", "shell:my_stored"}
# A unit's page tells of its former names; these are a record, in which nothing can be told apart afterwards.
UNIT_PAST = {"people_desk:unit"}
# The office that sets sub-platforms up reads the names of their days off, as it reads their other settings.
SETTINGS = {"system": {"delivery_desk:ringing_of"}}


def faults_of(sides: Sides, name: str, asked: list[walk.Question]) -> list[str]:
    """Ask for everything as one of the askers; return what was wrong with the answers."""
    how, (account, client) = ASKERS[name], sides.asking[name]
    asking, form = walk.Asking(account), walk.typed(walk.forged(sides.theirs, sides.rows))
    faults = []
    for question in asked:
        address = question.address
        if address.path.startswith(STUDIO) and not how.studio:
            continue
        if not PROVE and walk.shut(address, asking):
            continue
        secrets: tuple[str, ...] = (
            (MARKER,) if how.people or (name == "moved" and address.name in OWN_PAST) else (MARKER, NAMED, PLACE)
        )
        if (how.people and address.name in UNIT_PAST) or address.name in SETTINGS.get(name, ()):
            secrets = ()
        theirs = question.foreign | (question.misplaced if how.wide else {})
        calls = [("get", path, what, "") for path, what in theirs.items()]
        calls += [("get", path, what, form) for path, what in question.own.items() if how.own or not address.arguments]
        calls += [("post", path, what, form) for path, what in theirs.items() if how.writes]
        calls += [("post", path, what, form) for path, what in question.own.items() if how.writes and how.own]
        refused: set[str] = set()
        for method, path, what, data in calls:
            if method in refused or (not PROVE and f"{method} {path}" in refused):
                continue
            answer = walk.ask(client, method, path, data)
            if answer.status_code == METHOD_NOT_ALLOWED:
                refused.add(method)
            if answer.status_code == NOT_FOUND and what not in PLACED:
                refused.add(f"post {path}")
            said = f"{name}: {method} {path}{' with a form' if data else ''} ({address.name}, {what})"
            faults += [f"{said} {fault}" for fault in wrong_with(address, answer, secrets)]
    return faults


def wrong_with(address: Any, answer: Any, secrets: tuple[str, ...]) -> list[str]:
    faults = [f"broke: {answer.status_code}"] if answer.status_code >= 500 and address.name != "shell:readyz" else []
    shown = walk.text_of(answer)
    if address.name not in walk.NOTHING_OF_ANY_SPACE and any(secret in shown for secret in secrets):
        faults.append("shows the other side")
    return faults


def changed(before: dict[str, list[str]], after: dict[str, list[str]], how: Asker) -> list[str]:
    """Return what of the other side is different."""
    people = {model._meta.db_table for model in walk.our_models() if walk.is_about_people(model)}
    tables = before.keys() - people if how.people else before.keys()
    return [f"{table}: {row[:160]}" for table in sorted(tables) for row in set(before[table]) ^ set(after[table])]


def test_a_row_of_every_kind_stands_on_the_other_side(sides):
    """Without this the walk would be content with tables in which nothing stands."""
    assert sides.faults == {}, "say in the app's testing.py how such a row is made: furnish(world)"
    missing = [model._meta.label for model in walk.spaced_models() if model not in sides.rows]
    assert missing == []


@pytest.mark.parametrize("name", ASKERS)
def test_nothing_of_the_other_side_is_shown_changed_or_linked(name, sides, asked):
    how = ASKERS[name]
    with clock.pretend(clock.now()):
        before = walk.snapshot(sides.theirs)
        faults = faults_of(sides, name, asked)
        faults += [f"changed {row}" for row in changed(before, walk.snapshot(sides.theirs), how)]
        if how.writes:
            faults += [f"made a link across: {link}" for link in walk.crossings(sides.theirs, sides.rows)]
    assert not faults, "\n".join(faults)
