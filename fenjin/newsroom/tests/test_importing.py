"""Texts from Word and from WeChat: what comes in, what is cleaned away, what is refused, and where pictures come from."""

import base64

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.media.models import Picture
from fenjin.media.testing import picture_bytes
from fenjin.newsroom.imports import Image, NotReadable, TooLarge, read_page, read_word
from fenjin.newsroom.imports.fetching import fetcher, may_fetch
from fenjin.newsroom.models import Article
from fenjin.newsroom.testing import make_editor
from fenjin.newsroom.tests.word import docx, drawn, paragraph, run
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import make_space


def kinds(manuscript) -> list[tuple]:
    return [("picture",) if isinstance(one, Image) else (one.kind, one.value) for one in manuscript.pieces]


def listed(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


# ---- Word ----------------------------------------------------------------------------------------------


def test_a_word_document_keeps_its_order_and_its_shape():
    read = read_word(
        docx(
            paragraph(run("冬季安全十条"), style="T"),
            paragraph(run("目录 1"), style="D"),
            paragraph(run("一、先断电"), style="1"),
            paragraph(run("冒烟时"), run("先", "<w:b/>"), run("切断", "<w:b/>"), run("电源。", "<w:i/>")),
            paragraph(run("干粉"), properties=listed(1)),
            paragraph(run("二氧化碳"), properties=listed(1)),
            paragraph(run("关阀门"), properties=listed(2)),
            paragraph(run("慢一分钟，全家放心。"), style="Q"),
        )
    )
    assert read.title == "冬季安全十条"
    assert kinds(read) == [
        ("heading", "一、先断电"),
        (
            "text",
            "<p>冒烟时<b>先切断</b><i>电源。</i></p><ul><li>干粉</li><li>二氧化碳</li></ul><ol><li>关阀门</li></ol>",
        ),
        ("quote", {"text": "慢一分钟，全家放心。", "source": ""}),
    ]


def test_bold_lines_and_numbered_lines_of_papers_become_headings():
    read = read_word(
        docx(
            paragraph(run("关于冬季安全", "<w:b/>")),
            paragraph(run("各单位：请看。")),
            paragraph(run("二、高处作业")),
            paragraph(run("三、这是一句完整的话。后面还有。")),
            paragraph(run("请注意：", "<w:b/>")),
        )
    )
    assert read.title == "关于冬季安全"
    assert [kind for kind, _value in kinds(read)] == ["text", "heading", "text"]


def test_pictures_come_with_their_words_and_lines():
    pictures = {"p1": picture_bytes(), "p2": picture_bytes()}
    read = read_word(
        docx(
            paragraph(run("看图。"), drawn("p1", "两人在检修泵")),
            paragraph(run("图1 检修"), style="C"),
            paragraph('<w:r><mc:AlternateContent><mc:Choice>', drawn("p2"), "</mc:Choice><mc:Fallback>", drawn("p2"),
                      "</mc:Fallback></mc:AlternateContent></w:r>"),
            **pictures,
        )
    )  # fmt: skip
    images = [one for one in read.pieces if isinstance(one, Image)]
    assert [(image.alt, image.caption) for image in images] == [("两人在检修泵", "图1 检修"), ("", "")]
    assert images[0].content == pictures["p1"]


def test_what_was_deleted_hidden_or_only_for_programs_stays_away():
    read = read_word(
        docx(
            paragraph(
                run("留下"), f"<w:del>{run('删掉')}</w:del>", f"<w:ins>{run('加上')}</w:ins>", run("暗", "<w:vanish/>")
            ),
            paragraph(f'<w:hyperlink r:id="web">{run("动火规定")}</w:hyperlink>'),
            paragraph(f'<w:hyperlink r:id="bad">{run("点我")}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>'),
            paragraph(run("&lt;script&gt;alert(1)&lt;/script&gt;")),
        )
    )
    ((_kind, html),) = kinds(read)
    assert "留下加上</p>" in html
    assert '<a href="https://rules.example/fire">动火规定</a>' in html
    assert "javascript" not in html
    assert "PAGE" not in html
    assert "<script" not in html
    assert read.title == "冬季安全"  # the name of the file, for want of another


def test_tables_come_as_lines_and_frames_as_their_text():
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in cells)}</w:tr>"

    wide = row(*"一二三四五六七")
    read = read_word(
        docx(
            f"<w:tbl>{row('风力', '停|止')}{row('六级', '停')}</w:tbl>",
            f"<w:tbl>{row('框里的字')}</w:tbl>",
            f"<w:tbl>{wide}</w:tbl>",
        )
    )
    assert kinds(read)[0] == ("table", {"caption": "", "rows": "风力|停/止\n六级|停"})
    assert kinds(read)[1] == ("text", "<p>框里的字</p>")
    assert len(read.left_out) == 1


