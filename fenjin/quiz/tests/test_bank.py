"""What one may do with a question, and that a refusal changes nothing."""

import dataclasses

import pytest
from django.db import DatabaseError, connection, transaction

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.media.services import withdraw_picture
from fenjin.media.testing import make_picture
from fenjin.quiz import selectors, services
from fenjin.quiz.kinds import Piece
from fenjin.quiz.models import Question, QuestionVersion
from fenjin.quiz.services import Filed, Written
from fenjin.quiz.testing import content, make_question, make_topic
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everywhere():
    with every_space(Reason.TEST):
        yield


@pytest.fixture
def hands():
    """Two who may write and approve in the group."""
    return make_editor(GROUP_SPACE, name="甲"), make_editor(GROUP_SPACE, name="乙")


def standing():
    """All that the bank keeps, to be compared."""
    return (
        list(Question.objects.order_by("pk").values()),
        list(QuestionVersion.objects.order_by("pk").values()),
        AuditEvent.objects.count(),
    )


def refused(refusal, service, **given):
    before = standing()
    with pytest.raises(refusal):
        service(**given)
    assert standing() == before


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false", "fill", "ordering", "matching"])
def test_from_draft_to_ready(hands, kind):
    one, other = hands
    question = make_question(kind, actor=one)
    assert (question.state, question.current_id, question.newest.number) == ("draft", None, 1)
    services.send_to_review(actor=one, question=question)
    question.refresh_from_db()
    assert question.state == "in_review"
    services.approve(actor=other, question=question, number=1)
    question.refresh_from_db()
    assert (question.state, question.current_id) == ("ready", question.newest_id)
    acts = AuditEvent.objects.filter(target_kind="question", target_id=question.pk).values_list("act", flat=True)
    assert sorted(acts) == ["quiz.add", "quiz.approve", "quiz.send"]


def test_the_key_stands_apart_from_what_everybody_sees():
    for kind in ("single", "multiple", "true_false", "fill", "ordering", "matching"):
        version = make_question(kind).newest
        assert set(version.content) <= {"kind", "stem", "options", "partners"}
        assert version.key


def test_nobody_approves_what_they_wrote(hands):
    question = make_question(actor=hands[0], waiting=True)
    refused(services.OwnWords, services.approve, actor=hands[0], question=question, number=1)


def test_the_database_keeps_the_two_apart_too(hands):
    version = make_question(actor=hands[0], waiting=True).newest
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).update(
            state="approved", judged_by=hands[0], judged_at="2026-01-01T00:00Z"
        )


