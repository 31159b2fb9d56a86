"""One article, four forms: what the card and the poster hold, and who gets them."""

import io
from datetime import UTC, datetime

import pypdfium2
import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from fenjin.delivery.testing import make_message, sender
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import withdraw_article
from fenjin.newsroom.shapes import story_of
from fenjin.newsroom.shapes.choices import wanted
from fenjin.newsroom.testing import make_article, make_editor, part
from fenjin.people.models import Unit
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import make_space, with_rights

pytestmark = pytest.mark.django_db
PATHS = ("card/", "card.png", "poster/", "poster.pdf", "poster.png")


@pytest.fixture(autouse=True)
def plain(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.PUBLIC_URL = "https://app.example"
    cache.clear()


@pytest.fixture
def me() -> Client:
    client = Client()
    sign_in(client, with_rights(make_account(make_person(unit=make_unit("启明集团")))))
    return client


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [sheet.get_textpage().get_text_range() for sheet in document]
    finally:
        document.close()


def long_body(paragraphs: int = 30) -> list:
    return [part("text", f"<p>第{number}段，先断电，再处置，再报告。{'检查' * 40}</p>") for number in range(paragraphs)]


def test_the_poster_of_a_short_article_holds_all_of_it_and_the_way_back(me):
    body = [
        part(
            "text", "<p>入冬以来，用电明显上升。</p><ol><li>先断电</li><li>再处置</li></ol><ul><li>当班人员</li></ul>"
        ),
        part("heading", "为什么是这十条"),
        part("quote", {"text": "不怕一万，就怕万一。", "source": "储运车间"}),
        part("table", {"caption": "检查表", "rows": "项目|时间\n配电箱|每天"}),
    ]
    article = make_article(title="冬季安全生产十条", lead="记在心里", source="安全监督部", body=body)
    answer = me.get(f"/news/{article.pk}/poster.pdf")
    assert answer["Content-Type"] == "application/pdf"
    (text,) = pages_of(answer.content)
    for words in ("冬季安全生产十条", "记在心里", "入冬以来，用电明显上升。", "1.", "2.", "•", "为什么是这十条"):
        assert words in text
    for words in ("不怕一万", "储运车间", "配电箱", "每天", "安全监督部", "通知栏", "扫一扫"):
        assert words in text
    assert "请扫码接着读" not in text


def test_the_day_on_a_sheet_is_that_of_the_sub_platform():
    article = make_article()
    article.first_published_at = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # four in the morning of the next day there
    with every_space(Reason.TEST):
        assert story_of(article, language="zh-hans").date == "2026年11月24日"


def test_a_long_article_fills_one_sheet_and_says_so_or_runs_over_several(me):
    article = make_article(title="长文", body=long_body())
    (one,) = pages_of(me.get(f"/news/{article.pk}/poster.pdf").content)
    assert "请扫码接着读" in one
    assert "第29段" not in one
    whole = pages_of(me.get(f"/news/{article.pk}/poster.pdf?text=whole").content)
    assert len(whole) > 1
    assert "第29段" in whole[-1]
    assert all(f"第 {number} 张，共 {len(whole)} 张" in text for number, text in enumerate(whole, 1))
    assert "请扫码接着读" not in "".join(whole)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("", ("a4", False)), ("?size=a3&text=whole", ("a3", True)), ("?size=a9&text=x", ("a4", False))],
)
def test_paper_is_what_was_asked_for(rf, asked, meant):
    assert wanted(rf.get(f"/{asked}")) == meant


def test_the_card_is_a_picture(me):
    article = make_article(title="冬季安全生产十条", cover=make_picture(space_id=1))
    answer = me.get(f"/news/{article.pk}/card.png")
    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).width == 1080