def test_text_boxes_are_taken_in_and_diagrams_are_told():
    box = f"<w:r><w:drawing><wps:txbx><w:txbxContent>{paragraph(run('框里说的'))}</w:txbxContent></wps:txbx></w:drawing></w:r>"
    read = read_word(docx(paragraph(run("正文。"), box), paragraph("<w:r><w:drawing><a:chart/></w:drawing></w:r>")))
    assert kinds(read) == [("text", "<p>正文。</p><p>框里说的</p>")]
    assert sum(read.left_out.values()) == 1


def bomb() -> SimpleUploadedFile:
    return docx(paragraph(run("看图。"), drawn("p1")), p1=bytes(200_000))


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.docx", b""),
        SimpleUploadedFile("a.docx", b"\xd0\xcf\x11\xe0 an old .doc"),
        SimpleUploadedFile("a.docx", picture_bytes()),
        docx(),
        docx(paragraph(run("x")), head='<!DOCTYPE w:document [<!ENTITY x "y">]>'),
        docx("<broken"),
    ],
    ids=["nothing", "old", "picture", "empty", "entities", "broken"],
)
def test_what_is_no_document_is_refused(upload):
    with pytest.raises(NotReadable):
        read_word(upload)


def test_bombs_and_giants_are_refused(monkeypatch):
    monkeypatch.setattr("fenjin.newsroom.imports.archive.LARGEST_PART", 100_000)
    with pytest.raises(NotReadable):
        read_word(bomb())
    monkeypatch.setattr("fenjin.newsroom.imports.word.LARGEST", 100)
    with pytest.raises(TooLarge):
        read_word(bomb())


# ---- WeChat --------------------------------------------------------------------------------------------

PAGE = """<html><head><meta property="og:title" content="x"><script>alert(1)</script></head><body>
<h1 class="rich_media_title" id="activity-name"> 冬季安全十条 </h1><div id="other">不是正文</div>
<div id="js_content" style="visibility: hidden">
<section><section><p style="text-align:center"><strong><span>点击上方蓝字关注我们</span></strong></p></section></section>
<section style="font-size:18px"><strong><span>一、先断电</span></strong></section>
<p onclick="x()">冒烟时<span style="font-weight: bold">先</span>切断电源。<a href="javascript:x()">点</a><a href="https://rules.example/f">规定</a></p>
<p><img data-src="//pictures.example/1?wx_fmt=png" data-w="1080" alt="图片"></p>
<p><img data-src="http://pictures.example/line.png" data-w="20"></p>
<p style="display:none">看不见的字</p>
<blockquote><p>慢一分钟，<br>全家放心。</p></blockquote>
<ul class="list"><li><p>干粉</p></li><li><p>二氧化碳</p></li></ul>
<table><tr><td>风力</td><td>停止</td></tr><tr><td>六级</td><td>是</td></tr></table>
<iframe data-src="https://video.example/i/1"></iframe><mpvoice name="x"></mpvoice>
<p>长按识别二维码关注</p></div></body></html>"""


def test_an_article_of_wechat_is_cleaned():
    read = read_page(PAGE)
    assert read.title == "冬季安全十条"
    assert kinds(read) == [
        ("heading", "一、先断电"),
        ("text", '<p>冒烟时<b>先</b>切断电源。点<a href="https://rules.example/f">规定</a></p>'),
        ("picture",),
        ("quote", {"text": "慢一分钟，全家放心。", "source": ""}),
        ("text", "<ul><li>干粉</li><li>二氧化碳</li></ul>"),
        ("table", {"caption": "", "rows": "风力|停止\n六级|是"}),
        (
            "video",
            {"title": read.pieces[6].value["title"], "url": "https://video.example/i/1", "length": "", "picture": None},
        ),
    ]
    assert read.pieces[2] == Image(address="https://pictures.example/1?wx_fmt=png")
    assert sorted(read.left_out.values()) == [1, 2]


def test_pasted_pieces_and_plain_words_are_taken_too():
    assert kinds(read_page("一行\n<二行>".replace("<", "《").replace(">", "》"))) == [
        ("text", "<p>一行</p><p>《二行》</p>")
    ]
    inside = base64.b64encode(picture_bytes()).decode()
    read = read_page(f"<p>看</p><img src='data:image/png;base64,{inside}'>")
    assert read.pieces[1] == Image(content=picture_bytes())


