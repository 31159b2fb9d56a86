"""Every kind of part: stored, drawn, searched, sent, and open to nobody else."""

import json

import pytest
from django.test import Client

from fenjin.delivery.cleaning import clean_html as cleaned_for_messages
from fenjin.delivery.testing import make_message, sender
from fenjin.kit.scope import Reason, every_space
from fenjin.media.selectors.files import address_of
from fenjin.media.services import withdraw_file, withdraw_picture
from fenjin.media.testing import make_file, make_picture
from fenjin.newsroom import selectors
from fenjin.newsroom.blocks import file_ids, picture_ids, words_of
from fenjin.newsroom.models import Article, FileUse
from fenjin.newsroom.page.drawing import draw_body
from fenjin.newsroom.services import ForeignFile, publish_article
from fenjin.newsroom.testing import make_article, make_editor, part
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def shown(picture, caption: str = "", alt: str = "") -> dict:
    return {"picture": picture.pk, "caption": caption, "alt": alt}


def gallery(*pictures) -> dict:
    return part("gallery", {"name": "检修现场", "pictures": [part("item", one) for one in pictures]})


def attachment(file) -> dict:
    return part("attachment", {"document": file.pk, "note": "填好交班组"})


def audio(file) -> dict:
    return part("audio", {"recording": file.pk, "caption": "王师傅讲"})


def film(**more) -> dict:
    value = {"title": "三分钟看懂", "url": "https://video.example/v/1", "length": "3:05", "picture": None}
    return part("video", value | more)


def question(**more) -> dict:
    value = {"question": "灭火器多久换一次？", "answer": "<p>十年<script>x</script></p>", "folded": False}
    return part("question", value | more)


def drawn(*parts) -> str:
    with every_space(Reason.TEST):
        return str(draw_body(Article(space_id=1, title="x", body=list(parts)).body)).replace("<wbr>", "")


def reader(unit=None) -> Client:
    client = Client()
    sign_in(client, make_account(make_person(unit=unit or make_unit())))
    return client


def test_a_gallery_shows_every_picture_with_its_line_and_words():
    first, second = make_picture(description="塔吊"), make_picture(description="焊接")
    html = drawn(gallery(shown(first, "第一张"), shown(second, alt="焊工在焊接")))
    assert html.count("<figure>") == 2
    assert 'alt="塔吊"' in html
    assert 'alt="焊工在焊接"' in html
    assert "2/2" in html
    assert "第一张" in html


def test_an_attachment_says_what_it_is_before_it_is_loaded():
    html = drawn(attachment(make_file(title="动火申请表")))
    assert "动火申请表" in html
    assert "PDF, 1 KB" in html
    assert "填好交班组" in html


def test_a_recording_is_played_here_and_can_be_read_instead():
    file = make_file(kind="recording", title="听王师傅讲", transcript="大家好。\n\n先断电。")
    html = drawn(audio(file))
    assert f'<audio controls preload="none" src="{address_of(file)}"' in html
    assert "0:03" in html
    assert "<p>先断电。</p>" in html


def test_a_video_says_where_it_opens_and_loads_nothing_from_there():
    html = drawn(film())
    assert 'href="https://video.example/v/1" rel="noopener noreferrer"' in html
    assert "video.example" in html.partition("<figcaption>")[2]
    assert "<iframe" not in html
    assert "src=" not in html


def test_a_question_is_answered_below_or_folded():
    assert "<p>十年</p>" in drawn(question())
    assert "<details" in drawn(question(folded=True))
    assert "script" not in drawn(question())


def test_what_was_withdrawn_is_left_out_and_the_rest_stays():
    gone, stays = make_picture(), make_picture()
    file = make_file()
    with every_space(Reason.TEST):
        withdraw_picture(actor=None, picture=gone)
        withdraw_file(actor=None, file=file)
    html = drawn(gallery(shown(gone), shown(stays)), attachment(file), part("heading", "还在"))
    assert html.count("<figure>") == 1
    assert "attachment" not in html
    assert "还在" in html


