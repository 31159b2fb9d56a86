"""What an editor is told while writing: each sentence has an example that brings it and one that does not."""

import json

import pytest
from django.test import Client

from fenjin.media.testing import make_file, make_picture
from fenjin.newsroom.advice import Draft, Level, advise
from fenjin.newsroom.models import Article
from fenjin.newsroom.testing import make_editor, part
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import make_space


def report(*parts, title: str = "冬季安全十条", lead: str = "今年冬天只看这十条。", **more):
    return advise(Draft(title=title, lead=lead, body=Article(space_id=1, title="x", body=list(parts)).body, **more))


def said(*parts, **more) -> list[str]:
    return [f"{found.sentence}|{found.words}" for found in report(*parts, **more).findings]


def text(words: str) -> dict:
    return part("text", f"<p>{words}</p>")


def picture(**more) -> dict:
    return part("picture", {"picture": 7, "caption": "检修", "alt": ""} | more)


GOOD = text("冒烟时先切断电源，再用干粉灭火器。")


def test_good_text_is_left_alone():
    assert said(part("heading", "先断电"), GOOD) == []
    assert report().findings == ()


@pytest.mark.parametrize(
    ("bad", "words", "good"),
    [
        (text("一" * 61 + "。"), "一一一", text("一" * 30 + "。" + "二" * 30 + "。")),
        (text("一二三四五六七八九十。" * 23), "一二三", text("一二三四五六七八九十。" * 19)),
        (text("要切实加强管理。"), "切实加强 →", text("要加强管理。")),
        (text("班组进行了检查。"), "进行了检查 → 检查", text("班组检查了。")),
        (text("近日下雪。"), "近日", text("11月22日下雪。")),
        (text('详见<a href="/x">点击这里</a>。'), "点击这里", text('详见<a href="/x">动火规定</a>。')),
        (text('<a href="/x">https://a.example/b</a>'), "https://a.example/b", text('<a href="/x">动火规定</a>')),
        (
            part("text", "<p><b>一、先断电</b></p><p>冒烟时先断电。</p>"),
            "一、先断电",
            part("text", "<p><b>先</b>断电</p>"),
        ),
        (picture(), "检修", picture(alt="两人在检修泵")),
        (picture(alt="IMG_2031.HEIC"), "IMG_2031", picture(alt="两人在检修泵")),
        (picture(alt="图片：两人检修"), "图片：", picture(alt="两人在检修泵")),
        (picture(alt="检修"), "检修", picture(alt="两人在检修泵")),
        (part("table", {"caption": "", "rows": "a|b"}), "", part("table", {"caption": "班次", "rows": "a|b"})),
        (part("table", {"caption": "班次", "rows": "a|b\n" * 16}), "", part("table", {"caption": "班次", "rows": "a"})),
        (
            part("audio", {"recording": 9, "caption": "王师傅"}),
            "王师傅",
            part("audio", {"recording": 8, "caption": ""}),
        ),
        (part("heading", "这是一个写得实在太长太长太长太长太长太长太长的小标题"), "", part("heading", "短标题")),
        (part("heading", "先断电。"), "先断电。", part("heading", "先断电")),
    ],
)
def test_what_is_said_of_a_part(bad, words, good):
    more = {"transcripts": {8: "大家好"}}
    found = [line for line in said(bad, GOOD, **more) if words.partition(" ")[0] in line]
    assert found
    assert said(good, GOOD, **more) == []


def test_headings_lead_somewhere():
    assert len(said(GOOD, part("heading", "没有下文"))) == 1
    assert len(said(part("heading", "一个"), part("heading", "又一个"), GOOD)) == 1
    long = [text("冒烟时先切断电源。" * 20) for _number in range(6)]
    assert len(said(*long)) == 1
    assert said(part("heading", "先断电"), *long) == []


