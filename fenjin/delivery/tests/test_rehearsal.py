"""A rehearsal goes to its author and a few colleagues, is marked, and stands in no figure."""

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.delivery.models import Message
from fenjin.delivery.selectors import get_message_for, has_unread, messages_for
from fenjin.delivery.selectors.burden import most_loaded
from fenjin.delivery.selectors.told import messages_to_tell, units_to_tell
from fenjin.delivery.services import Sending, rehearse_message
from fenjin.delivery.services.burden import keep_burden
from fenjin.delivery.services.rehearsal import NobodyToRehearse, NoColleague, TooManyColleagues
from fenjin.delivery.testing import NOTE, make_message, note_kind, rule_of
from fenjin.delivery.tests.test_receipts import confirm_as, open_as
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights


@pytest.fixture
def author(world):
    note_kind()
    person = make_person("李编辑", unit=world.drilling)
    account = make_account(person)
    give_role(person, "editor", space_id=GROUP_SPACE)
    return with_rights(account)


def rehearse(author, world, *numbers, key="rehearsal-1", **fields):
    sending = Sending(kind=NOTE, content_id=1, rule=rule_of(world.root), **({"importance": "confirm"} | fields))
    return rehearse_message(actor=author, space_id=GROUP_SPACE, sending=sending, numbers=numbers, key=key)


def test_author_and_colleagues_have_it_marked_and_nobody_else(author, world):
    colleague, other = world.people["second"][0], world.people["second"][1]
    message = rehearse(author, world, colleague.staff_number)
    assert rehearse(author, world, colleague.staff_number).pk == message.pk
    assert message.head_count == 2
    for person in (author.person, colleague):
        assert "冬季安全十条" in get_message_for(person.pk, message.pk).version.title
        assert get_message_for(person.pk, message.pk).version.title != "冬季安全十条"
    with pytest.raises(NotFound):
        get_message_for(other.pk, message.pk)
    open_as(colleague, message)
    confirm_as(colleague, message)
    keep_burden()
    assert most_loaded() == []
    give_role(author.person, "unit_administrator", space_id=GROUP_SPACE, unit=world.root)
    supervisor = with_rights(author)
    assert units_to_tell(supervisor.membership, message)
    assert messages_to_tell(supervisor.membership)[0] == []  # nobody reads a rehearsal aloud
    assert AuditEvent.objects.filter(act="delivery.rehearse").count() == 1


def test_the_press_ends_the_rehearsals_of_its_sender(author, world):
    message, foreign = rehearse(author, world), make_editor(GROUP_SPACE)
    make_message(world.second, actor=foreign)
    assert has_unread(author.person_id)
    assert Message.objects.get(pk=message.pk).state == Message.State.SENT
    make_message(world.second, actor=author)
    assert Message.objects.get(pk=message.pk).state == Message.State.WITHDRAWN
    assert not has_unread(author.person_id)
    assert list(messages_for(author.person_id).rows) == []


def test_an_emergency_is_rehearsed_without_taking_over_anything(author, world):
    message = rehearse(author, world, importance="emergency")
    assert (message.importance, message.waits) == ("ordinary", False)


def test_numbers_that_name_nobody_in_reach_are_told(author, world):
    for numbers, refusal in ((("000000",), NoColleague), ([f"{n:06}" for n in range(10)], TooManyColleagues)):
        with pytest.raises(refusal):
            rehearse(author, world, *numbers)
    space = make_space("华东", unit=world.second)
    editor, outside = make_editor(space), world.people["team"][0]
    sending = Sending(kind=NOTE, content_id=1, rule=rule_of(world.second))
    for numbers, refusal in (((outside.staff_number,), NoColleague), ((), NobodyToRehearse)):
        with pytest.raises(refusal):
            rehearse_message(actor=editor, space_id=space.pk, sending=sending, numbers=numbers, key="rehearsal-2")
    assert not Message.objects.filter(rehearsal=True).exists()