@pytest.mark.parametrize("source", ["", "   ", "<div></div>", "<script>x</script>", "a" * 4_000_001])
def test_a_page_without_text_is_refused(source):
    with pytest.raises(NotReadable):
        read_page(source)


# ---- pictures that stand elsewhere ---------------------------------------------------------------------


@pytest.fixture
def allowed(settings):
    settings.IMPORT_PICTURE_HOSTS = ["pictures.example"]


@pytest.mark.parametrize(
    "address",
    [
        "http://pictures.example/1",
        "https://pictures.example:8443/1",
        "https://pictures.example.evil.example/1",
        "https://127.0.0.1/1",
        "https://localhost/1",
        "file:///etc/passwd",
        "https://pictures.example@evil.example/1",
        "https://pictures.example:99999/1",
        "https://[pictures.example/1",
    ],
)
def test_pictures_come_from_the_allowed_hosts_alone(allowed, address):
    assert not may_fetch(address)
    assert may_fetch("https://pictures.example/1?wx_fmt=png")


def test_a_redirect_or_an_error_brings_nothing_and_a_closed_network_is_asked_once(allowed):
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path == "/gone":
            raise httpx.ConnectError("closed")
        moved = request.url.path == "/moved"
        return httpx.Response(
            302 if moved else 200, headers={"location": "https://127.0.0.1/"} if moved else {}, content=b"p"
        )

    fetch = fetcher(httpx.MockTransport(answer))
    assert fetch("https://pictures.example/1") == b"p"
    assert fetch("https://pictures.example/moved") == b""
    assert fetch("https://pictures.example/gone") == b""
    assert fetch("https://pictures.example/1") == b""
    assert asked == ["/1", "/moved", "/gone"]


# ---- the desk ------------------------------------------------------------------------------------------


@pytest.fixture
def space(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORT_PICTURE_HOSTS = []
    return make_space("华东")


@pytest.fixture
def editor(space) -> Client:
    client = Client()
    sign_in(client, make_editor(space.pk))
    return client


def test_a_word_document_with_a_picture_of_an_iphone_becomes_a_draft(editor, space):
    upload = docx(
        paragraph(run("冬季安全"), style="T"),
        paragraph(run("看图。"), drawn("p1", "泵房")),
        p1=picture_bytes(form="HEIF"),
    )
    answer = editor.post("/studio/writing/import/", {"word": upload})
    article = Article._base_manager.get()
    assert answer["Location"] == f"/studio/articles/edit/{article.pk}/"
    picture = Picture._base_manager.get()
    assert (article.title, article.live, article.space_id) == ("冬季安全", False, space.pk)
    assert (picture.space_id, picture.description) == (space.pk, "泵房")
    assert [part["type"] for part in article.body.raw_data] == ["text", "picture"]
    assert article.body.raw_data[1]["value"]["picture"] == picture.pk
    assert AuditEvent.objects.get(act="newsroom.take_in").details == {"parts": 2, "pictures": 1}
    assert editor.get(answer["Location"]).status_code == 200


def test_a_copied_article_takes_saved_pictures_where_none_can_be_fetched(editor):
    saved = SimpleUploadedFile("1.png", picture_bytes())
    editor.post("/studio/writing/import/", {"page": PAGE, "pictures": [saved]})
    assert [part["type"] for part in Article._base_manager.get().body.raw_data][2] == "picture"
    page = editor.post("/studio/writing/import/", {"page": PAGE, "title": "自己的标题"}, follow=True).content.decode()
    second = Article._base_manager.order_by("-pk")[0]
    assert second.title == "自己的标题"
    assert "picture" not in [part["type"] for part in second.body.raw_data]
    assert "A picture could not be taken in" in page or "有图片没能带进来" in page


def test_nothing_comes_from_strangers_or_into_foreign_spaces(editor):
    foreign = make_space("西南")
    sent = {"page": "<p>字</p>", "title": "题"}
    assert editor.post("/studio/writing/import/", sent | {"space": foreign.pk}).status_code == 422
    assert editor.post("/studio/writing/import/", {}).status_code == 422
    assert editor.post("/studio/writing/import/", {"word": SimpleUploadedFile("a.docx", b"x")}).status_code == 422
    stranger = Client()
    sign_in(stranger, make_account(make_person(unit=make_unit())))
    assert stranger.post("/studio/writing/import/", sent).status_code == 404
    assert not Article._base_manager.exists()
