"""Emergencies at the door of opening: drawn with their two answers, or left once the reader has answered."""

from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import Said, answer_emergency
from fenjin.delivery.testing import make_emergency
from fenjin.delivery.tests.hot_scene import case, left, scene_of
from fenjin.kit import clock

EMERGENCY = {}


def emergency_of(world, **fields):
    scene = scene_of(world)
    scene.message = make_emergency(world.first, **fields)
    return scene


@case(EMERGENCY)
def an_emergency(world):
    return emergency_of(world)


@case(EMERGENCY)
def a_drill_in_english_at_its_end(world):
    scene = emergency_of(world, drill=True)
    scene.account_is(language="en")
    scene.message_is(ended_at=clock.now(), all_clear="The drill is over.")
    return scene


@case(EMERGENCY)
def an_emergency_answered_already(world):
    scene = emergency_of(world)

    def receipt():
        message = get_message_for(scene.person.pk, scene.message.pk).message
        answer_emergency(person_id=scene.person.pk, message=message, said=Said(needs_help=True), key="one-press")

    scene.receipt = receipt
    return left(scene)