def test_pictures_of_galleries_count_and_words_kept_with_them_are_enough():
    parts = [part("gallery", {"name": "", "pictures": [part("item", {"picture": pk}) for pk in (7, 8)]}), GOOD]
    assert len(said(*parts, alts={7: "塔吊"})) == 1
    assert said(*parts, alts={7: "塔吊", 8: "焊工"}) == []


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ({"title": "长" * 31}, 1),
        ({"title": "先断电。"}, 1),
        ({"title": "关于做好冬季安全工作的通知"}, 1),
        ({"lead": ""}, 1),
        ({"lead": "冬季安全十条"}, 1),
        ({"lead": "近日，各单位高度重视。"}, 2),
        ({}, 0),
    ],
)
def test_title_and_lead(head, count):
    assert len(said(GOOD, **head)) == count


def test_english_is_measured_in_words():
    short = part("text", "<p>Switch the power off first, then use the extinguisher.</p>")
    long = part("text", "<p>" + "word " * 29 + ".</p>")
    more = {"title": "Ten rules", "lead": "Only these ten.", "english": True}
    assert said(short, **more) == []
    assert len(said(long, **more)) == 1
    assert len(said(part("text", "<p>We utilize it in order to test.</p>"), **more)) == 2
    assert report(short, **more).characters == 9


def test_each_word_is_named_once_and_figures_are_kept():
    found = report(text("高度重视。高度重视！"), text("高度重视。"))
    ((_sentence, findings),) = found.better.items()
    assert [finding.words.partition(" ")[0] for finding in findings] == ["高度重视"]
    assert (found.characters, found.sentence, found.seconds) == (15, 5, 10)
    assert all(finding.level is Level.BETTER for finding in found.findings)


# ---- beside the form -----------------------------------------------------------------------------------


def form(**more) -> dict:
    state = {"blocks": [{"key": "a", "text": "要切实加强管理。", "type": "unstyled", "depth": 0,
                         "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}  # fmt: skip
    return {
        "title": "冬季安全", "lead": "看这十条。", "body-count": 1, "body-0-type": "text", "body-0-order": 0,
        "body-0-deleted": "", "body-0-value": json.dumps(state), "body_en-count": 0,
    } | more  # fmt: skip


@pytest.mark.django_db
def test_the_form_is_looked_at_and_nothing_is_stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    space = make_space("华东")
    client = Client()
    sign_in(client, make_editor(space.pk))
    page = client.post("/studio/writing/advice/", form()).content.decode()
    assert 'data-count="1"' in page
    assert "切实加强 →" in page
    assert not Article._base_manager.exists()
    described, bare = make_picture(space_id=space.pk, description="塔吊"), make_picture(space_id=space.pk)
    for chosen, count in ((described, 0), (bare, 1)):
        more = {"body-0-type": "picture", "body-0-value-picture": chosen.pk, "body-0-value-caption": "",
                "body-0-value-alt": ""}  # fmt: skip
        assert f'data-count="{count}"' in client.post("/studio/writing/advice/", form(**more)).content.decode()
    heard = make_file(space_id=space.pk, kind="recording", transcript="大家好")
    more = {"body-0-type": "audio", "body-0-value-recording": heard.pk, "body-0-value-caption": ""}
    assert 'data-count="0"' in client.post("/studio/writing/advice/", form(**more)).content.decode()


@pytest.mark.django_db
def test_only_writers_ask_and_strange_forms_are_refused():
    client, stranger = Client(), Client()
    sign_in(client, make_editor(make_space("华东").pk))
    sign_in(stranger, make_account(make_person(unit=make_unit())))
    assert stranger.post("/studio/writing/advice/", form()).status_code == 404
    assert client.get("/studio/writing/advice/").status_code == 405
    for more in ({"body-count": "x"}, {"body-0-value": "{"}, {"body-0-type": "picture", "body-0-value-picture": "x"}):
        assert client.post("/studio/writing/advice/", form(**more)).status_code == 400, more
    assert "fj-advice" in client.get("/studio/articles/add/").content.decode()
