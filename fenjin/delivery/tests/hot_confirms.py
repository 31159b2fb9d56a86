"""Everything that makes the confirmation of a message unusual: name → scene."""

from fenjin.delivery.asking import Ask
from fenjin.delivery.testing import make_message
from fenjin.delivery.tests.hot_scene import case, corrected, left, scene_of, with_notice
from fenjin.kit import clock
from fenjin.people.testing import make_account, make_person, sign_in

CONFIRM = {}


# ---- confirming -------------------------------------------------------------------------------------------


def pressed(world, *, changes=None, **kinds):
    scene = scene_of(world, **kinds)
    scene.form(**(changes or {}))
    return scene


@case(CONFIRM)
def plain(world):
    return pressed(world)


@case(CONFIRM)
def plain_in_english(world):
    scene = pressed(world)
    scene.account_is(language="en")
    return scene


@case(CONFIRM)
def without_the_browsers_word_on_the_site(world):
    scene = pressed(world)
    del scene.headers["sec-fetch-site"]
    return scene


@case(CONFIRM)
def not_opened_before(world):
    scene = pressed(world)
    scene.receipt = None
    return left(scene)


@case(CONFIRM)
def confirmed_before(world):
    scene = pressed(world)
    scene.receipt = scene.confirmed
    return left(scene)


@case(CONFIRM)
def a_wrong_version(world):
    return left(pressed(world, changes={"version": "2"}))


@case(CONFIRM)
def no_number_for_a_version(world):
    return left(pressed(world, changes={"version": "x"}))


@case(CONFIRM)
def a_bad_client_key(world):
    return left(pressed(world, changes={"client_key": "no good!"}))


@case(CONFIRM)
def an_endless_client_key(world):
    return left(pressed(world, changes={"client_key": "k" * 65}))


@case(CONFIRM)
def no_client_key(world):
    return left(pressed(world, changes={"client_key": ""}))


@case(CONFIRM)
def from_another_site(world):
    scene = pressed(world)
    scene.headers = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    return left(scene)


@case(CONFIRM)
def from_a_neighbour_of_the_same_site(world):
    scene = pressed(world)
    scene.headers["sec-fetch-site"] = "same-site"
    return left(scene)


@case(CONFIRM)
def from_nowhere(world):
    scene = pressed(world)
    scene.headers = {}
    return left(scene)


@case(CONFIRM)
def without_a_token(world):
    return left(pressed(world, changes={"csrfmiddlewaretoken": ""}))


@case(CONFIRM)
def with_a_foreign_token(world):
    return left(pressed(world, changes={"csrfmiddlewaretoken": "A" * 64}))


@case(CONFIRM)
def without_the_cookie_of_the_form(world):
    scene = pressed(world)
    del scene.client.cookies["csrftoken"]
    return left(scene)


@case(CONFIRM)
def nothing_asked_for(world):
    scene = pressed(world)
    scene.message = make_message(world.first, confirm=False)
    return left(scene)


@case(CONFIRM)
def signed_out_meanwhile(world):
    scene = pressed(world)
    scene.session_is(revoked_at=clock.now())
    return left(scene)


@case(CONFIRM)
def not_sent_to_this_person(world):
    scene = pressed(world)
    stranger = make_person("外人", unit=world.second)
    sign_in(scene.client, with_notice(make_account(stranger)))
    return left(scene)


@case(CONFIRM)
def corrected_meanwhile(world):
    scene = pressed(world)
    corrected(scene)
    return left(scene)


@case(CONFIRM)
def withdrawn_meanwhile(world):
    scene = pressed(world)
    scene.message_is(state="withdrawn", withdrawn_at=clock.now(), withdrawn_why="错了")
    scene.receipt = None
    return left(scene)


@case(CONFIRM)
def asking_for_an_answer(world):
    scene = pressed(world, ask=Ask("written", "阀门关好了吗？"))
    scene.receipt = scene.opened
    return left(scene)
