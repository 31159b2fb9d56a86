"""Bringing in and taking out through the pages: nothing is stored by looking, nobody sees another's file."""

import io
import os
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.media.models import Picture
from fenjin.media.testing import make_picture, picture_bytes
from fenjin.people.testing import sign_in
from fenjin.quiz import uploads
from fenjin.quiz.formats import look, read
from fenjin.quiz.kinds import Piece
from fenjin.quiz.models import Question, Topic
from fenjin.quiz.testing import keep_file, make_question
from fenjin.quiz.tests.test_format_banks import FREE, book
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everywhere(settings, tmp_path):
    settings.FENJIN_DATA = tmp_path
    with every_space(Reason.TEST), translation.override("en"):
        yield


@pytest.fixture
def editor():
    return make_editor(GROUP_SPACE, name="李编辑")


@pytest.fixture
def desk(editor):
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, editor)
    return client


def standing():
    return (
        list(Question.objects.order_by("pk").values()),
        Topic.objects.count(),
        Picture.objects.count(),
        AuditEvent.objects.count(),
    )


def bring(desk, data, name="bank.xlsx", **more):
    sent = {"file": SimpleUploadedFile(name, data), "space": GROUP_SPACE} | more
    return desk.post(reverse("quiz_desk:importing"), sent)


def waiting():
    return list((uploads._folder()).iterdir())


def test_a_bank_is_looked_at_and_taken_in_as_drafts(desk, editor):
    make_question(actor=editor, stem="火警电话", options=tuple(map(Piece, ("110", "119", "120"))), right=(1,))
    before = standing()
    answer = bring(desk, book(题库=FREE))
    assert answer.status_code == 302
    page = desk.get(answer.url)
    run = page.context["run"]
    assert (len(run.fresh), len(run.same), len(run.reading.faults)) == (6, 1, 1)
    words = page.content.decode()
    for told in ("column 分值", "简答题", "题库, row 11", "names none of the options"):
        assert told in words
    assert standing() == before
    taken = desk.post(answer.url, {"do": "draft"})
    assert taken.status_code == 302
    made = Question.objects.order_by("pk")[1:]
    assert [one.newest.stem for one in made] == [
        "特种设备", "电气火灾可用水扑救", "戴安全帽", "安全电压____伏", "灭火剂是____", "比例是",
    ]  # fmt: skip
    assert {one.state for one in made} == {"draft"}
    assert AuditEvent.objects.filter(act="quiz.add_many").count() == 1
    assert waiting() == []
    assert desk.get(answer.url).status_code == 404


def test_pictures_topics_and_review(desk):
    rows = [
        ["题干", "A", "B", "答案", "知识点"],
        ["看图选", picture_bytes(), picture_bytes(size=(300, 200)), "A", None],
        ["再看", "甲", "乙", "B", "消防"],
    ]
    answer = bring(desk, book(单选题=rows))
    assert desk.post(answer.url, {"do": "review"}).status_code == 302
    first, second = Question.objects.order_by("pk")
    assert {first.state, second.state} == {"in_review"}
    assert second.topic.name == "消防"
    numbers = {one.picture for one in first.newest.whole.options}
    assert numbers == set(Picture.objects.values_list("pk", flat=True))
    assert len(numbers) == 2


def test_what_is_no_picture_does_not_come_in_and_is_told(desk):
    rows = [["题干", "A", "B", "答案"], ["看图选", picture_bytes(), "乙", "A"], ["好的", "甲", "乙", "A"]]
    data = book(单选题=rows)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, b"<svg onload=alert(1)>" if "media/" in info.filename else old.read(info))
    answer = bring(desk, out.getvalue())
    page = desk.post(answer.url, {"do": "draft"}, follow=True)
    assert [one.newest.stem for one in Question.objects.all()] == ["好的"]
    assert Picture.objects.count() == 0
    assert "cannot be asked without their pictures: 单选题, row 2" in page.content.decode()


def test_questions_that_are_there_come_in_only_when_asked_for(desk, editor):
    make_question(actor=editor, stem="问", options=(Piece("甲"), Piece("乙")), right=(0,))
    text = "1. 问\nA. 乙\nB. 甲\n答案：B\n\n2. 新的问\nA. 甲\nB. 乙\n答案：A\n\n3. 新的问\nA. 乙\nB. 甲\n答案：B\n".encode()
    answer = bring(desk, text, "a.txt")
    run = desk.get(answer.url).context["run"]
    assert [(one.number is None, one.place) for one in run.same] == [(False, ""), (True, "question 2, line 6")]
    desk.post(answer.url, {"do": "draft"})
    assert Question.objects.count() == 2
    again = bring(desk, text, "a.txt")
    desk.post(again.url, {"do": "draft", "same": "1"})
    assert Question.objects.count() == 5


