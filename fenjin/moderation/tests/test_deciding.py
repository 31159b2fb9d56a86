"""From a text with a word to a decision with a reason, an appeal, and an answer to criticism."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation import services
from fenjin.moderation.models import Appeal, Case, Lane, Report, Rule
from fenjin.moderation.selectors import own
from fenjin.moderation.selectors.queue import counts, get_case, list_cases, pieces_of
from fenjin.moderation.selectors.rules import rule_of
from fenjin.moderation.services import refusals
from fenjin.moderation.testing import answers, decisions, make_case, make_moderator, make_text, make_word
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def person():
    return make_person("张伟")


@pytest.fixture
def moderator():
    return make_moderator(1)


def set_mode(moderator, mode, space=1):
    services.set_rule(actor=moderator, space_id=space, mode=mode, hours=24)


def remove(case, actor, reason="请就事论事。"):
    return services.decide_case(actor=actor, case_id=case.pk, shown=False, lane=Lane.ATTACK, reason=reason)


# ---- coming in ------------------------------------------------------------------------------------------


def test_a_text_without_words_stands_and_leaves_no_case(person):
    make_word("笨蛋")
    outcome = services.bring(make_text("写得好", person=person))
    assert outcome.shown
    assert outcome.case_id is None
    assert not Case.objects.exists()


def test_a_text_with_a_word_waits_and_bringing_it_again_changes_nothing(person):
    make_word("笨蛋")
    text = make_text("笨 蛋", person=person)
    first, second = services.bring(text), services.bring(text)
    assert not first.shown
    assert first == second
    case = Case.objects.get()
    assert (case.state, case.lane, case.found) == ("held", "attack", [[0, 3, "attack"]])


def test_words_of_the_group_hold_in_every_space_and_those_of_a_space_only_there(person):
    east, west = make_space("东"), make_space("西")
    make_word("全集团", space_id=1)
    make_word("东边", space_id=east.pk)
    assert not services.bring(make_text("全集团", person=person, space_id=west.pk)).shown
    assert not services.bring(make_text("东边", person=person, space_id=east.pk)).shown
    assert services.bring(make_text("东边", person=person, space_id=west.pk)).shown
    assert services.bring(make_text("东边", person=person)).shown


def test_a_new_word_holds_at_once_although_lists_are_kept(person):
    make_word("甲")
    assert services.bring(make_text("乙", person=person)).shown
    make_word("乙")
    assert not services.bring(make_text("乙", person=person)).shown


def test_criticism_alone_never_holds(person):
    make_word("加班不给钱", lane=Lane.CRITICISM)
    outcome = services.bring(make_text("总是加班不给钱", person=person))
    assert outcome.shown
    assert Case.objects.get().state == "standing"


@pytest.mark.parametrize(
    ("mode", "text", "earlier", "shown"),
    [
        ("all", "写得好", 9, False),
        ("newcomers", "写得好", 0, False),
        ("newcomers", "写得好", 3, True),
        ("newcomers", "笨蛋", 3, False),
        ("words", "写得好", 0, True),
        ("words", "笨蛋", 9, False),
        ("after", "笨蛋", 0, True),
        ("after", "井位坐标", 9, False),
    ],
)
def test_the_rule_of_the_space_says_what_waits(person, moderator, mode, text, earlier, shown):
    make_word("笨蛋")
    make_word("井位坐标", lane=Lane.SECRET)
    set_mode(moderator, mode)
    assert services.bring(make_text(text, person=person), earlier=earlier).shown is shown


def test_a_closed_space_refuses(person, moderator):
    set_mode(moderator, Rule.Mode.CLOSED)
    with pytest.raises(refusals.Closed):
        services.bring(make_text(person=person))


def test_a_space_follows_the_group_until_it_has_a_rule_of_its_own():
    space = make_space("华东")
    assert rule_of(space.pk).origin == "built_in"
    set_mode(make_moderator(1), Rule.Mode.ALL)
    assert (rule_of(space.pk).mode, rule_of(space.pk).origin) == ("all", "group")
    set_mode(make_moderator(space.pk), Rule.Mode.AFTER, space.pk)
    assert (rule_of(space.pk).mode, rule_of(space.pk).origin) == ("after", "own")
    make_word("词", space_id=space.pk)
    assert rule_of(space.pk).mode == "after"


# ---- deciding -------------------------------------------------------------------------------------------


def test_taking_away_needs_lane_and_reason_and_the_author_reads_them(person, moderator):
    case = make_case(person=person)
    for lane, reason in (("", "说明"), (Lane.ATTACK, "  ")):
        with pytest.raises(refusals.ReasonNeeded):
            services.decide_case(actor=moderator, case_id=case.pk, shown=False, lane=lane, reason=reason)
    remove(case, moderator)
    told = own.get_own(person.pk, case.pk)
    assert (told.state, told.lane, told.reason) == ("removed", "attack", "请就事论事。")
    assert decisions[case.object_id] is False
    assert AuditEvent.objects.filter(act="moderation.remove", target_id=case.pk, actor_id=moderator.pk).exists()


def test_the_database_too_refuses_to_take_away_without_a_reason(person, moderator):
    case = make_case(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="removed", decided_at=clock.now(), lane="attack")


def test_criticism_is_shown_and_answered(person, moderator):
    case = make_case(person=person)
    with pytest.raises(refusals.CriticismStands):
        services.decide_case(actor=moderator, case_id=case.pk, shown=False, lane=Lane.CRITICISM, reason="不好听")
    services.decide_case(actor=moderator, case_id=case.pk, shown=True, lane=Lane.CRITICISM)
    assert decisions[case.object_id] is True
    editor = make_editor(1)
    assert counts(editor).answers == 1
    services.answer_case(actor=editor, case_id=case.pk, text="下周三前补发。")
    assert answers[case.object_id] == "下周三前补发。"
    assert counts(editor).answers == 0


def test_only_criticism_is_answered(person, moderator):
    case = make_case(person=person)
    with pytest.raises(refusals.NotCriticism):
        services.answer_case(actor=moderator, case_id=case.pk, text="好")


def test_two_moderators_do_not_decide_twice(person, moderator):
    case = make_case(person=person)
    other = make_moderator(1)
    services.claim_case(actor=moderator, case_id=case.pk)
    with pytest.raises(refusals.LookedAt):
        remove(case, other)
    with clock.pretend(clock.now() + timedelta(minutes=16)):
        remove(case, other)
    with pytest.raises(refusals.AlreadyDecided):
        services.decide_case(actor=moderator, case_id=case.pk, shown=True)


def test_nobody_judges_an_own_text(moderator):
    case = make_case(person=moderator.person)
    with pytest.raises(refusals.OwnText):
        services.decide_case(actor=moderator, case_id=case.pk, shown=True)


def test_a_decision_is_taken_back_for_ten_minutes_by_its_maker(person, moderator):
    case = make_case(person=person)
    remove(case, moderator)
    with pytest.raises(refusals.NoUndo):
        services.undo_decision(actor=make_moderator(1), case_id=case.pk)
    with clock.pretend(clock.now() + timedelta(minutes=11)), pytest.raises(refusals.NoUndo):
        services.undo_decision(actor=moderator, case_id=case.pk)
    services.undo_decision(actor=moderator, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, case.reason, case.decided_by_id) == ("held", "", None)
    assert decisions[case.object_id] is None


# ---- whose it is ----------------------------------------------------------------------------------------


def test_a_foreign_moderator_and_an_editor_decide_nothing(person):
    case = make_case(person=person)
    for account in (make_moderator(make_space("西南").pk), make_editor(1), make_account(make_person())):
        account.membership = getattr(account, "membership", None)
        with pytest.raises(NotFound):
            services.decide_case(actor=account, case_id=case.pk, shown=True)


def test_the_groups_moderators_stand_in_only_where_nobody_else_is(person, moderator):
    space = make_space("小站")
    case = make_case(person=person, space_id=space.pk)  # its maker of the word is a moderator there
    assert counts(moderator).open == 0
    with pytest.raises(NotFound):
        get_case(moderator, case.pk)
    with pytest.raises(NotFound):
        services.decide_case(actor=moderator, case_id=case.pk, shown=True)
    lonely = make_space("孤岛")
    services.set_rule(actor=make_moderator(lonely.pk), space_id=lonely.pk, mode="all", hours=1)
    type(lonely)._meta.apps.get_model("spaces.RoleGrant").objects.filter(space=lonely.pk).update(ends_at=clock.now())
    held = services.bring(make_text(person=person, space_id=lonely.pk))
    assert [found.pk for found in list_cases(moderator, "open").cases] == [held.case_id]
    services.decide_case(actor=moderator, case_id=held.case_id, shown=True)


# ---- appeals and reports --------------------------------------------------------------------------------


def test_an_appeal_is_decided_by_another_person(person, moderator):
    case = make_case(person=person)
    remove(case, moderator)
    sent = services.appeal(person_id=person.pk, case_id=case.pk, text="这不是骂人", client_key="key-0001")
    again = services.appeal(person_id=person.pk, case_id=case.pk, text="这不是骂人", client_key="key-0001")
    assert sent.pk == again.pk
    with pytest.raises(refusals.AlreadyAppealed):
        services.appeal(person_id=person.pk, case_id=case.pk, text="再说一次", client_key="key-0002")
    with pytest.raises(refusals.OwnDecision):
        services.decide_appeal(actor=moderator, case_id=case.pk, overturn=True, answer="好吧")
    other = make_moderator(1)
    assert counts(other).appeals == 1
    services.decide_appeal(actor=other, case_id=case.pk, overturn=True, answer="确实是批评，不是骂人。")
    case.refresh_from_db()
    assert case.state == "shown"
    assert decisions[case.object_id] is True
    with pytest.raises(refusals.AlreadyDecided):
        services.decide_appeal(actor=other, case_id=case.pk, overturn=False, answer="反悔")


def test_the_database_too_wants_another_person(person, moderator):
    case = make_case(person=person)
    remove(case, moderator)
    services.appeal(person_id=person.pk, case_id=case.pk, text="不对", client_key="key-0001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(decided_by=moderator, decided_at=clock.now(), outcome="upheld", answer="维持")


def test_an_appeal_needs_a_decision_and_comes_within_thirty_days(person, moderator):
    case = make_case(person=person)
    stranger = make_person("李四")
    with pytest.raises(refusals.NothingToAppeal):
        services.appeal(person_id=person.pk, case_id=case.pk, text="不对", client_key="key-0001")
    remove(case, moderator)
    with pytest.raises(NotFound):
        services.appeal(person_id=stranger.pk, case_id=case.pk, text="不对", client_key="key-0001")
    with clock.pretend(clock.now() + timedelta(days=31)), pytest.raises(refusals.NothingToAppeal):
        services.appeal(person_id=person.pk, case_id=case.pk, text="不对", client_key="key-0001")


def test_readers_report_once_each_and_the_text_stays_until_somebody_decides(person):
    text = make_text("写得好", person=person)
    reader = make_person("王五")
    for _ in range(2):
        case = services.report(text, by=reader.pk, lane=Lane.OFF_TOPIC, note="广告")
    assert case.state == "standing"
    assert Report.objects.count() == 1


def test_what_the_author_takes_back_loses_its_words(person, moderator):
    case = make_case(person=person)
    services.take_back(kind=case.kind, space_id=1, object_id=case.object_id)
    case.refresh_from_db()
    assert (case.state, case.text, case.found) == ("taken_back", "", [])
    with pytest.raises(refusals.AlreadyDecided):
        remove(case, moderator)


def test_an_author_reads_the_place_in_the_queue(person, moderator):
    first, second = make_case(person=person), make_case(person=person)
    assert own.waiting(second).place == 2
    assert own.waiting(second).usual is None
    remove(first, moderator)
    assert own.waiting(second).place == 1


def test_words_are_marked_where_they_stand():
    assert pieces_of("你这个笨 蛋！", [[3, 6, "attack"]]) == (("你这个", ""), ("笨 蛋", "attack"), ("！", ""))
    assert pieces_of("你", [[0, 9, "attack"]]) == (("你", ""),)
