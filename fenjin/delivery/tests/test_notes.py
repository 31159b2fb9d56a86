"""Words written right in the desk: who writes, changes and sends them, what is frozen, who sees the picture."""

import pytest

from fenjin.delivery.models import Message, Note
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.selectors.notes import choose, freeze_note
from fenjin.delivery.services import Sending, correct_message, send_message
from fenjin.delivery.services.notes import NoteChanged, NoteEmpty, Words, change_note, write_note
from fenjin.delivery.testing import rule_of
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.media.access import can_see
from fenjin.media.testing import make_picture
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.testing import give_role, make_editor, make_space, with_rights

PLAIN = Words(
    "停水通知",
    "今天 14:00 到 16:00 停水。\n\n请提前接水。<script>",
    title_en="No water",
    words_en="From 14:00 to 16:00.",
)
DESK = "/studio/messages/send/"


@pytest.fixture
def editor(world):
    return make_editor(GROUP_SPACE)


def send(editor, note, unit, key="note-1"):
    sending = Sending(kind=note.form, content_id=note.pk, rule=rule_of(unit))
    return send_message(actor=editor, space_id=note.space_id, sending=sending, key=key)


def reader(person):
    return with_rights(make_account(person)).membership


def test_words_are_frozen_in_both_languages_and_corrected_as_any_content(editor, world):
    note, person = write_note(actor=editor, space_id=GROUP_SPACE, form="text", words=PLAIN), world.people["team"][0]
    message = send(editor, note, world.first)
    version = get_message_for(person.pk, message.pk).version
    assert (version.title, version.number) == ("停水通知", 1)
    assert "<p>请提前接水。&lt;script&gt;</p>" in version.html
    assert '<div lang="en"><p>From 14:00 to 16:00.</p></div>' in version.html
    changed = change_note(actor=editor, note_id=note.pk, words=Words("停水通知", "改到 15:00。"), seen=1)
    assert (changed.revision, get_message_for(person.pk, message.pk).version.html) == (2, version.html)
    with pytest.raises(NoteChanged):
        change_note(actor=editor, note_id=note.pk, words=PLAIN, seen=1)
    correct_message(actor=editor, message_id=message.pk, note="时间改了", material=False)
    assert "改到 15:00" in get_message_for(person.pk, message.pk).version.html


def test_the_picture_of_a_card_is_seen_by_its_recipients_for_good_and_by_nobody_else(editor, world):
    first, second = make_picture(), make_picture()
    words = Words("新食堂", "明天开业。", picture_id=first.pk)
    note = write_note(actor=editor, space_id=GROUP_SPACE, form="card", words=words)
    mine, stranger = reader(world.people["team"][0]), reader(world.people["second"][0])
    assert not can_see(mine, first)
    message = send(editor, note, world.first)
    assert first.key.hex in get_message_for(mine.person_id, message.pk).version.html
    change_note(actor=editor, note_id=note.pk, words=Words("新食堂", "明天开业。", picture_id=second.pk), seen=1)
    assert (can_see(mine, first), can_see(mine, second)) == (True, False)
    correct_message(actor=editor, message_id=message.pk, note="换了图", material=False)
    assert (can_see(mine, first), can_see(mine, second)) == (True, True)
    assert not can_see(stranger, first)
    foreign = make_picture(space_id=make_space("华东", unit=world.second).pk)
    for picture in (None, foreign.pk):
        with pytest.raises((NoteEmpty, NotFound)):
            write_note(actor=editor, space_id=GROUP_SPACE, form="card", words=Words("新食堂", "x", picture_id=picture))


def test_whoever_sends_to_a_branch_writes_and_sees_the_own_ones_only(editor, world):
    account = make_account(make_person("分支编辑", unit=world.team))
    give_role(account.person, "editor", space_id=GROUP_SPACE, unit=world.first)
    branch = with_rights(account)
    common = write_note(actor=editor, space_id=GROUP_SPACE, form="text", words=PLAIN)
    own = write_note(actor=branch, space_id=GROUP_SPACE, form="text", words=PLAIN)
    assert [pk for pk, _title in choose(branch.membership, "text")] == [own.pk]
    assert {pk for pk, _title in choose(editor.membership, "text")} == {own.pk, common.pk}
    with pytest.raises(NotFound):
        change_note(actor=branch, note_id=common.pk, words=PLAIN, seen=1)
    with pytest.raises(NotFound):
        send(branch, common, world.team)
    assert send(branch, own, world.team).head_count == 6
    with pytest.raises(NotFound):
        write_note(actor=make_editor(make_space("华东", unit=world.second)), space_id=1, form="text", words=PLAIN)
    assert freeze_note(own.pk).reading_seconds >= 10


def test_written_in_the_desk_chosen_and_sent(client, editor, world):
    sign_in(client, editor)
    page = client.get(DESK, {"write": "text", "in": world.first.pk, "importance": "ordinary"})
    assert page.status_code == 302
    where = page.headers["Location"]
    assert client.get(where).status_code == 200
    assert client.post(where, {"title": " ", "words": "x"}).status_code == 422
    back = client.post(where, {"title": "停水", "words": "今天停水。"})
    note = Note.objects.get()
    assert f"content=text%3A{note.pk}" in back.headers["Location"]
    assert f"in={world.first.pk}" in back.headers["Location"]
    desk = client.get(back.headers["Location"]).text
    assert f'value="text:{note.pk}" selected' in desk
    change = client.get(DESK, {"write": note.pk}).headers["Location"]
    assert "今天停水。" in client.get(change).text
    assert client.post(change, {"title": "停水", "words": "改了", "seen": 7}).status_code == 422
    review = client.get(f"{DESK}?look=1&{back.headers['Location'].split('?')[1]}")
    assert review.headers["Location"].startswith(f"{DESK}review/?")
    assert client.get(review.headers["Location"]).status_code == 200
    assert not Message.objects.exists()
    sign_in(client, make_editor(make_space("华东", unit=world.second)))
    assert client.get(f"{DESK}words/{note.pk}/").status_code == 404