def test_somebody_says_which_column_is_which(desk):
    answer = bring(desk, book(x=[["Вопрос", "Ответ", "один", "два"], ["Кто?", "B", "я", "ты"]]))
    page = desk.get(answer.url)
    assert page.status_code == 422
    assert "Вопрос" in page.content.decode()
    said = {"c0": "stem", "c1": "answer", "c2": "option_A", "c3": "option_B"}
    assert len(desk.get(answer.url, said).context["run"].fresh) == 1
    desk.post(answer.url, said | {"do": "draft"})
    assert Question.objects.get().newest.whole.right == (1,)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_none_is_refused_and_not_kept(desk, data):
    before = standing()
    answer = bring(desk, data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert standing() == before
    assert waiting() == []


def test_nobody_else_sees_a_file_and_it_lies_sealed(editor):
    name = keep_file(editor, GROUP_SPACE, "秘密")
    assert "秘密".encode() not in (uploads._folder() / name).read_bytes()
    other = Client()
    sign_in(other, make_editor(GROUP_SPACE, name="乙"))
    address = reverse("quiz_desk:import_file", args=[name])
    assert other.get(address).status_code == 404
    assert other.post(address, {"do": "draft"}).status_code == 404
    assert Question.objects.count() == 0


def test_a_file_for_a_bank_that_one_may_not_write_any_more_is_gone(editor):
    stranger = make_space()
    name = keep_file(editor, stranger.pk, "别家")
    client = Client()
    sign_in(client, editor)
    assert client.post(reverse("quiz_desk:import_file", args=[name]), {"do": "draft"}).status_code == 404
    assert Question.objects.count() == 0


def test_what_waited_a_day_is_deleted(editor):
    name = keep_file(editor, GROUP_SPACE, "旧")
    path = uploads._folder() / name
    os.utime(path, (path.stat().st_mtime - 25 * 3600,) * 2)
    assert uploads.sweep() == 1
    assert waiting() == []


@pytest.mark.parametrize("form", ["xlsx", "text", "moodle", "gift", "aiken"])
def test_what_leaves_comes_back_and_losses_are_told_first(desk, editor, form):
    picture = make_picture()
    make_question("multiple", "选", actor=editor, options=(Piece("甲", picture.pk), Piece("乙")), right=(0,))
    make_question("single", "问", actor=editor, approved=True)
    make_question("ordering", "排", actor=editor)
    address = reverse("quiz_desk:exporting")
    before = AuditEvent.objects.count()
    page = desk.get(address, {"form": form})
    told = {one.name for one in page.context["groups"]}
    assert AuditEvent.objects.count() == before
    gone = desk.post(address, {"form": form})
    assert "attachment" in gone["Content-Disposition"]
    reading = read(gone.content, form)
    assert reading.faults == ()
    assert len(reading.questions) == page.context["written"].count == {"gift": 2, "aiken": 1}.get(form, 3)
    assert (told == set()) is (form in ("xlsx", "moodle"))
    assert AuditEvent.objects.get(act="quiz.take_out").details["form"] == form


def test_a_filter_cuts_what_leaves(desk, editor):
    make_question("single", "一", actor=editor)
    make_question("fill", "二", actor=editor)
    gone = desk.post(reverse("quiz_desk:exporting"), {"form": "xlsx", "kind": "fill"})
    assert [one.content.stem.text for one in read(gone.content).questions] == ["二"]


def test_the_template_is_one_that_we_read(desk):
    answer = desk.get(reverse("quiz_desk:template"))
    assert answer.status_code == 200
    assert look(answer.content)[1]


@pytest.mark.parametrize("name", ["importing", "exporting"])
def test_a_select_that_may_stay_empty_stops_no_browser(desk, name):
    """A required select with an empty value is refused by the browser before anything is sent."""
    words = desk.get(reverse(f"quiz_desk:{name}")).content.decode()
    form = words[words.index('<form class="panel stack"') :]
    assert "novalidate" in form[: form.index(">")]
