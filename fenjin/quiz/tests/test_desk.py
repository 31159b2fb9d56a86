"""The desks: written, found, judged through the pages, as an editor does it."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse

from fenjin.kit.memory import forget_all
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.people.testing import sign_in
from fenjin.quiz.kinds import Accepted, Kind
from fenjin.quiz.models import Question
from fenjin.quiz.services import Filed
from fenjin.quiz.testing import make_question, make_topic, pieces
from fenjin.spaces.models import Space
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space()


@pytest.fixture
def editor(space):
    return make_editor(space)


@pytest.fixture
def desk(client, editor):
    """A client of an editor of the space."""
    sign_in(client, editor)
    return client


def newest(space):
    with every_space(Reason.TEST):
        question = Question.objects.filter(space=space.pk).order_by("-pk").select_related("newest").first()
        return question, question.newest.whole if question else None


def write(client, kind, **typed):
    form = {"stem": "井下能抽烟吗？", "difficulty": 2, "do": "keep", "count": 4, **typed}
    return client.post(f"{reverse('quiz_desk:question_new')}?kind={kind}", form)


def save_as_it_stands(client, question):
    address = reverse("quiz_desk:question_edit", args=[question.pk])
    form = client.get(address).context["form"]
    typed = {field.html_name: str(field.value() or "").replace("\n", "\r\n") for field in form}
    again = typed | {"right": [str(one) for one in form._kept_right], "count": form.count, "do": "keep"}
    assert client.post(address, again).status_code == 302


TYPED = {
    "single": {"option_0": "能", "option_1": " ", "option_2": "不能", "right": ["2"]},
    "multiple": {"option_0": "能", "option_1": "不能", "option_3": "看情况", "right": ["1", "3"]},
    "true_false": {"right": ["1"]},
    "fill": {"accepted": "119\n火警 电话\n\n12.5 ± 0.5\n3.0 ± 0"},
    "ordering": {"option_0": "报告", "option_1": "撤离", "option_3": "清点"},
    "matching": {"option_0": "红", "partner_0": "禁止", "option_1": "黄", "partner_1": "警告", "partner_2": "指令"},
}


@pytest.mark.parametrize("kind", TYPED)
def test_each_kind_is_written_and_opened_again_as_it_was(desk, space, kind):
    response = write(desk, kind, **TYPED[kind])
    question, content = newest(space)
    assert response.url == reverse("quiz_desk:question", args=[question.pk])
    assert content.kind == Kind(kind)
    expected = {
        "single": (["能", "不能"], (1,)),
        "multiple": (["能", "不能", "看情况"], (1, 2)),
        "true_false": ([], (1,)),
        "fill": ([], ()),
        "ordering": (["报告", "撤离", "清点"], ()),
        "matching": (["红", "黄"], (0, 1)),
    }
    assert ([piece.text for piece in content.options], content.right) == expected[kind]
    if kind == "matching":
        assert [piece.text for piece in content.partners] == ["禁止", "警告", "指令"]
    if kind == "fill":
        assert [(one.text, one.number and str(one.number), str(one.tolerance)) for one in content.accepted] == [
            ("119", None, "0"),
            ("火警 电话", None, "0"),
            ("", "12.5", "0.5"),
            ("", "3.0", "0"),
        ]
    shown = desk.get(response.url)
    assert shown.status_code == 200
    assert "± 0<" not in shown.text  # only the editor needs a sign for an exact number
    save_as_it_stands(desk, question)
    assert newest(space)[1] == content
    assert newest(space)[0].newest.number == 1


# What a file may bring, and the editor writes in another order or form, though it means the same.
BROUGHT = {
    "crossed": ("matching", {"options": pieces("红", "黄"), "partners": pieces("警告", "禁止"), "right": (1, 0)}),
    "left over": (
        "matching",
        {"options": pieces("红", "黄"), "partners": pieces("指令", "警告", "提示", "禁止"), "right": (3, 1)},
    ),
    "twice": ("fill", {"accepted": (Accepted("119"), Accepted("119"))}),
    "looks like a number": ("fill", {"accepted": (Accepted("12.5 ± 0.5"), Accepted(number=Decimal("1E+2")))}),
    "lines": ("single", {"stem": "看图：\n先做什么？", "options": pieces("断电\n挂牌", "喊人"), "right": (1,)}),
}


@pytest.mark.parametrize("name", BROUGHT)
def test_what_is_saved_as_it_stands_makes_no_version(desk, space, name):
    kind, changes = BROUGHT[name]
    filed = Filed(difficulty=3, tags=("高处 作业", "消防"))
    question = make_question(kind, space_id=space.pk, filed=filed, approved=True, **changes)
    save_as_it_stands(desk, question)
    after, _content = newest(space)
    assert (after.newest_id, after.state) == (question.current_id, "ready")
    assert (after.tags, after.difficulty, after.updated_at) == (question.tags, 3, question.updated_at)


@pytest.mark.parametrize("name", ["no stem", "no answer", "no options", "twice", "bad link"])
def test_what_is_wrong_stands_in_the_form_and_nothing_is_kept(desk, space, name):
    wrong = {
        "no stem": {"stem": " "},
        "no answer": {"right": []},
        "no options": {"option_2": "", "option_0": ""},
        "twice": {"option_2": "能。", "option_0": "能."},
        "bad link": {"source_link": "http://law.example/"},
    }
    response = write(desk, "single", **(TYPED["single"] | wrong[name]))
    assert response.status_code == 422
    assert response.context["form"].errors
    with every_space(Reason.TEST):
        assert not Question.objects.filter(space=space.pk).exists()


def test_one_more_row_without_a_script(desk):
    response = write(desk, "single", option_0="能", do="more")
    assert response.status_code == 200
    assert response.context["form"].count == 5
    assert 'name="option_4"' in response.content.decode()
    assert "能" in response.content.decode()
    assert write(desk, "single", do="more", count=10).context["form"].count == 10


def test_a_double_is_shown_before_it_is_kept(desk, space):
    write(desk, "single", **TYPED["single"])
    response = write(desk, "single", **TYPED["single"])
    assert response.status_code == 422
    assert [one.same for one in response.context["doubles"]] == [True]
    assert write(desk, "single", anyway=1, **TYPED["single"]).status_code == 302
    with every_space(Reason.TEST):
        assert Question.objects.filter(space=space.pk).count() == 2


def test_a_foreign_picture_is_refused(desk, space):
    foreign = make_picture(space_id=make_space().pk)
    response = write(desk, "single", stem_picture=foreign.pk, **TYPED["single"])
    assert response.status_code == 422
    own = make_picture(space_id=space.pk)
    assert write(desk, "single", stem_picture=own.pk, **TYPED["single"]).status_code == 302
    assert newest(space)[1].stem.picture == own.pk


def test_sent_judged_and_approved_through_the_pages(desk, space, editor, client):
    write(desk, "single", **(TYPED["single"] | {"do": "send"}))
    question, _content = newest(space)
    address = reverse("quiz_desk:question", args=[question.pk])
    judge = reverse("quiz_desk:question_judge", args=[question.pk])
    mine = desk.get(address)
    assert not mine.context["judges"]
    assert 'value="take_back"' in mine.text
    assert desk.post(judge, {"version": 1, "verdict": "approve"}).status_code == 409
    other = make_editor(space, name="王审核")
    sign_in(client, other)
    theirs = client.get(address)
    assert theirs.context["judges"]
    assert 'value="take_back"' not in theirs.text
    assert client.post(judge, {"version": 1, "verdict": "return", "words": ""}).status_code == 422
    assert client.post(judge, {"version": 1, "verdict": "approve"}).status_code == 302
    question.refresh_from_db()
    assert question.state == "ready"


def test_several_are_approved_at_once(desk, space, editor):
    theirs = [make_question(space_id=space.pk, waiting=True) for _number in range(3)]
    own = make_question(space_id=space.pk, actor=editor, waiting=True)
    foreign = make_question(space_id=make_space().pk, waiting=True)
    page = desk.get(reverse("quiz_desk:review")).content.decode()
    assert [f'value="{one.pk}:1"' in page for one in (*theirs, own)] == [True, True, True, False]
    picks = [f"{one.pk}:1" for one in (*theirs[:2], own, foreign)] + ["x", f"{theirs[2].pk}:9", "1:"]
    desk.post(reverse("quiz_desk:review"), {"pick": picks})
    for one in (*theirs, own, foreign):
        one.refresh_from_db()
    assert [one.state for one in (*theirs, own, foreign)] == ["ready", "ready", "in_review", "in_review", "in_review"]


def test_acts_and_topics(desk, space):
    question = make_question(space_id=space.pk)
    act = reverse("quiz_desk:question_act", args=[question.pk])
    states = []
    for do in ("send", "take_back", "retire", "bring_back"):
        assert desk.post(act, {"do": do}).status_code == 302
        question.refresh_from_db()
        states.append(question.state)
    assert states == ["in_review", "draft", "retired", "draft"]
    assert desk.post(act, {"do": "publish"}).status_code == 400
    topics = reverse("quiz_desk:topics")
    assert [desk.post(topics, {"name": name}).status_code for name in ("消防", "消防", "")] == [302, 422, 422]
    assert "消防" in desk.get(topics).content.decode()
    empty = make_topic(space_id=space.pk)
    assert desk.post(reverse("quiz_desk:topic", args=[empty.pk]), {"name": "用电"}).status_code == 302
    for do in ("up", "down", "delete"):
        assert desk.post(reverse("quiz_desk:topic_act", args=[empty.pk]), {"do": do}).status_code == 302


def test_what_changed_between_versions(desk, space):
    write(desk, "single", **TYPED["single"])
    question, _content = newest(space)
    edit = reverse("quiz_desk:question_edit", args=[question.pk])
    typed = {"stem": "井下可以抽烟吗？", "difficulty": 3, "count": 4, "do": "keep", "anyway": 1, **TYPED["single"]}
    assert desk.post(edit, typed | {"option_0": "可以", "right": ["2"]}).status_code == 302
    page = desk.get(reverse("quiz_desk:question_compare", args=[question.pk, 1, 2]))
    assert [len(part.pieces) > 1 for part in page.context["parts"]] == [True, True]
    assert "<ins>可以</ins>" in page.content.decode()
    assert desk.get(reverse("quiz_desk:question_compare", args=[question.pk, 1, 3])).status_code == 404


def test_whoever_only_writes_articles_does_not_see_the_bank(client, space):
    author = make_editor(name="作者")
    give_role(author.person, "author", space_id=space.pk)
    sign_in(client, with_rights(author))
    question = make_question(space_id=space.pk)
    for name, arguments in (("bank", []), ("review", []), ("question", [question.pk])):
        assert client.get(reverse(f"quiz_desk:{name}", args=arguments)).status_code == 404


def test_a_bank_that_is_switched_off_is_nowhere(desk, space):
    question = make_question(space_id=space.pk)
    assert desk.get(reverse("quiz_desk:question", args=[question.pk])).status_code == 200
    with every_space(Reason.TEST):
        Space.objects.filter(pk=space.pk).update(modules=["talk"])
    forget_all()
    assert desk.get(reverse("quiz_desk:question", args=[question.pk])).status_code == 404


def test_a_template_is_the_same_whenever_it_is_taken(desk):
    response = desk.get(reverse("quiz_desk:template"))
    content = b"".join(response.streaming_content) if response.streaming else response.content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        said = book.read("docProps/core.xml").decode()
    assert said.count("2026-01-01T00:00:00Z") == 2
