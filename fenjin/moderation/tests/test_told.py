"""Authors are told what became of their texts, where they look first, and until they have looked."""

from datetime import timedelta

import pytest

from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.moderation.models import Lane
from fenjin.moderation.selectors.told import list_told
from fenjin.moderation.services import answer_case, appeal, decide_appeal, decide_case
from fenjin.moderation.testing import make_case, make_moderator
from fenjin.people.testing import make_account, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    person = make_person()
    sign_in(client, make_account(person))
    return person


def home(client):
    forget_all()
    return client.get("/").text


def decide(moderator, case, **wish):
    with every_space(Reason.TEST):
        decide_case(actor=moderator, case_id=case.pk, **wish)


def test_a_refusal_stands_on_the_home_page_until_its_author_has_looked(client, author):
    case = make_case(person=author)
    assert "您的评论没有显示" not in home(client)
    decide(make_moderator(GROUP_SPACE), case, shown=False, lane=Lane.ATTACK, reason="骂人不行")
    assert "您的评论没有显示" in home(client)
    client.head(f"/moderation/{case.pk}/")
    client.get(f"/moderation/{case.pk}/", headers={"purpose": "prefetch"})
    assert "您的评论没有显示" in home(client), "a browser that fetches ahead has not looked"
    client.get(f"/moderation/{case.pk}/")
    assert "您的评论没有显示" not in home(client)


def test_the_end_of_an_appeal_is_told_after_the_refusal_was_seen(client, author):
    case = make_case(person=author)
    decide(make_moderator(GROUP_SPACE), case, shown=False, lane=Lane.ATTACK, reason="骂人不行")
    client.get(f"/moderation/{case.pk}/")
    appeal(person_id=author.pk, case_id=case.pk, text="我没有骂人", client_key="told-appeal-key")
    with every_space(Reason.TEST):
        decide_appeal(actor=make_moderator(GROUP_SPACE, name="钱审"), case_id=case.pk, overturn=True, answer="您说得对")
    assert "您的申诉成立" in home(client)
    client.get(f"/moderation/{case.pk}/")
    assert "您的申诉成立" not in home(client)


def test_criticism_that_was_answered_is_told(client, author):
    case, moderator = make_case(person=author), make_moderator(GROUP_SPACE)
    decide(moderator, case, shown=True, lane=Lane.CRITICISM)
    client.get(f"/moderation/{case.pk}/")
    with every_space(Reason.TEST):
        answer_case(actor=moderator, case_id=case.pk, text="明天就修")
    assert "您的批评有了答复" in home(client)


def test_nobody_else_is_told_and_after_two_weeks_it_is_quiet(client, author):
    case = make_case(person=make_person())
    mine = make_case("又一个笨蛋", person=author)
    moderator = make_moderator(GROUP_SPACE)
    decide(moderator, case, shown=False, lane=Lane.ATTACK, reason="骂人不行")
    assert "您的评论没有显示" not in home(client)
    decide(moderator, mine, shown=False, lane=Lane.ATTACK, reason="骂人不行")
    assert "您的评论没有显示" in home(client)
    with clock.pretend(clock.now() + timedelta(days=15)):
        forget_all()
        assert list_told(author.pk) == []