def test_words_and_ids_of_every_kind_are_found():
    picture, cover = make_picture(), make_picture()
    document, recording = make_file(), make_file(kind="recording")
    parts = [
        gallery(shown(picture, "第一张")),
        attachment(document),
        audio(recording),
        film(picture=cover.pk),
        question(),
    ]
    body = Article(space_id=1, title="x", body=parts).body
    assert picture_ids(body) == {picture.pk, cover.pk}
    assert file_ids(body) == {document.pk, recording.pk}
    assert words_of(body).splitlines() == [
        "检修现场", "第一张", "填好交班组", "王师傅讲", "三分钟看懂", "灭火器多久换一次？", "十年",
    ]  # fmt: skip


def test_a_file_opens_for_readers_of_the_article_and_for_nobody_else():
    unit = make_unit("华东分公司", make_unit("启明集团"))
    space = make_space("华东", unit=unit)
    unit.refresh_from_db()
    file = make_file(space_id=space.pk)
    own, stranger = reader(unit), reader()
    assert own.get(address_of(file)).status_code == 404
    make_article(space_id=space.pk, body=[attachment(file)])
    assert own.get(address_of(file)).status_code == 200
    assert stranger.get(address_of(file)).status_code == 404


def test_a_file_of_an_article_for_recipients_goes_to_them_alone():
    unit = make_unit("东部")
    file = make_file(kind="recording")
    article = make_article(recipients_only=True, body=[audio(file)])
    own = reader(unit)
    make_message(unit, actor=sender(), kind="article", content_id=article.pk, confirm=False)
    assert own.get(address_of(file)).status_code == 200
    assert reader().get(address_of(file)).status_code == 404


def test_a_foreign_file_stops_a_publication():
    space = make_space("华东")
    foreign = make_file(space_id=make_space("西南").pk)
    article = make_article(space_id=space.pk, publish=False, body=[attachment(foreign)])
    with every_space(Reason.TEST), pytest.raises(ForeignFile):
        publish_article(actor=None, article=article)
    assert not FileUse._base_manager.exists()


def test_a_message_carries_every_part_as_the_page_shows_it():
    picture = make_picture(description="塔吊")
    file, recording = make_file(title="表"), make_file(kind="recording", transcript="先断电。")
    parts = [gallery(shown(picture), shown(picture)), attachment(file), audio(recording), question(folded=True)]
    article = make_article(body=parts)
    with every_space(Reason.TEST):
        html = selectors.freeze(article.pk).html
    sent = cleaned_for_messages(html)
    for piece in ('class="gallery"', address_of(file), f'src="{address_of(recording)}"', "<audio controls", "<details"):
        assert piece in sent, piece
    assert sent.count("<img") == 2
    assert "src" not in cleaned_for_messages('<audio src="https://elsewhere.example/a.mp3"></audio>')


def test_the_studio_takes_every_kind_and_refuses_what_is_foreign():
    space = make_space("华东")
    client = Client()
    sign_in(client, make_editor(space.pk))
    own, foreign = make_file(space_id=space.pk), make_file(space_id=make_space("西南").pk)

    def sent(file, url="https://video.example/1"):
        words = {"blocks": [{"key": "a", "text": "十年", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                             "entityRanges": []}], "entityMap": {}}  # fmt: skip
        parts = [
            ("attachment", {"document": file.pk, "note": ""}),
            ("video", {"title": "看", "url": url, "length": "", "picture": ""}),
            ("question", {"question": "多久？", "answer": json.dumps(words)}),
        ]
        data = {"title": "各种部件", "readers": "everybody", "tags": "", "body-count": len(parts), "body_en-count": 0}
        for number, (kind, values) in enumerate(parts):
            data |= {f"body-{number}-type": kind, f"body-{number}-order": number, f"body-{number}-deleted": ""}
            data |= {f"body-{number}-value-{name}": value for name, value in values.items()}
        return data

    assert client.post("/studio/articles/add/", sent(foreign) | {"action-publish": "1"}).status_code == 200
    assert client.post("/studio/articles/add/", sent(own, "http://video.example/1")).status_code == 200
    assert not Article._base_manager.exists()
    assert client.post("/studio/articles/add/", sent(own)).status_code == 302
    stored = Article._base_manager.get().get_latest_revision_as_object().body
    assert [part["type"] for part in stored.raw_data] == ["attachment", "video", "question"]
    assert "十年" in words_of(stored)
