"""A process that has seen a message never takes another one for it, even under the same number."""

from pyroaring import BitMap

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.bitmaps import is_member
from fenjin.delivery.testing import NOTE, sender
from fenjin.kit import clock


def test_a_number_that_now_belongs_to_another_message_shows_nobody_the_wrong_one(world):
    one, other = world.people["safety"][0], world.people["safety"][1]
    # A planned one: the audience of a message under way is never changed.
    message = Message._base_manager.create(
        space_id=1,
        kind=NOTE,
        content_id=1,
        importance=Message.Importance.ORDINARY,
        rule={},
        bitmap=BitMap([one.pk]).serialize(),
        head_count=1,
        state=Message.State.PLANNED,
        frozen_at=clock.now(),
        sent_at=clock.now(),
        sender_id=sender().pk,
        client_key="a-test-key",
    )
    assert is_member(one.pk, message.uid)

    # What a restored copy may hold: the same number, another message, meant for one person only.
    fresh = Message(space_id=1).uid
    Message._base_manager.filter(pk=message.pk).update(uid=fresh, bitmap=BitMap([other.pk]).serialize())

    assert not is_member(one.pk, fresh)
    assert is_member(other.pk, fresh)
