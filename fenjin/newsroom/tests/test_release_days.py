"""Days end with the day here, and a plan in somebody's name holds as long as the word does."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from fenjin.kit import clock
from fenjin.newsroom.models import Article, Delegation
from fenjin.newsroom.selectors.names import leaders_of
from fenjin.newsroom.services.planning import DayHasPassed, keep_times, say_still_right
from fenjin.newsroom.testing import make_article
from fenjin.newsroom.tests.test_release import acts, editor, everywhere, leader, phone, plan, space
from fenjin.people.testing import make_account, make_person

pytestmark = pytest.mark.django_db
__all__ = ["editor", "everywhere", "leader", "space"]


def a_planned_version_in_the_name_of(leader, space, editor) -> tuple[Article, Delegation]:
    given = Delegation.objects.create(
        space=space,
        leader=leader.person,
        assistant=editor.person,
        asked_at=clock.now(),
        agreed_at=clock.now(),
        ends_on=clock.now().date() + timedelta(days=9),
    )
    return plan(make_article(space_id=space.pk, publish=False, actor=editor, in_name_of=leader.person), editor), given


@pytest.mark.parametrize(("ended", "days", "comes"), [(False, 2, True), (True, 2, False), (False, 12, False)])
def test_what_is_planned_in_a_name_comes_out_while_the_word_stands(space, editor, leader, ended, days, comes):
    article, given = a_planned_version_in_the_name_of(leader, space, editor)
    if ended:
        phone(leader).post(reverse("newsroom:name", args=[given.uid]), {"end": "1"})
    with clock.pretend(clock.now() + timedelta(days=days)):
        assert keep_times() == comes
    article.refresh_from_db()
    assert article.live == comes
    assert acts(article)[-1][0] == ("published" if comes else "unscheduled")


def a_morning() -> tuple[datetime, date]:
    """Half past seven in Shanghai, where these people work; by UTC it is still the day before, which is returned too."""
    moment = (clock.now() + timedelta(days=2)).replace(hour=23, minute=30)
    return moment, moment.date()


def test_a_word_given_until_a_day_ends_with_that_day_here(space, editor, leader):
    _article, given = a_planned_version_in_the_name_of(leader, space, editor)
    morning, yesterday = a_morning()
    for ends_on, held in ((yesterday, []), (yesterday + timedelta(days=1), [leader.person_id])):
        Delegation.objects.filter(pk=given.pk).update(ends_on=ends_on)
        with clock.pretend(morning):
            assert [person for person, _name in leaders_of(editor.person_id, {space.pk})] == held


def test_the_day_of_another_look_is_over_with_the_day_here(space, editor):
    morning, yesterday = a_morning()
    article = make_article(space_id=space.pk, actor=editor, review_on=yesterday)
    reader = phone(make_account(make_person("读者", unit=space.root_unit)))
    with clock.pretend(morning):
        assert "notice due" in reader.get(f"/news/{article.pk}/").content.decode()
        with pytest.raises(DayHasPassed):
            say_still_right(actor=editor, article=article, next_look=yesterday + timedelta(days=1))
