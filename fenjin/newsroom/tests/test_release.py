"""How an article is released: steps, names, links, plans, undo; and that no way leads around."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.newsroom.models import Article, Correction, Delegation, Release, ReleaseEntry
from fenjin.newsroom.selectors.releases import shows_picture_to_judge
from fenjin.newsroom.services import publish_article, withdraw_article
from fenjin.newsroom.services.conditions import NameNotYours, ReleaseNeeded
from fenjin.newsroom.services.leaving import give_back_releases, leave_releases
from fenjin.newsroom.services.planning import drop_plan, keep_times, say_still_right
from fenjin.newsroom.services.release import (
    NotChecked,
    NothingToReview,
    NotYourStep,
    StepTaken,
    WordsNeeded,
    hand_step,
    judge,
    send_for_review,
)
from fenjin.newsroom.services.undoing import TooLate, undo, undoable
from fenjin.newsroom.testing import make_article, make_rule
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("华东")


def staff(space, role: str, name: str = "王一"):
    account = make_account(make_person(name))
    give_role(account.person, role, space_id=space.pk)
    return with_rights(account)


@pytest.fixture
def author(space):
    return staff(space, "author", "李作者")


@pytest.fixture
def editor(space):
    return make_editor(space.pk, name="赵编辑")


@pytest.fixture
def publisher(space):
    return staff(space, "publisher", "孙发布")


@pytest.fixture
def draft(space, author):
    return make_article(space_id=space.pk, publish=False, actor=author, title="冬季十条")


@pytest.fixture(autouse=True)
def everywhere():
    """Services run in a scope; the walls between spaces have tests of their own."""
    with every_space(Reason.TEST):
        yield


def current(release: Release):
    return release.steps.select_related("release").get(current=True)


def acts(article) -> list[str]:
    return list(ReleaseEntry.objects.filter(article=article).order_by("pk").values_list("act", "name"))


def test_an_article_goes_through_the_hands_of_its_rule(space, draft, author, editor, publisher):
    make_rule(space.pk, "editor", "publisher", secrecy=True)
    release = send_for_review(actor=author, article=draft, note="请审")
    judge(actor=editor, step=current(release), verdict="approved", words="好")
    draft.refresh_from_db()
    assert not draft.live
    with pytest.raises(NotChecked):
        judge(actor=publisher, step=current(release), verdict="approved")
    judge(actor=publisher, step=current(release), verdict="approved", checked=True)
    draft.refresh_from_db()
    release.refresh_from_db()
    assert draft.live
    assert draft.live_revision_id == release.revision
    assert release.state == "published"
    assert acts(draft) == [
        ("sent", "李作者"),
        ("approved", "赵编辑"),
        ("approved", "孙发布"),
        ("secrecy", "孙发布"),
        ("published", "孙发布"),
    ]


def test_no_way_leads_around_the_steps(space, draft, editor, publisher):
    make_rule(space.pk, "editor", "publisher")
    for actor in (editor, publisher, None):
        with pytest.raises(ReleaseNeeded):
            publish_article(actor=actor, article=Article.objects.get(pk=draft.pk))
    client = Client()
    sign_in(client, editor)
    client.post(f"/studio/articles/edit/{draft.pk}/", form(**{"action-publish": "1"}))
    draft.refresh_from_db()
    assert not draft.live


def form(**more) -> dict:
    return {"title": "冬季十条", "readers": "everybody", "body-count": 0, "body_en-count": 0, "tags": ""} | more


def test_nobody_judges_the_own_text_or_twice(space, draft, author, editor):
    make_rule(space.pk, "editor", "editor")
    own = make_article(space_id=space.pk, publish=False, actor=editor)
    with pytest.raises(NotYourStep):
        judge(actor=editor, step=current(send_for_review(actor=editor, article=own)), verdict="approved")
    release = send_for_review(actor=author, article=draft)
    judge(actor=editor, step=current(release), verdict="approved")
    with pytest.raises(NotYourStep):
        judge(actor=editor, step=current(release), verdict="approved")
    second = make_editor(space.pk, name="钱编辑")
    judge(actor=second, step=current(release), verdict="approved")
    draft.refresh_from_db()
    assert draft.live


def test_a_role_in_another_space_takes_no_step(space, draft, author):
    make_rule(space.pk, "editor")
    release = send_for_review(actor=author, article=draft)
    for stranger in (make_editor(make_space("西南").pk), staff(space, "moderator"), author):
        with pytest.raises(NotYourStep):
            judge(actor=stranger, step=current(release), verdict="approved")


def test_what_is_sent_back_carries_a_reason_and_can_be_sent_again(space, draft, author, editor):
    make_rule(space.pk, "editor")
    release = send_for_review(actor=author, article=draft)
    with pytest.raises(WordsNeeded):
        judge(actor=editor, step=current(release), verdict="returned")
    step = current(release)
    judge(actor=editor, step=step, verdict="returned", words="日期写错了")
    judge(actor=editor, step=step, verdict="returned", words="日期写错了")  # a double tap
    with pytest.raises(StepTaken):
        judge(actor=editor, step=step, verdict="approved")
    assert [act for act, _name in acts(draft)] == ["sent", "returned"]
    draft.save_revision(user=author)
    again = send_for_review(actor=author, article=draft)
    judge(actor=editor, step=current(again), verdict="approved")
    draft.refresh_from_db()
    assert draft.live


def test_the_version_that_was_judged_is_the_one_published(space, draft, author, editor):
    make_rule(space.pk, "editor")
    release = send_for_review(actor=author, article=draft)
    draft.title = "改过的题"
    newer = draft.save_revision(user=author, clean=False)
    with pytest.raises(StepTaken):
        judge(actor=editor, step=current(release), verdict="approved", number=newer.pk)
    judge(actor=editor, step=current(release), verdict="approved", number=release.revision)
    draft.refresh_from_db()
    assert draft.title == "冬季十条"
    assert draft.has_unpublished_changes


def test_sending_again_takes_the_older_one_back(space, draft, author, editor):
    make_rule(space.pk, "editor")
    first = send_for_review(actor=author, article=draft)
    with pytest.raises(NothingToReview):
        send_for_review(actor=author, article=draft)
    step = current(first)
    draft.save_revision(user=author)
    second = send_for_review(actor=author, article=draft)
    first.refresh_from_db()
    assert first.state == "cancelled"
    with pytest.raises(StepTaken):
        judge(actor=editor, step=step, verdict="approved")
    assert current(second).number == 1


def test_an_author_without_a_rule_goes_by_an_editor(space, draft, author, editor):
    release = send_for_review(actor=author, article=draft)
    judge(actor=editor, step=current(release), verdict="approved")
    draft.refresh_from_db()
    assert draft.live


# ---- outside the studio -----------------------------------------------------------------------------


@pytest.fixture
def leader():
    return with_rights(make_account(make_person("周主任", unit=make_unit())))


def phone(account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def test_a_person_outside_the_studio_judges_on_the_phone_once(space, draft, author, leader):
    make_rule(space.pk, leader.person)
    release = send_for_review(actor=author, article=draft)
    url = reverse("newsroom:review", args=[current(release).uid])
    forget_all()  # as two seconds do
    assert "冬季" in phone(leader).get("/").content.decode()
    page = phone(leader).get(url).content.decode()
    assert 'class="prose"' in page
    answer = phone(leader).post(url, {"version": release.revision, "verdict": "approved"})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.live
    assert "verdict" not in phone(leader).get(url).content.decode()
    assert (
        phone(leader).post(url, {"version": release.revision, "verdict": "returned", "words": "x"}).status_code == 422
    )
    draft.refresh_from_db()
    assert draft.live


def test_the_address_opens_to_nobody_else(space, draft, author, leader, editor):
    make_rule(space.pk, leader.person)
    release = send_for_review(actor=author, article=draft)
    url = reverse("newsroom:review", args=[current(release).uid])
    for other in (make_account(make_person("郑某", unit=make_unit())), editor):
        assert phone(other).get(url).status_code == 404
        assert phone(other).post(url, {"version": release.revision, "verdict": "approved"}).status_code == 404
    assert Client().get(url).status_code == 302
    draft.refresh_from_db()
    assert not draft.live


def test_an_old_address_takes_no_verdict(space, draft, author, leader):
    make_rule(space.pk, leader.person)
    release = send_for_review(actor=author, article=draft)
    step = current(release)
    step.expires_at = clock.now() - timedelta(seconds=1)
    step.save()
    url = reverse("newsroom:review", args=[step.uid])
    assert 'class="prose"' not in phone(leader).get(url).content.decode()
    assert phone(leader).post(url, {"version": release.revision, "verdict": "approved"}).status_code == 422
    draft.refresh_from_db()
    assert not draft.live


def test_an_old_address_is_listed_no_more_and_shows_no_picture(space, author, leader):
    make_rule(space.pk, leader.person)
    picture = make_picture(space_id=space.pk)
    draft = make_article(space_id=space.pk, publish=False, actor=author, cover=picture)
    step = current(send_for_review(actor=author, article=draft))

    def seen() -> tuple[bool, bool]:
        listed = str(step.uid) in phone(leader).get("/news/to-judge/").content.decode()
        return listed, shows_picture_to_judge(leader.membership, picture.pk)

    assert seen() == (True, True)
    step.expires_at = clock.now() - timedelta(seconds=1)
    step.save()
    assert seen() == (False, False)


def test_sending_back_on_the_phone_wants_words_and_keeps_what_was_typed(space, draft, author, leader):
    make_rule(space.pk, leader.person, secrecy=True)
    release = send_for_review(actor=author, article=draft)
    url = reverse("newsroom:review", args=[current(release).uid])
    assert phone(leader).post(url, {"version": release.revision, "verdict": "returned"}).status_code == 422
    kept = phone(leader).post(url, {"version": release.revision, "verdict": "approved", "words": "很好的一篇"})
    assert kept.status_code == 422  # the tick about secrets
    assert "很好的一篇" in kept.content.decode()
    phone(leader).post(url, {"version": release.revision, "verdict": "returned", "words": "数字请核对"})
    assert acts(draft)[-1] == ("returned", "周主任")


def test_an_editor_lets_somebody_outside_judge(space, draft, author, editor):
    make_rule(space.pk, "editor")
    release = send_for_review(actor=author, article=draft)
    outside = with_rights(make_account(make_person("吴工", unit=space.root_unit)))
    with pytest.raises(NotYourStep):
        hand_step(actor=author, step=current(release), person_id=outside.person_id)
    step = hand_step(actor=editor, step=current(release), person_id=outside.person_id)
    with pytest.raises(NotYourStep):
        judge(actor=editor, step=step, verdict="approved")
    judge(actor=outside, step=step, verdict="approved")
    draft.refresh_from_db()
    assert draft.live


# ---- in whose name ----------------------------------------------------------------------------------


def test_a_leaders_name_needs_the_leaders_word(space, editor, leader):
    article = make_article(space_id=space.pk, publish=False, actor=editor, in_name_of=leader.person)
    with pytest.raises(NameNotYours):
        publish_article(actor=editor, article=article)
    given = Delegation.objects.create(
        space=space,
        leader=leader.person,
        assistant=editor.person,
        asked_at=clock.now(),
        ends_on=clock.now().date() + timedelta(days=9),
    )
    client = phone(leader)
    assert "赵编辑" in client.get("/news/to-judge/").content.decode()
    assert phone(editor).post(reverse("newsroom:name", args=[given.uid]), {"agree": "1"}).status_code == 404
    client.post(reverse("newsroom:name", args=[given.uid]), {"agree": "1"})
    article = publish_article(actor=editor, article=Article.objects.get(pk=article.pk))
    assert article.live
    reader = phone(make_account(make_person("读者", unit=space.root_unit)))
    assert "周主任" in reader.get(f"/news/{article.pk}/").content.decode()
    entry = ReleaseEntry.objects.get(article=article, act="published")
    assert (entry.name, "周主任" in entry.words) == ("赵编辑", True)  # the record keeps both names
    event = AuditEvent.objects.get(act="newsroom.publish", target_id=article.pk)
    assert (event.actor_id, event.details["in_name_of"]) == (editor.pk, leader.person_id)
    client.post(reverse("newsroom:name", args=[given.uid]), {"end": "1"})
    with pytest.raises(NameNotYours):
        publish_article(actor=editor, article=Article.objects.get(pk=article.pk))


# ---- times ------------------------------------------------------------------------------------------


def plan(article, actor, days: int = 1) -> Article:
    article.go_live_at = clock.now() + timedelta(days=days)
    return publish_article(actor=actor, article=article)


def test_a_planned_version_comes_out_by_itself_and_the_old_one_stays(space, editor):
    article = make_article(space_id=space.pk, title="旧题", actor=editor)
    article.title = "新题"
    plan(article, editor)
    article.refresh_from_db()
    assert (article.title, article.live) == ("旧题", True)
    assert keep_times() == 0
    with clock.pretend(clock.now() + timedelta(days=1, minutes=1)):
        assert keep_times() == 1
        assert keep_times() == 0
    article.refresh_from_db()
    assert article.title == "新题"
    assert [act for act, _name in acts(article)] == ["published", "scheduled", "published"]


def test_a_planned_draft_comes_out_and_ends(space, editor):
    draft = make_article(space_id=space.pk, publish=False, actor=editor, expire_at=clock.now() + timedelta(days=3))
    plan(draft, editor)
    draft.refresh_from_db()
    assert not draft.live
    with clock.pretend(clock.now() + timedelta(days=2)):
        keep_times()
    draft.refresh_from_db()
    assert draft.live
    with clock.pretend(clock.now() + timedelta(days=4)):
        keep_times()
    draft.refresh_from_db()
    assert not draft.live
    assert acts(draft)[-1] == ("expired", "")


def test_a_plan_that_was_dropped_does_not_come_out(space, editor):
    draft = make_article(space_id=space.pk, publish=False, actor=editor)
    plan(draft, editor)
    drop_plan(actor=editor, article=draft)
    with clock.pretend(clock.now() + timedelta(days=2)):
        assert keep_times() == 0


def test_a_release_with_a_time_is_planned_by_the_last_hand(space, draft, author, editor):
    make_rule(space.pk, "editor")
    draft.go_live_at = clock.now() + timedelta(days=1)
    draft.save_revision(user=author)
    release = send_for_review(actor=author, article=draft)
    judge(actor=editor, step=current(release), verdict="approved")
    release.refresh_from_db()
    draft.refresh_from_db()
    assert (draft.live, release.state) == (False, "approved")
    with clock.pretend(clock.now() + timedelta(days=1, minutes=1)):
        assert keep_times() == 1
    release.refresh_from_db()
    assert release.state == "published"


def test_a_withdrawal_ends_what_was_approved_for_later(space, author, editor):
    make_rule(space.pk, "editor")
    article = make_article(space_id=space.pk, publish=False, actor=author)
    judge(actor=editor, step=current(send_for_review(actor=author, article=article)), verdict="approved")
    article.refresh_from_db()
    article.go_live_at = clock.now() + timedelta(days=1)
    article.save_revision(user=author)
    release = send_for_review(actor=author, article=article)
    judge(actor=editor, step=current(release), verdict="approved")
    with pytest.raises(NothingToReview):
        send_for_review(actor=author, article=article)
    article.refresh_from_db()
    withdraw_article(actor=editor, article=article)
    release.refresh_from_db()
    assert release.state == "cancelled"
    again = send_for_review(actor=author, article=article)
    assert current(again).number == 1


def test_no_step_falls_away_when_somebody_leaves(space, draft, author, leader, publisher):
    make_rule(space.pk, leader.person)
    release = send_for_review(actor=author, article=draft)
    ended = leave_releases([leader.person_id])
    assert give_back_releases(None, ended) == 2
    assert current(release).person_id == leader.person_id
    assert give_back_releases(None, ended) == 0
    leave_releases([leader.person_id])
    judge(actor=publisher, step=current(release), verdict="approved")
    draft.refresh_from_db()
    assert draft.live
    with pytest.raises(ReleaseNeeded):
        publish_article(actor=publisher, article=make_article(space_id=space.pk, publish=False, actor=author))


def test_what_cannot_come_out_stays_in_and_says_why(space, editor):
    draft, other = (make_article(space_id=space.pk, publish=False, actor=editor) for _number in range(2))
    plan(draft, editor)
    plan(other, editor)
    make_rule(space.pk, "editor")  # set meanwhile: these versions went through no hands
    Release.objects.create(
        space=space, article=other, revision=other.latest_revision_id, sha256="", secrecy=False, apart=True,
        started_at=clock.now(), state="approved",
    )  # fmt: skip
    with clock.pretend(clock.now() + timedelta(days=2)):
        assert keep_times() == 1
    draft.refresh_from_db()
    other.refresh_from_db()
    assert (draft.live, other.live) == (False, True)
    assert acts(draft)[-1][0] == "unscheduled"


def test_an_article_that_nobody_looked_at_again_says_so(space, editor):
    article = make_article(space_id=space.pk, actor=editor, review_on=clock.now().date() - timedelta(days=1))
    reader = phone(make_account(make_person("读者", unit=space.root_unit)))
    assert "notice due" in reader.get(f"/news/{article.pk}/").content.decode()
    say_still_right(actor=editor, article=article, next_look=clock.now().date() + timedelta(days=90))
    assert "notice due" not in reader.get(f"/news/{article.pk}/").content.decode()


# ---- what is taken back, what is corrected ----------------------------------------------------------


def test_a_publication_can_be_undone_for_ten_minutes(space, editor):
    article = make_article(space_id=space.pk, title="旧题", actor=editor)
    article.title = "新题"
    publish_article(actor=editor, article=article)
    undo(actor=editor, article=article, entry_id=undoable(article).pk)
    article.refresh_from_db()
    assert (article.title, article.live) == ("旧题", True)
    assert undoable(article) is None
    withdraw_article(actor=editor, article=article)
    entry = undoable(article)
    with clock.pretend(clock.now() + timedelta(minutes=11)), pytest.raises(TooLate):
        undo(actor=editor, article=article, entry_id=entry.pk)
    undo(actor=editor, article=article, entry_id=entry.pk)
    article.refresh_from_db()
    assert (article.title, article.live) == ("旧题", True)


def test_undoing_a_first_publication_takes_the_article_in(space, editor):
    article = make_article(space_id=space.pk, actor=editor)
    undo(actor=editor, article=article, entry_id=undoable(article).pk)
    reader = phone(make_account(make_person("读者", unit=space.root_unit)))
    assert reader.get(f"/news/{article.pk}/").status_code == 404


def test_readers_are_told_what_was_corrected(space, editor):
    article = make_article(space_id=space.pk, actor=editor, correction="首次发布没有更正")
    assert not Correction.objects.exists()
    article.correction = "截止日期应为11月30日"
    publish_article(actor=editor, article=article)
    reader = phone(make_account(make_person("读者", unit=space.root_unit)))
    assert "截止日期应为11月30日" in reader.get(f"/news/{article.pk}/").content.decode()
    article.refresh_from_db()
    publish_article(actor=editor, article=article)
    assert Correction.objects.count() == 1
