"""Sending to a saved audience: chosen, read back as a sentence, sent as the rule it was at the press."""

import pytest
from django.test import Client

from fenjin.audiences.testing import make_audience
from fenjin.delivery.models import Message
from fenjin.delivery.testing import NOTE, note_kind
from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_person, make_unit, sign_in
from fenjin.spaces.testing import make_editor, make_space

pytestmark = pytest.mark.django_db
DESK = "/studio/messages/send/"


def test_a_saved_audience_is_chosen_read_and_sent():
    note_kind()
    with every_space(Reason.TEST):
        mine = make_unit("晋中煤矿")
        driver = make_person(unit=mine, title="司机")
        make_person(unit=mine, title="操作工")
    editor = make_editor(1)
    saved = make_audience(editor, {"any": [{"unit": mine.pk}], "all": [{"post": ["司机"]}]}, name="矿上司机")
    client = Client()
    sign_in(client, editor)
    assert "矿上司机" in client.get(DESK).content.decode()
    chosen = {"content": f"{NOTE}:1", "importance": "ordinary", "audience": saved.pk}
    page = client.get(DESK, chosen)
    assert page.context["desk"].audience.people == 1
    assert "在晋中煤矿、且岗位是“司机”的人" in page.content.decode()
    review = client.get(f"{DESK}review/", chosen).content.decode()
    assert "矿上司机" in review
    assert f'name="audience" value="{saved.pk}"' in review
    assert client.post(f"{DESK}press/", {**chosen, "client_key": "saved-audience-1"}).status_code == 302
    with every_space(Reason.TEST):
        message = Message.objects.get()
    assert message.rule == saved.rule
    assert message.head_count == 1
    assert driver.pk


def test_what_a_saved_audience_says_of_who_joins_later_is_chosen_beforehand():
    note_kind()
    with every_space(Reason.TEST):
        unit = make_unit("晋中煤矿")
        make_person(unit=unit)
    editor = make_editor(1)
    saved = make_audience(editor, {"any": [{"unit": unit.pk}]}, name="矿上的人", keeping="living")
    client = Client()
    sign_in(client, editor)

    def kept(**address):
        form = client.get(DESK, address).context["form"]
        return form.data["keeping"], form.data["keeping_of"]

    own = str(saved.pk)
    assert kept() == ("frozen", "")
    # As the page sends it when the audience is chosen after it was drawn; then the sender's own word holds.
    assert kept(audience=own, keeping="frozen", keeping_of="") == ("living", own)
    assert kept(audience=own, keeping="frozen", keeping_of=own) == ("frozen", own)
    assert kept(audience=own) == ("living", own)
    chosen = {"content": f"{NOTE}:1", "importance": "ordinary", "audience": own}
    assert 'name="keeping" value="living"' in client.get(f"{DESK}review/", chosen).text
    assert client.post(f"{DESK}press/", {**chosen, "client_key": "saved-audience-2"}).status_code == 302
    with every_space(Reason.TEST):
        assert Message.objects.get().audience_mode == "living"


def test_another_sub_platforms_audience_cannot_be_chosen():
    note_kind()
    with every_space(Reason.TEST):
        unit = make_unit("集团")
    saved = make_audience(make_editor(1), {"any": [{"unit": unit.pk}]}, name="集团全体")
    client = Client()
    sign_in(client, make_editor(make_space("华东")))
    assert "集团全体" not in client.get(DESK).content.decode()
    assert client.get(DESK, {"audience": saved.pk}).status_code == 404
    assert client.post(f"{DESK}press/", {"audience": saved.pk, "content": f"{NOTE}:1"}).status_code == 404
