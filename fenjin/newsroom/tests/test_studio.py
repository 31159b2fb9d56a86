"""Writing in the studio: cleaning, spaces, drafts, preview, publishing."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture, upload
from fenjin.newsroom.blocks import cells_of, words_of
from fenjin.newsroom.blocks.cleaning import clean_html, plain
from fenjin.newsroom.models import Article, ReleaseEntry
from fenjin.newsroom.page.article import seconds_to_read
from fenjin.newsroom.testing import make_article, make_editor, part
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.search.models import SearchEntry
from fenjin.spaces.testing import give_role, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def space():
    return make_space("华东")


@pytest.fixture
def editor(space) -> Client:
    client = Client()
    sign_in(client, make_editor(space.pk))
    return client


def form(**more) -> dict:
    text = {"blocks": [{"key": "a", "text": "先断电", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                        "entityRanges": []}], "entityMap": {}}  # fmt: skip
    return {
        "title": "冬季安全十条",
        "readers": "everybody",
        "tags": "安全，冬季",
        "body-count": 1,
        "body-0-type": "text",
        "body-0-order": 0,
        "body-0-deleted": "",
        "body-0-value": json.dumps(text),
        "body_en-count": 0,
    } | more


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<script>alert(1)</script><b>a</b>", "<b>a</b>"),
        ("<style>p{}</style><p style='color:red'>a</p>", "<p>a</p>"),
        ("<iframe src='//x'></iframe><img src=x onerror=alert(1)>a", "a"),
        ("<svg><script>x</script></svg>", ""),
    ],
)
def test_rich_text_is_cleaned(dirty, clean):
    assert clean_html(dirty) == clean


def test_links_keep_only_safe_schemes():
    assert "javascript" not in clean_html("<a href='javascript:alert(1)'>a</a>")
    assert 'href="https://x.example"' in clean_html("<a href='https://x.example' target=_blank>a</a>")
    assert 'rel="noopener noreferrer"' in clean_html("<a href='https://x.example'>a</a>")


def test_plain_words_and_reading_time():
    assert plain("<p>一 &amp; 二</p><p>三</p>") == "一 & 二 三"
    assert seconds_to_read("字" * 350) == 60
    assert seconds_to_read("") == 10
    assert cells_of("a|b\n\n| c | d |\ne\tf") == [["a", "b"], ["c", "d"], ["e", "f"]]
    article = Article(body=[part("heading", "题"), part("quote", {"text": "话", "source": "谁"})])
    assert words_of(article.body) == "题\n话 谁"


def test_draft_is_kept_and_invisible(editor, space):
    answer = editor.post("/studio/articles/add/", form())
    assert answer.status_code == 302
    article = Article._base_manager.get()
    assert (article.live, article.space_id, article.tags) == (False, space.pk, ["安全", "冬季"])
    assert not SearchEntry._base_manager.exists()


def test_publishing_writes_one_audit_row_and_one_entry(editor, space):
    editor.post("/studio/articles/add/", form(**{"action-publish": "1", "readers": "recipients"}))
    article = Article._base_manager.get()
    assert article.live
    assert article.readers == "recipients"
    assert AuditEvent.objects.filter(act="newsroom.publish", target_id=article.pk, space_id=space.pk).count() == 1
    assert SearchEntry._base_manager.get().recipients_only
    editor.post(f"/studio/articles/unpublish/{article.pk}/")
    article.refresh_from_db()
    assert not article.live
    assert AuditEvent.objects.filter(act="newsroom.withdraw").count() == 1
    assert not SearchEntry._base_manager.exists()


def test_a_change_of_a_published_article_waits_for_its_publication(editor, space):
    article = make_article(space_id=space.pk, title="旧题")
    editor.post(f"/studio/articles/edit/{article.pk}/", form(title="新题"))
    article.refresh_from_db()
    assert (article.title, article.has_unpublished_changes) == ("旧题", True)
    editor.post(f"/studio/articles/edit/{article.pk}/", form(**{"title": "新题", "action-publish": "1"}))
    article.refresh_from_db()
    assert article.title == "新题"
    with every_space(Reason.TEST):
        assert SearchEntry.objects.get().title == "新题"


def test_what_was_withdrawn_is_not_unfinished_until_somebody_writes_on(editor, space):
    def unfinished():
        panel = editor.get("/studio/").text.split('<section class="desk">')[1]
        return re.findall(r"/studio/articles/edit/(\d+)/", panel)

    editor.post("/studio/articles/add/", form(**{"action-publish": "1"}))
    article = Article._base_manager.get()
    assert unfinished() == []
    entry = ReleaseEntry._base_manager.get(act="published")
    assert editor.post(reverse("newsroom_desk:release_undo", args=[article.pk, entry.pk])).status_code == 302
    assert unfinished() == [str(article.pk)], "a publication that was taken back is a draft again"
    editor.post(f"/studio/articles/edit/{article.pk}/", form(**{"action-publish": "1"}))
    editor.post(f"/studio/articles/unpublish/{article.pk}/")
    article.refresh_from_db()
    assert not article.live
    assert unfinished() == []
    editor.post(f"/studio/articles/edit/{article.pk}/", form(title="改写的一篇"))
    assert unfinished() == [str(article.pk)]


def test_after_publishing_the_editor_may_send_it(editor, space):
    answer = editor.post("/studio/articles/add/", form(**{"action-publish": "1"}), follow=True)
    article = Article._base_manager.get()
    assert f"kind=article&amp;id={article.pk}" in answer.content.decode()


@pytest.mark.parametrize("reads", [True, False])
def test_who_published_is_led_to_a_page_that_opens(space, reads):
    """An editor need not work in the sub-platform; the readers' page is then closed to them."""
    account = make_account(make_person("李编辑", unit=space.root_unit if reads else None))
    give_role(account.person, "editor", space_id=space.pk)
    client = Client()
    sign_in(client, account)
    answer = client.post("/studio/articles/add/", form(**{"action-publish": "1"}), follow=True)
    article = Article._base_manager.get()
    seen, forms = reverse("newsroom:article", args=[article.pk]), reverse("newsroom_desk:shapes", args=[article.pk])
    led = f'href="{seen if reads else forms}"'
    assert led in answer.content.decode()
    assert (f'href="{seen}"' in answer.content.decode()) == reads
    assert client.get(seen if reads else forms).status_code == 200
    assert (f'href="{seen}"' in client.get(forms).content.decode()) == reads


