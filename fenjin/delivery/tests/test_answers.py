"""Confirming by more than a press: words, a photograph, one question about the text."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from fenjin.delivery.asking import Ask, Choice
from fenjin.delivery.models import Answer, Counter, Message
from fenjin.delivery.personal import replies as personal
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.selectors.answers import answers_to, own_answer, photo_of
from fenjin.delivery.services import TooLateToUndo, VersionChanged, confirm_message
from fenjin.delivery.services.answers import NotRight, NoWords, TooManyWords, answer_message, take_back
from fenjin.delivery.services.receipts import AnswerFirst
from fenjin.delivery.testing import make_message, sender
from fenjin.delivery.tests.test_receipts import counters, straight
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.people.register import Subject
from fenjin.people.testing import make_account, sign_in
from fenjin.spaces.models import Space
from fenjin.spaces.testing import make_editor

WRITTEN = Ask("written", "阀门关好了吗？", named=True)
UNNAMED = Ask("written", "您有什么担心？")
PHOTO = Ask("photo", "拍一张关好的阀门", named=True)
QUESTION = Ask(
    "question", "先做什么？", choices=(Choice("先喊人", why="喊人之前先断电。"), Choice("先断电", right=True))
)


@pytest.fixture
def reader(world):
    """A person of the team, with a signed-in client."""
    person = world.people["team"][0]
    client = Client()
    sign_in(client, make_account(person))
    client.person = person
    return client


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def answer(person, message, **given):
    found = get_message_for(person.pk, message.pk)
    return answer_message(person_id=person.pk, message=found.message, version=found.version.number, **given)


def picture(kind="JPEG"):
    """Return an upload that says where and by whom it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "SECRET-PLACE"
    Image.new("RGB", (60, 40), "red").save(out, kind, exif=exif)
    return SimpleUploadedFile("tank.jpg", out.getvalue(), "image/jpeg")


def press(reader, message, **given):
    values = {"version": 1, "client_key": "key-of-a-press"} | given
    return reader.post(f"/messages/{message.pk}/confirm/", values)


def test_a_press_alone_confirms_nothing_that_asks_for_an_answer(reader, world):
    message = make_message(world.first, ask=WRITTEN)
    found = get_message_for(reader.person.pk, message.pk)
    with pytest.raises(AnswerFirst):
        confirm_message(person_id=reader.person.pk, message=found.message, version=1)
    page = reader.get(f"/messages/{message.pk}/").text
    assert "阀门关好了吗？" in page
    assert "<textarea" in page
    assert 'class="actionbar"' not in page
    assert "姓名、工号和单位" in page
    empty = press(reader, message, text="  ")
    assert empty.status_code == 422
    assert straight(message) == {world.team.pk: (1, 0)}
    kept = press(reader, message, text="长" * 1001)
    assert kept.status_code == 422
    assert "长" * 1001 in kept.text


def test_words_and_confirmation_stand_and_fall_together(reader, world):
    message = make_message(world.first, ask=WRITTEN)
    for _tap in range(2):
        assert press(reader, message, text=" 关好了 ").status_code == 302
    [kept] = Answer._base_manager.all()
    assert (kept.text, kept.version, kept.person_id) == ("关好了", 1, reader.person.pk)
    assert straight(message) == counters(message) == {world.team.pk: (1, 1)}
    assert "关好了" in reader.get(f"/messages/{message.pk}/").text
    assert reader.post(f"/messages/{message.pk}/undo/").status_code == 302
    assert not Answer._base_manager.exists()
    assert counters(message) == {world.team.pk: (1, 0)}
    press(reader, message, text="再答一次", client_key="another-press")
    clock_row = get_message_for(reader.person.pk, message.pk)
    assert clock_row.confirmed
    assert Answer._base_manager.get().text == "再答一次"


