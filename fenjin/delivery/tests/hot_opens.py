"""Everything that makes the opening of a message unusual: name → scene."""

from datetime import date, timedelta

from fenjin.delivery.asking import Ask
from fenjin.delivery.naming import SAFETY, Reason
from fenjin.delivery.services import undo_confirmation
from fenjin.delivery.tests.hot_scene import PAGE, case, corrected, due_in, left, scene_of, with_notice
from fenjin.kit import clock
from fenjin.people.models import Person, Post, PostEvent, Unit
from fenjin.people.testing import make_account, make_administrator, make_person, make_post, sign_in
from fenjin.spaces.models import Space

OPEN = {}


# ---- what the lane answers ----------------------------------------------------------------------------


@case(OPEN)
def asks_for_confirmation(world):
    return scene_of(world)


@case(OPEN)
def ordinary(world):
    return scene_of(world, confirm=False)


@case(OPEN)
def with_a_deadline(world):
    return scene_of(world, due=due_in(1))


@case(OPEN)
def with_a_stated_reason(world):
    return scene_of(world, due=due_in(1), reason=Reason(SAFETY, "不知道会伤人"))


@case(OPEN)
def overdue(world):
    scene = scene_of(world, due=due_in(1))
    scene.message_is(due_on=clock.now().date() - timedelta(days=3))
    return scene


@case(OPEN)
def packed(world):
    scene = scene_of(world)
    scene.headers["accept-encoding"] = "gzip, deflate, br"
    return scene


@case(OPEN)
def in_english_dark_and_large(world):
    scene = scene_of(world)
    scene.account_is(language="en", theme="dark", scale=3)
    return scene


@case(OPEN)
def in_the_language_of_the_browser(world):
    scene = scene_of(world)
    scene.headers["accept-language"] = "en-GB,en;q=0.9,zh;q=0.5"
    return scene


@case(OPEN)
def with_a_watermark(world):
    Space.objects.filter(pk=1).update(watermark=True)
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(name="叶<b>&'知秋")
    return scene


@case(OPEN)
def in_another_zone(world):
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(zone="Africa/Lagos")
    return scene


@case(OPEN)
def in_the_zone_of_the_place(world):
    Unit._base_manager.filter(pk=world.drilling.pk).update(zone="America/Caracas")
    return scene_of(world)


@case(OPEN)
def open_already(world):
    scene = scene_of(world)
    scene.receipt = scene.opened
    return scene


@case(OPEN)
def two_posts(world):
    person = make_person("兼职者", unit=world.team)
    make_post(person, world.safety, main=False, on=date(2012, 1, 1))
    return scene_of(world, person=person)


@case(OPEN)
def meant_by_the_second_post(world):
    person = make_person("借调者", unit=world.second)
    make_post(person, world.team, main=False, on=date(2019, 1, 1))
    make_post(person, world.safety, main=False, on=date(2012, 1, 1))
    return scene_of(world, person=person)


@case(OPEN)
def two_posts_of_a_rule_about_posts(world):
    person = make_person("兼职者", unit=world.team, title="安全员")
    make_post(person, world.safety, main=False, on=date(2012, 1, 1))
    make_person("同事", unit=world.safety, title="安全员")
    return scene_of(world, person=person, rule={"any": [{"post": ["安全员"]}]})


@case(OPEN)
def moved_before_the_sending(world):
    person = make_person("转岗者", unit=world.safety)
    Post.objects.filter(person=person).update(ended_on=date(2024, 3, 1), main=True)
    make_post(person, world.team, main=False, on=date(2024, 3, 1))
    return scene_of(world, person=person)


@case(OPEN)
def a_second_post_since_the_sending(world):
    scene = scene_of(world)
    make_post(scene.person, world.safety, main=False)
    return scene


# ---- what it leaves to Django ---------------------------------------------------------------------------


@case(OPEN)
def meant_by_the_second_post_where_the_first_one_counts_others(world):
    person = make_person("兼职者", unit=world.team, title="文员")
    make_post(person, world.safety, main=False, title="安全员", on=date(2012, 1, 1))
    make_person("同事", unit=world.team, title="安全员")
    return left(scene_of(world, person=person, rule={"any": [{"post": ["安全员"]}]}))


@case(OPEN)
def nobody_signed_in(world):
    scene = scene_of(world)
    scene.client.cookies.clear()
    return left(scene)


@case(OPEN)
def not_a_recipient(world):
    return left(scene_of(world, unit="second"))


@case(OPEN)
def no_such_message(world):
    scene = scene_of(world)
    scene.path = "/messages/{pk}999999/"
    return left(scene)


@case(OPEN)
def came_after_the_sending(world):
    scene = scene_of(world)
    late = make_person("后来者", unit=world.team)
    sign_in(scene.client, with_notice(make_account(late)))
    scene.person = late
    return left(scene)


@case(OPEN)
def a_leaver(world):
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(status="left")
    return left(scene)