def test_the_code_leads_to_the_article_and_the_colour_is_the_space_s_own():
    article = make_article()
    with every_space(Reason.TEST):
        assert story_of(article, language="zh-hans").url == f"https://app.example/news/{article.pk}/"
        assert story_of(article, language="zh-hans").colour == (194, 54, 27)
        article.space.ramp = {"light": {"zhu-600": "#0a0b0c"}}
        assert story_of(article, language="zh-hans").colour == (10, 11, 12)


def test_english_readers_get_the_english_words(me):
    article = make_article(title="中文题", title_en="English title", body_en=[part("text", "<p>Words</p>")])
    content = me.get(f"/news/{article.pk}/poster.pdf", headers={"accept-language": "en"}).content
    (text,) = pages_of(content)
    assert "English title" in text
    assert "Notice board" in text
    assert "中文题" not in text


def test_what_is_not_everybody_s_to_read_has_no_other_forms(me):
    """Foreign, for recipients only (whoever walks past a wall would read it), withdrawn after it was drawn."""
    withdrawn, sent = make_article(), make_article(recipients_only=True)
    assert me.get(f"/news/{withdrawn.pk}/card.png").status_code == 200
    with every_space(Reason.TEST):
        withdraw_article(actor=make_editor(1), article=Article.objects.get(pk=withdrawn.pk))
    make_message(Unit._base_manager.get(), actor=sender(), kind="article", content_id=sent.pk, confirm=False)
    assert me.get(f"/news/{sent.pk}/").status_code == 200
    for article in (make_article(space_id=make_space("西南").pk), sent, withdrawn):
        assert {me.get(f"/news/{article.pk}/{path}").status_code for path in PATHS} == {404}


def test_a_sheet_is_drawn_once_and_anew_for_new_words(me):
    article = make_article(title="先断电")
    first = me.get(f"/news/{article.pk}/poster.pdf").content
    assert me.get(f"/news/{article.pk}/poster.pdf").content == first
    (folder,) = default_storage.listdir("shapes")[0]
    assert len(default_storage.listdir(f"shapes/{folder}")[1]) == 1
    Article._base_manager.filter(pk=article.pk).update(title="后断电")
    assert "后断电" in pages_of(me.get(f"/news/{article.pk}/poster.pdf").content)[0]


def test_the_article_offers_its_other_forms_and_to_be_heard(me):
    shown, kept_back = make_article(), make_article(publish=False)
    words = me.get(f"/news/{shown.pk}/").content.decode()
    assert f"/news/{shown.pk}/card/" in words
    assert f"/news/{shown.pk}/poster/" in words
    assert "<fj-listen" in words
    assert "fj-listen" in words.partition("</main>")[2]  # its script
    assert me.get(f"/news/{kept_back.pk}/").status_code == 404


def at_desk(*spaces: int) -> Client:
    client = Client()
    sign_in(client, make_editor(*spaces))
    return client


def test_writers_see_all_four_forms_of_their_draft_and_others_do_not():
    space, other = make_space("华东"), make_space("西南")
    draft = make_article(space_id=space.pk, publish=False, title="还没发的稿子")
    address = f"/studio/articles/{draft.pk}/forms/"
    page = at_desk(space.pk).get(address).content.decode()
    for words in ("海报", "卡片", "长文", "听"):
        assert words in page
    (text,) = pages_of(at_desk(space.pk).get(f"{address}poster/").content)
    assert "还没发的稿子" in text
    assert "草稿，先不要张贴" in text
    foreign = at_desk(other.pk)
    assert {foreign.get(f"{address}{what}").status_code for what in ("", "card/", "poster/", "sheet/")} == {404}
    assert at_desk(space.pk).get(f"{address}other/").status_code == 404


def test_no_sheet_is_drawn_of_what_only_recipients_read():
    article = make_article(recipients_only=True)
    page = at_desk(1).get(f"/studio/articles/{article.pk}/forms/").content.decode()
    assert "forms/poster/" not in page
    assert at_desk(1).get(f"/studio/articles/{article.pk}/forms/poster/").status_code == 404