def test_after_five_minutes_an_answer_stays(world, monkeypatch):
    person, message = world.people["team"][0], make_message(world.first, ask=WRITTEN)
    answer(person, message, text="好")
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(TooLateToUndo):
        take_back(person_id=person.pk, message=message)
    assert Answer._base_manager.get().text == "好"


def test_an_answer_is_bound_to_the_version_and_a_material_change_asks_again(reader, world):
    message = make_message(world.first, ask=WRITTEN)
    answer(reader.person, message, text="按旧的")
    first = message.versions.get(number=1)
    first.pk, first.uid, first.number, first.title, first.material = None, message.uid, 2, "改正了的", True
    first.save(force_insert=True)
    Message._base_manager.filter(pk=message.pk).update(current_version=2, confirm_from=2)
    Counter._base_manager.update(confirmed=0)
    found = get_message_for(reader.person.pk, message.pk)
    assert not found.confirmed
    late = world.people["team"][1]
    with pytest.raises(VersionChanged):
        answer_message(person_id=late.pk, message=found.message, version=1, text="x", key="late-press")
    assert own_answer(late.pk, found.message, 1) is None
    answer(reader.person, message, text="按新的", key="new-press-1")
    kept = Answer._base_manager.order_by("version").values_list("version", "text")
    assert list(kept) == [(1, "按旧的"), (2, "按新的")]
    found = answers_to(sender(), message.pk)
    assert [row.text for row in found.rows] == ["按新的"]
    assert found.count == 1


def test_only_the_right_choice_confirms_and_a_wrong_one_leaves_no_trace(reader, world):
    message = make_message(world.first, ask=QUESTION)
    reader.get(f"/messages/{message.pk}/")
    before = straight(message)
    wrong = press(reader, message, choice=0)
    assert wrong.status_code == 422
    assert "不是这个" in wrong.text
    assert 'class="notice due"' in wrong.text  # not red: one chooses again
    assert "喊人之前先断电。" in wrong.text
    assert straight(message) == before
    for choice in ("", "7"):
        assert press(reader, message, choice=choice).status_code == 422
    with pytest.raises(NotRight):
        answer(reader.person, message, choice=0)
    assert press(reader, message, choice=1).status_code == 302
    assert straight(message) == {world.team.pk: (1, 1)}
    assert not Answer._base_manager.exists()


def test_a_photograph_is_cleaned_and_only_the_senders_desk_looks_at_it(reader, world):
    message = make_message(world.first, ask=PHOTO)
    assert press(reader, message).status_code == 422
    bad = press(reader, message, photo=SimpleUploadedFile("x.jpg", b"no picture"))
    assert bad.status_code == 422
    assert default_storage.listdir("")[0] in ([], ["answers"])
    assert press(reader, message, photo=picture()).status_code == 302
    assert press(reader, message, photo=picture()).status_code == 302
    kept = Answer._base_manager.get()
    with default_storage.open(kept.photo) as stored:
        assert b"SECRET-PLACE" not in stored.read()
    assert len(default_storage.listdir("answers")[1]) == 1
    address = f"/studio/messages/{message.pk}/answers/{kept.photo_key}/"
    desk, stranger = Client(), Client()
    sign_in(desk, make_editor(Space.objects.get(pk=1)))
    sign_in(stranger, make_account(world.people["team"][1]))
    assert str(kept.photo_key) in desk.get(f"/studio/messages/{message.pk}/answers/").text
    with CaptureQueriesContext(connection) as asked:
        seen = desk.get(address)
    assert not [one["sql"] for one in asked if "a.text" in one["sql"]]  # no page of answers for one photograph
    assert seen.status_code == 200
    assert seen.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in seen.headers["Cache-Control"]
    assert b"".join(seen.streaming_content).startswith(b"\xff\xd8")
    for client in (reader, stranger, Client()):
        assert client.get(address).status_code in (302, 404)
    with pytest.raises(NotFound):
        photo_of(sender(unit=world.second), message.pk, kept.photo_key)
    assert personal.photos_due(clock.now() + timedelta(days=1))[0] == 1
    reader.post(f"/messages/{message.pk}/undo/")
    assert not Answer._base_manager.exists()


