"""A process that has seen a message never takes another one for it, even under the same number."""

from pyroaring import BitMap

from fenjin.delivery.models import Message
from fenjin.delivery.selectors.feed import Place, feed
from fenjin.delivery.testing import make_message


def test_a_number_that_now_belongs_to_another_message_shows_nobody_the_wrong_one(world):
    one, other = world.people["safety"][0], world.people["safety"][1]
    number = make_message(world.safety).pk
    assert feed(one.pk, after=Place(), limit=5)[0]

    # What a restored copy may hold: the same number, another message, meant for one person only.
    fresh = Message(space_id=1).uid
    row = Message._base_manager.filter(pk=number)
    row.update(uid=fresh, state="")  # the audience of a sent message is never changed
    row.update(bitmap=BitMap([other.pk]).serialize(), state=Message.State.SENT)

    assert not feed(one.pk, after=Place(), limit=5)[0]
    assert feed(other.pk, after=Place(), limit=5)[0]
