"""The desks of moderators and the pages of authors, as people use them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.moderation import services
from fenjin.moderation.models import Case, Lane, Rule, Word
from fenjin.moderation.testing import make_case, make_moderator, make_text, make_word
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_moderator(1)


@pytest.fixture
def author():
    return with_rights(make_account(make_person("张伟", unit=make_unit("启明集团"))))


@pytest.fixture
def case(author):
    return make_case("你这个笨 蛋！", person=author.person)


def client_of(account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def desk(name, *args) -> str:
    return reverse(f"moderation_desk:{name}", args=args)


def state_of(case) -> str:
    return Case._base_manager.get(pk=case.pk).state


def test_the_queue_lists_what_waits_and_the_case_marks_the_word(moderator, case):
    client = client_of(moderator)
    assert "你这个笨 蛋！" in client.get(desk("queue")).content.decode()
    assert "<mark>笨 蛋</mark>" in client.get(desk("case", case.pk)).content.decode()


@pytest.mark.parametrize("part", ["open", "appeals", "answers", "done", "nonsense"])
def test_every_part_of_the_queue_says_when_it_is_empty(moderator, part):
    page = client_of(moderator).get(desk("queue") + f"?part={part}&page=x")
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_a_moderator_decides_and_takes_it_back(moderator, case):
    client = client_of(moderator)
    refused = client.post(desk("case_decide", case.pk), {"verdict": "remove", "lane": "attack", "reason": ""})
    assert refused.status_code == 422
    assert state_of(case) == "held"
    client.post(desk("case_decide", case.pk), {"verdict": "remove", "lane": "attack", "reason": "请就事论事。"})
    assert state_of(case) == "removed"
    assert desk("case_undo", case.pk) in client.get(desk("case", case.pk)).content.decode()
    client.post(desk("case_undo", case.pk))
    assert state_of(case) == "held"
    client.post(desk("case_decide", case.pk), {"verdict": "show", "lane": "attack"})
    assert (state_of(case), Case._base_manager.get().lane) == ("shown", "")


def test_an_editor_answers_criticism_and_decides_nothing(moderator, case):
    client_of(moderator).post(desk("case_decide", case.pk), {"verdict": "show", "lane": "criticism"})
    editor = client_of(make_editor(1))
    assert "你这个笨 蛋！" in editor.get(desk("queue") + "?part=answers").content.decode()
    assert editor.post(desk("case_answer", case.pk), {"answer": ""}).status_code == 422
    assert editor.post(desk("case_undo", case.pk)).status_code == 404
    assert editor.get(desk("words")).status_code == 404
    editor.post(desk("case_answer", case.pk), {"answer": "下周三前办好。"})
    assert Case._base_manager.get().answer == "下周三前办好。"


def test_the_author_reads_the_place_then_the_reason_and_appeals_and_somebody_else_decides(moderator, author, case):
    phone, page = client_of(author), reverse("moderation:own_case", args=[case.pk])
    assert "1" in phone.get(page).content.decode()
    client_of(moderator).post(
        desk("case_decide", case.pk), {"verdict": "remove", "lane": "attack", "reason": "请就事论事。"}
    )
    assert "请就事论事。" in phone.get(page).content.decode()
    assert page in phone.get(reverse("moderation:own_cases")).content.decode()
    sent = {"text": "我是说笨蛋雪糕", "client_key": "key-00000001"}
    for _ in range(2):
        assert phone.post(page, sent).status_code == 302
    first = client_of(moderator)
    assert desk("case_appeal", case.pk) not in first.get(desk("case", case.pk)).content.decode()
    decision = {"verdict": "overturn", "answer": "原来如此。"}
    assert first.post(desk("case_appeal", case.pk), decision).status_code == 422
    second = client_of(make_moderator(1, name="吴审核"))
    assert "我是说笨蛋雪糕" in second.get(desk("case", case.pk)).content.decode()
    second.post(desk("case_appeal", case.pk), decision)
    assert state_of(case) == "shown"
    assert "原来如此。" in phone.get(page).content.decode()


def test_nobody_reads_somebody_elses_case(case):
    stranger = client_of(with_rights(make_account(make_person(unit=make_unit("北方")))))
    assert stranger.get(reverse("moderation:own_case", args=[case.pk])).status_code == 404
    foreign = client_of(make_moderator(make_space("西南").pk))
    assert foreign.get(desk("case", case.pk)).status_code == 404
    assert foreign.post(desk("case_decide", case.pk), {"verdict": "show"}).status_code == 404
    assert "笨 蛋" not in foreign.get(desk("queue")).content.decode()


def test_the_desk_does_not_say_who_reported(moderator, author):
    reporter = make_person("告密者")
    with every_space(Reason.TEST):
        found = services.report(make_text("写得好", person=author.person), by=reporter.pk, lane=Lane.OFF_TOPIC)
    page = client_of(moderator).get(desk("case", found.pk)).content.decode()
    assert str(Lane.OFF_TOPIC.value) in page
    assert "告密者" not in page


def test_words_are_tried_added_found_and_removed(moderator):
    client = client_of(moderator)
    sent = {"words": "笨蛋\n\n 傻 瓜 ", "lane": "attack", "by_sound": "on", "space": "1"}
    assert client.post(desk("words"), {**sent, "act": "try"}).status_code == 200
    assert not Word._base_manager.exists()
    client.post(desk("words"), {**sent, "act": "add"})
    assert set(Word._base_manager.values_list("normal", flat=True)) == {"笨蛋", "傻瓜"}
    assert "笨蛋" not in client.get(desk("words") + "?q=傻").content.decode()
    word = Word._base_manager.get(normal="笨蛋")
    client.post(desk("word_remove", word.pk), {"space": "1"})
    assert Word._base_manager.count() == 1
    acts = AuditEvent.objects.filter(act__startswith="moderation.word").values_list("act", flat=True)
    assert sorted(acts) == ["moderation.word_remove", "moderation.words_add"]


def test_a_space_reads_how_many_words_of_the_group_hold_but_not_which():
    make_word("集团的词", space_id=1)
    space = make_space("华东")
    page = client_of(make_moderator(space.pk)).get(desk("words")).content.decode()
    assert "集团的词" not in page
    assert client_of(make_moderator(space.pk)).get(desk("words") + "?space=1").status_code == 404


def test_the_rule_is_kept_and_can_follow_the_group_again():
    space = make_space("华东")
    client = client_of(make_moderator(space.pk))
    client.post(desk("rule"), {"mode": "all", "hours": "2"})
    assert Rule._base_manager.values_list("mode", "hours").get(space=space.pk) == ("all", 2)
    client.post(desk("rule"), {"mode": "", "hours": "24"})
    assert Rule._base_manager.values_list("mode", flat=True).get(space=space.pk) == ""
    assert client.post(desk("rule"), {"mode": "nonsense", "hours": "0"}).status_code == 422


def test_the_month_counts_what_came_in_and_what_became_of_it(moderator, author):
    shown, removed, late = (make_case(person=author.person) for _ in range(3))
    services.decide_case(actor=moderator, case_id=shown.pk, shown=True, lane=Lane.CRITICISM)
    services.decide_case(actor=moderator, case_id=removed.pk, shown=False, lane=Lane.ATTACK, reason="不妥。")
    with clock.pretend(clock.now() + timedelta(hours=30)):
        services.decide_case(actor=moderator, case_id=late.pk, shown=True)
    page = client_of(moderator).get(desk("month"))
    figures = page.context["figures"]
    assert (figures.brought, figures.shown, figures.removed, figures.criticism) == (3, 2, 1, 1)
    assert (figures.decided, figures.in_time, figures.usual_minutes) == (3, 2, None)
    assert client_of(moderator).get(desk("month") + "?month=1999-13").status_code == 200
    assert client_of(moderator).get(desk("month") + "?month=2020-01").context["figures"].brought == 0