def test_what_is_approved_is_ink(hands):
    version = make_question(approved=True).newest
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).update(explanation="anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).delete()
    draft = make_question().newest
    assert QuestionVersion.objects.filter(pk=draft.pk).update(explanation="anders") == 1


def test_a_new_version_waits_while_the_approved_one_stays(hands):
    one, other = hands
    question = make_question(actor=one, approved=True)
    first = question.current_id
    version = services.revise_question(actor=one, question=question, written=Written(content(stem="更清楚的问法？")))
    question.refresh_from_db()
    assert (question.state, question.current_id, question.newest_id, version.number) == ("ready", first, version.pk, 2)
    services.send_to_review(actor=one, question=question)
    question.refresh_from_db()
    assert (question.state, question.current_id) == ("ready", first)
    services.approve(actor=other, question=question, number=2)
    question.refresh_from_db()
    assert question.current_id == version.pk
    assert [row.number for row in selectors.list_versions(question)] == [2, 1]


def test_writing_the_same_again_makes_no_version(hands):
    question = make_question(actor=hands[0])
    version = question.newest
    written = Written(version.whole, source_words=version.source_words)
    assert services.revise_question(actor=hands[0], question=question, written=written) == version
    assert QuestionVersion.objects.filter(question=question).count() == 1


def test_a_change_takes_the_version_before_out_of_review(hands):
    question = make_question(actor=hands[0], waiting=True)
    services.revise_question(actor=hands[1], question=question, written=Written(content()))
    question.refresh_from_db()
    assert question.state == "draft"
    assert selectors.count_waiting(GROUP_SPACE) == 0
    before = selectors.get_version(question, 1)
    assert (before.state, before.sent_by, before.sent_at) == ("draft", None, None)
    refused(services.ChangedMeanwhile, services.approve, actor=hands[1], question=question, number=1)
    refused(services.NotWaiting, services.approve, actor=hands[1], question=question, number=2)


def test_sent_back_with_words_and_changed(hands):
    one, other = hands
    question = make_question(actor=one, waiting=True)
    refused(services.SayWhy, services.send_back, actor=other, question=question, number=1, words="  ")
    services.send_back(actor=other, question=question, number=1, words="B 也对")
    question.refresh_from_db()
    assert (question.state, question.newest.state, question.newest.verdict) == ("draft", "returned", "B 也对")
    refused(services.NothingToSend, services.send_to_review, actor=one, question=question)
    services.revise_question(actor=one, question=question, written=Written(content()))
    services.send_to_review(actor=one, question=question)
    question.refresh_from_db()
    assert question.state == "in_review"
    services.take_back(actor=one, question=question)
    question.refresh_from_db()
    assert (question.state, question.newest.sent_at) == ("draft", None)
    refused(services.NotWaiting, services.take_back, actor=one, question=question)


def test_retired_and_brought_back(hands):
    one = hands[0]
    draft, ready = make_question(actor=one, waiting=True), make_question(actor=one, approved=True)
    refused(services.NotRetired, services.bring_back, actor=one, question=ready)
    for question in (draft, ready):
        services.retire(actor=one, question=question)
        refused(services.IsRetired, services.retire, actor=one, question=question)
        refused(services.IsRetired, services.send_to_review, actor=one, question=question)
        refused(services.IsRetired, services.revise_question, actor=one, question=question, written=Written(content()))
        services.bring_back(actor=one, question=question)
        question.refresh_from_db()
    assert (draft.state, ready.state) == ("draft", "ready")
    assert draft.newest.state == "draft"
    assert selectors.count_waiting(GROUP_SPACE) == 0


def test_several_at_once_and_what_could_not_be(hands):
    one, other = hands
    theirs, own, late = (
        make_question(actor=one, waiting=True),
        make_question(actor=other, waiting=True),
        make_question(),
    )
    outcome = services.approve_many(actor=other, questions={theirs: 1, own: 1, late: 1})
    assert outcome.approved == 1
    assert [question for question, _why in outcome.refused] == [own, late]
    theirs.refresh_from_db()
    own.refresh_from_db()
    assert (theirs.state, own.state) == ("ready", "in_review")
    many = {Question(pk=number): 1 for number in range(1, 102)}
    refused(services.TooManyAtOnce, services.approve_many, actor=other, questions=many)


def test_many_are_written_at_once_or_none(hands):
    good, bad = Written(content()), Written(content(options=()))
    filed = Filed(make_topic().pk)
    made = services.add_questions(actor=hands[0], space_id=GROUP_SPACE, questions=[(good, filed)] * 3, send=True)
    assert [question.newest.state for question in made] == ["in_review"] * 3
    assert Question.objects.filter(pk__in=[one.pk for one in made], newest__number=1).count() == 3
    assert AuditEvent.objects.filter(act="quiz.add_many").count() == 1
    questions = [(good, filed), (bad, filed)]
    refused(services.Faulty, services.add_questions, actor=hands[0], space_id=GROUP_SPACE, questions=questions)


BAD = {
    "no stem": (services.Faulty, {"content": content(stem=" ")}),
    "long explanation": (services.TooLong, {"explanation": "字" * 1001}),
    "long note": (services.TooLong, {"note": "字" * 301}),
    "http": (services.BadSource, {"source_link": "http://law.example/"}),
    "script": (services.BadSource, {"source_link": "javascript:alert(1)"}),
    "elsewhere here": (services.BadSource, {"source_link": "/studio/"}),
    "a name in front": (services.BadSource, {"source_link": "https://safe.example@other.example/"}),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_kept(hands, name):
    refusal, words = BAD[name]
    written = dataclasses.replace(Written(content()), **words)
    refused(refusal, services.add_question, actor=hands[0], space_id=GROUP_SPACE, written=written)
    question = make_question(actor=hands[0])
    refused(refusal, services.revise_question, actor=hands[0], question=question, written=written)


@pytest.mark.parametrize("link", ["", "/news/12/", "https://law.example/detail?x=1"])
def test_good_sources(link):
    assert services.is_source(link)


def test_tags_and_topics_of_the_own_bank(hands):
    space = make_space()
    foreign, question = make_topic(space_id=space.pk), make_question(actor=hands[0])
    file = {"service": services.file_question, "actor": hands[0], "question": question}
    refused(services.NoSuchTopic, **file, filed=Filed(foreign.pk))
    refused(services.BadTags, **file, filed=Filed(tags=("一" * 13,)))
    refused(services.BadTags, **file, filed=Filed(tags=tuple("abcdefg")))
    services.file_question(actor=hands[0], question=question, filed=Filed(make_topic().pk, 3, (" 消防 ", "消防", "")))
    question.refresh_from_db()
    assert (question.difficulty, question.tags, question.newest.number) == (3, ["消防"], 1)


def test_the_database_keeps_topics_in_their_bank():
    foreign, question = make_topic(space_id=make_space().pk), make_question()
    Question.objects.filter(pk=question.pk).update(topic=foreign)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Question.objects.filter(pk=question.pk).update(topic=None)


def test_the_database_shows_versions_of_the_question_alone():
    question, other = make_question(approved=True), make_question(approved=True)
    Question.objects.filter(pk=question.pk).update(current=other.current)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Question.objects.filter(pk=question.pk).update(current=question.current)


def test_pictures_of_the_bank_and_of_the_group(hands):
    space = make_space()
    own, group, foreign = make_picture(space_id=space.pk), make_picture(), make_picture(space_id=make_space().pk)

    def add(picture):
        options = (Piece("甲", picture.pk), Piece("乙"))
        return services.add_question(actor=None, space_id=space.pk, written=Written(content(options=options)))

    for picture in (own, group):
        version = add(picture).newest
        assert [use.picture_id for use in version.pictures.all()] == [picture.pk]
        assert picture.pk in selectors.pictures_of([version.whole])
    before = standing()
    with pytest.raises(services.ForeignPicture):
        add(foreign)
    withdraw_picture(actor=None, picture=own)
    before = (*before[:2], AuditEvent.objects.count())
    with pytest.raises(services.ForeignPicture):
        add(own)
    assert standing() == before


def test_topics(hands):
    one = hands[0]
    first, second = make_topic(name="消防"), make_topic(name="用电")
    with pytest.raises(services.TopicTaken):
        services.add_topic(actor=one, space_id=GROUP_SPACE, name="消防")
    with pytest.raises(services.TopicTaken):
        services.rename_topic(actor=one, topic=second, name="消防")
    services.move_topic(actor=one, topic=second, by=-1)
    assert [row.name for row in selectors.list_topics(GROUP_SPACE)][-2:] == ["用电", "消防"]
    make_question(filed=Filed(first.pk))
    with pytest.raises(services.TopicInUse):
        services.delete_topic(actor=one, topic=first)
    services.delete_topic(actor=one, topic=second)
    assert [row.count for row in selectors.topic_counts(GROUP_SPACE) if row.pk == first.pk] == [1]


def test_the_list_is_filtered():
    space = make_space().pk
    topic = make_topic(space_id=space)
    fire = make_question(
        "multiple", "灭火器 怎么用？", space_id=space, approved=True, filed=Filed(topic.pk, 3, ("消防",))
    )
    draft, gone = make_question(space_id=space), make_question(space_id=space)
    services.retire(actor=None, question=gone)
    make_question(stem="灭火器 别家的？")

    def found(**wanted):
        return {row.pk for row in selectors.list_questions(space, selectors.Filter(**wanted)).questions}

    assert found() == {fire.pk, draft.pk}
    for wanted in (
        {"text": "灭火器"},
        {"text": "消防"},
        {"topic": topic.pk},
        {"kind": "multiple"},
        {"difficulty": 3},
        {"state": "ready"},
    ):
        assert found(**wanted) == {fire.pk}, wanted
    assert found(topic=0) == {draft.pk}
    assert found(state="retired") == {gone.pk}
    assert found(text="灭火器 没有") == set()
    assert selectors.count_states(space) == {"draft": 1, "in_review": 0, "ready": 1, "retired": 1}


def test_doubles_are_found_in_the_own_bank_alone():
    space = make_space().pk
    stem = "发现有人触电时，首先应当做什么？"
    question = make_question(stem=stem, space_id=space)
    make_question(stem=stem)
    make_question(stem="主要负责人负什么责任？", space_id=space, options=(Piece("全面责任"), Piece("部分责任")))
    same = selectors.find_doubles(space, content(stem="发现有人触电时, 首先应当做什么?"))
    assert [(one.question.pk, one.same) for one in same] == [(question.pk, True)]
    near = selectors.find_doubles(space, content(stem="发现有人触电时，首先应该做什么呢？"))
    assert [(one.question.pk, one.same) for one in near] == [(question.pk, False)]
    assert selectors.find_doubles(space, content(stem=stem), without=question.pk) == []
    assert list(selectors.known_wordings(space).values()).count(question.pk) == 1