@case(OPEN)
def left_today(world):
    scene = scene_of(world)
    Person.objects.filter(pk=scene.person.pk).update(left_on=clock.now().date())
    return left(scene)


@case(OPEN)
def a_revoked_session(world):
    scene = scene_of(world)
    scene.session_is(revoked_at=clock.now())
    return left(scene)


@case(OPEN)
def an_ended_session(world):
    scene = scene_of(world)
    scene.session_is(expires_at=clock.now() - timedelta(seconds=1))
    return left(scene)


@case(OPEN)
def a_password_changed_since(world):
    scene = scene_of(world)
    scene.account_is(password="md5$new$hash")
    return left(scene)


@case(OPEN)
def a_closed_account(world):
    scene = scene_of(world)
    scene.account_is(is_active=False)
    return left(scene)


@case(OPEN)
def a_session_of_another_account(world):
    scene = scene_of(world)
    scene.session_is(account=make_account(make_person("别人", unit=world.team)))
    return left(scene)


@case(OPEN)
def a_first_password_to_be_changed(world):
    scene = scene_of(world)
    scene.account_is(must_change_password=True)
    return left(scene)


@case(OPEN)
def a_privacy_notice_not_yet_read(world):
    scene = scene_of(world)
    scene.account_is(privacy_notice_version=0)
    return left(scene)


@case(OPEN)
def an_operator_without_a_person(world):
    return left(scene_of(world, account=make_administrator("system")))


@case(OPEN)
def confirmed_already(world):
    scene = scene_of(world)
    scene.receipt = scene.confirmed
    return left(scene)


@case(OPEN)
def just_confirmed(world):
    scene = scene_of(world)
    scene.path = PAGE + "?confirmed=1"
    return left(scene)


@case(OPEN)
def another_unit_since_the_sending(world):
    scene = scene_of(world)
    Post.objects.filter(person=scene.person).update(ended_on=clock.now().date())
    make_post(scene.person, world.second)
    return left(scene)


@case(OPEN)
def another_main_post_since_the_sending(world):
    person = make_person("换岗者", unit=world.team)
    second = make_post(person, world.safety, main=False)
    scene = scene_of(world, person=person)
    first = Post.objects.get(person=person, main=True)
    for post, main in ((first, False), (second, True)):
        Post.objects.filter(pk=post.pk).update(main=main)
        PostEvent.objects.create(space_id=1, post=post, kind="main", on=clock.now().date(), old={"main": not main})
    return left(scene)


@case(OPEN)
def a_post_that_ends_tomorrow(world):
    person = make_person("将离任者", unit=world.team)
    make_post(person, world.safety, main=False)
    Post.objects.filter(person=person, main=True).update(ended_on=clock.now().date() + timedelta(days=2))
    return left(scene_of(world, person=person))


@case(OPEN)
def a_toast_waits(world):
    scene = scene_of(world)
    scene.client.cookies["messages"] = "anything"
    return left(scene)


@case(OPEN)
def only_looking_if_it_is_there(world):
    scene = scene_of(world)
    scene.method = "HEAD"
    return left(scene)


@case(OPEN)
def fetched_ahead(world):
    scene = scene_of(world)
    scene.headers["sec-purpose"] = "prefetch;prerender"
    return left(scene)


@case(OPEN)
def swapped_in_by_htmx(world):
    scene = scene_of(world)
    scene.headers["hx-request"] = "true"
    return left(scene)


@case(OPEN)
def at_a_strange_host(world):
    scene = scene_of(world)
    scene.headers["host"] = "evil.example"
    return left(scene)


@case(OPEN)
def stopped_before_it_began(world):
    scene = scene_of(world)
    scene.message_is(state="cancelled", stopped_at=scene.message.sent_at - timedelta(seconds=1))
    return left(scene)


@case(OPEN)
def withdrawn(world):
    scene = scene_of(world)
    scene.message_is(state="withdrawn", withdrawn_at=clock.now(), withdrawn_why="错了")
    return left(scene)


@case(OPEN)
def visible_tomorrow(world):
    scene = scene_of(world)
    scene.message_is(sent_at=clock.now() + timedelta(days=1))
    return left(scene)


@case(OPEN)
def to_a_living_audience(world):
    return left(scene_of(world, audience_mode="living"))


@case(OPEN)
def an_older_version_seen(world):
    scene = scene_of(world)
    scene.receipt = scene.opened
    corrected(scene)
    return left(scene)


@case(OPEN)
def a_confirmation_taken_back(world):
    scene = scene_of(world)

    def receipt():
        scene.confirmed()
        undo_confirmation(person_id=scene.person.pk, message=scene.message)

    scene.receipt = receipt
    return left(scene)


@case(OPEN)
def asking_for_an_answer(world):
    return left(scene_of(world, ask=Ask("written", "阀门关好了吗？")))


@case(OPEN)
def taking_replies(world):
    scene = scene_of(world)
    scene.message_is(reply_allowed=True)
    return scene