def test_preview_is_the_phone_page(editor, space):
    picture = make_picture(space_id=space.pk)
    article = make_article(space_id=space.pk, publish=False, title="预览题", cover=picture)
    url = f"/studio/articles/preview/{article.pk}/"
    assert editor.post(url, form(title="改过的题", cover=picture.pk)).json()["is_valid"]
    page = editor.get(url).content.decode()
    assert "改过的" in page.replace("<wbr>", "")
    assert 'class="prose"' in page
    assert f"/m/{picture.key.hex}/cover-720.webp" in page


def test_an_editor_of_two_spaces_chooses_and_of_one_does_not(space, editor):
    other = make_space("西南")
    both = Client()
    sign_in(both, make_editor(space.pk, other.pk))
    assert 'name="in_space"' in both.get("/studio/articles/add/").content.decode()
    assert 'name="in_space"' not in editor.get("/studio/articles/add/").content.decode()
    both.post("/studio/articles/add/", form(in_space=other.pk))
    assert Article._base_manager.get().space_id == other.pk
    assert editor.post("/studio/articles/add/", form(in_space=other.pk)).status_code == 200
    assert Article._base_manager.count() == 1


def test_tags_are_few_and_short(editor):
    for tags in ("一 二 三 四 五 六", "这个标签实在是太长太长了吧"):
        assert editor.post("/studio/articles/add/", form(tags=tags)).status_code == 200
    assert not Article._base_manager.exists()


def test_an_uploaded_picture_goes_to_the_editors_space(editor, space):
    data = {"title": "塔吊", "description": "", "focus": "0-0", "file": upload()}
    prefixed = {f"image-chooser-upload-{name}": value for name, value in data.items()}
    answer = editor.post("/studio/pictures/choose/create/", prefixed).json()
    assert answer["step"] == "chosen"
    broken = {"title": "x", "focus": "1-1", "file": upload(b"no picture")}
    assert editor.post("/studio/pictures/add/", broken).status_code == 422
    page = editor.get("/studio/pictures/choose/").json()["html"]
    assert "塔吊" in page


def test_draft_that_was_never_published_can_be_deleted(editor, space):
    draft, published = make_article(space_id=space.pk, publish=False), make_article(space_id=space.pk)
    assert editor.post(f"/studio/articles/delete/{draft.pk}/").status_code == 302
    assert editor.post(f"/studio/articles/delete/{published.pk}/").status_code in (403, 404)
    assert list(Article._base_manager.values_list("pk", flat=True)) == [published.pk]


def test_what_uses_an_article_is_empty_in_words_that_fit(space, editor):
    article = make_article(space_id=space.pk)
    page = editor.get(f"/studio/articles/usage/{article.pk}/").text
    assert "还没有别处用到它" in page
    assert "点上方按钮" not in page
