"""Doors besides the pages: jobs with the wrong space, guessed numbers, sending, sessions of before."""

import pytest

from fenjin.audiences.selectors import UnknownUnits
from fenjin.delivery.services import Sending, count_audience, send_message
from fenjin.delivery.testing import rule_of
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, Scope, every_space, use_scope
from fenjin.newsroom.selectors import freeze
from fenjin.people.services import end_access
from fenjin.spaces.testing import with_rights
from tests.isolation import walk
from tests.isolation.world import MARKER


@pytest.mark.parametrize("name", ["employee", "staff"])
def test_foreign_and_absent_are_one_answer(name, sides, asked):
    """A guessed number tells nothing: not even that there is something."""
    client, asking, faults = sides.asking[name][1], walk.Asking(sides.asking[name][0]), []
    nowhere: dict[str, str] = {}
    with clock.pretend(clock.now()):
        for question in asked:
            if walk.shut(question.address, asking):
                continue
            for path in question.foreign:
                numbers = [int(number) for number in walk.numbers_in(path) if int(number) > 99_999]
                if not numbers:
                    continue
                absent = path
                for number in numbers:
                    absent = absent.replace(str(number), str(walk.ABSENT))
                there = walk.plain(walk.ask(client, "get", path, {}), *numbers)
                if absent not in nowhere:
                    nowhere[absent] = walk.plain(walk.ask(client, "get", absent, {}), walk.ABSENT)
                if there != nowhere[absent]:
                    faults.append(f"{question.address.name} {path}: {there[:60]} / {nowhere[absent][:60]}")
                if there.startswith("405 "):  # said before the view looks at the path
                    break
    assert not faults, "\n".join(faults)


def test_a_job_for_one_space_finds_nothing_of_another(sides):
    """A job takes its space from its arguments; with the wrong one it finds no row, and says so."""
    with use_scope(Scope.of_space(sides.ours.space.pk)):
        with pytest.raises(NotFound):
            freeze(sides.theirs.article.pk)
        for model, row in sides.rows.items():
            manager = model._default_manager
            if getattr(manager, "kind", None):
                assert not manager.filter(pk=row.pk).exists(), model


def test_nobody_sends_what_is_not_theirs_or_to_whom_is_not_theirs(sides):
    ours, theirs, actor = sides.ours, sides.theirs, with_rights(sides.ours.editor)
    for space, article, unit in (
        (ours.space, theirs.article, ours.unit),
        (theirs.space, theirs.article, theirs.unit),
        (theirs.space, ours.article, ours.unit),
        (ours.space, ours.article, theirs.unit),
    ):
        sending = Sending(kind="article", content_id=article.pk, rule=rule_of(unit))
        with pytest.raises(Refusal):
            send_message(actor=actor, space_id=space.pk, sending=sending, key="a-press")
    with pytest.raises(UnknownUnits):
        count_audience(membership=actor.membership, space_id=ours.space.pk, rule=rule_of(theirs.unit))


def test_a_leavers_old_sessions_open_nothing(sides, asked):
    account, client = sides.asking["staff"]
    with every_space(Reason.TEST):
        end_access(account.person)
    for question in asked:
        for path in question.own:
            if question.address.rules and question.address.arguments:
                answer = walk.ask(client, "get", path, {})
                assert answer.status_code != 200 or MARKER not in walk.text_of(answer), path