def test_photographs_end_and_what_was_said_goes_with_the_account(world, django_capture_on_commit_callbacks):
    person, other = world.people["team"][:2]
    message, said = make_message(world.first, ask=PHOTO), make_message(world.first, ask=WRITTEN)
    answer(person, message, photo=picture())
    answer(other, message, photo=picture())
    answer(person, said, text="我的话")
    Answer._base_manager.filter(person_id=person.pk, message_id=message.pk).update(
        answered_at=clock.now() - timedelta(days=91)
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert personal.purge_photos(clock.now() - timedelta(days=90)) == 1
    assert len(default_storage.listdir("answers")[1]) == 1
    assert own_answer(person.pk, message, 1).erased
    with pytest.raises(NotFound):
        photo_of(sender(), message.pk, Answer._base_manager.get(person_id=person.pk, message_id=message.pk).photo_key)
    subject = Subject(person.pk)
    assert "我的话" in [cell for sheet in personal.collect(subject) for row in sheet.rows for cell in row]
    with django_capture_on_commit_callbacks(execute=True):
        assert personal.erase(subject) == {"message-answers": 1}
    assert "我的话" not in {row.text for row in Answer._base_manager.all()}
    assert len(default_storage.listdir("answers")[1]) == 1


def test_without_names_answers_are_read_from_five_on_and_say_nothing_of_whose(world):
    editor, message = sender(), make_message(world.first, ask=UNNAMED)
    people = world.people["team"]
    for number, person in enumerate(people[:4]):
        answer(person, message, text=f"担心{number}")
    hidden = answers_to(editor, message.pk)
    assert hidden.hidden
    assert hidden.rows == ()
    answer(people[4], message, text="担心4")
    shown = answers_to(editor, message.pk)
    assert {row.text for row in shown.rows} == {f"担心{number}" for number in range(5)}
    assert {(row.who, row.unit, row.at) for row in shown.rows} == {("", "", None)}
    named = make_message(world.first, ask=WRITTEN)
    answer(people[0], named, text="好")
    [row] = answers_to(editor, named.pk).rows
    assert people[0].name in row.who
    assert row.unit == "一班"
    for stranger in (sender(unit=world.second),):
        with pytest.raises(NotFound):
            answers_to(stranger, named.pk)
    with pytest.raises(NotFound):
        answers_to(editor, make_message(world.first).pk)


def test_a_photograph_is_shown_of_the_own_message_alone_and_without_names_from_five_on(world):
    editor, people = sender(), world.people["team"]
    named = make_message(world.first, actor=editor, ask=PHOTO)
    unnamed = make_message(world.first, actor=editor, ask=Ask("photo", "拍一张关好的阀门"))
    answer(people[0], named, photo=picture())
    keys = []
    for person in people[:5]:
        answer(person, unnamed, photo=picture())
        keys = list(Answer._base_manager.filter(message_id=unnamed.pk).values_list("photo_key", flat=True))
        if len(keys) < 5:
            with pytest.raises(NotFound):
                photo_of(editor, unnamed.pk, keys[0])
    assert photo_of(editor, unnamed.pk, keys[0])[0] == unnamed
    with pytest.raises(NotFound):
        photo_of(editor, named.pk, keys[0])


def test_what_is_wrong_with_an_answer_is_said(world):
    person, message = world.people["team"][0], make_message(world.first, ask=WRITTEN)
    for text, refusal in (("", NoWords), ("长" * 1001, TooManyWords)):
        with pytest.raises(refusal):
            answer(person, message, text=text)


def test_an_ordinary_message_asks_for_nothing(world):
    assert make_message(world.first, confirm=False, ask=WRITTEN).confirm_by == "button"
