"""A demo company in which every phone page of one employee has something to show.

`furnish` gives the employee what the demo alone leaves empty: an article with every kind of part, comments in
every state, a complaint with its answer, an article to judge, a name to lend, a copy of the own data.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fenjin.delivery.models import Message
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.media.testing import make_file, make_picture
from fenjin.moderation.selectors.own import case_of
from fenjin.moderation.services import answer_case, appeal, decide_appeal, decide_case
from fenjin.moderation.testing import make_moderator
from fenjin.newsroom.models import Answer, Article, Column, Series, Term
from fenjin.newsroom.services import write_comment
from fenjin.newsroom.services.names import ask_for_name
from fenjin.newsroom.services.release import send_for_review
from fenjin.newsroom.testing import make_article, make_rule, part
from fenjin.people.models import Account, Person
from fenjin.shell.models import Complaint
from fenjin.shell.services import answer_complaint
from fenjin.shell.testing import make_complaint
from fenjin.spaces.models import Space
from fenjin.spaces.testing import make_editor


@dataclass
class Furnished:
    """What the samples of SAMPLE_URLS are made from, as in tests.house.world; all of it open to the employee."""

    space: Any
    unit: Any
    person: Any
    account: Any
    editor: Any
    picture: Any
    file: Any
    article: Any
    series: Any
    column: Any
    term: Any
    answer: Any
    message: Any
    complaint: Any
    step: Any
    name: Any
    case: Any
    to_confirm: Any
    confirmed: Any
    comment: Any


def every_part(picture: Any, file: Any, recording: Any) -> list[dict[str, Any]]:
    """Return a body with each kind of part once."""
    shown = {"picture": picture.pk, "caption": "冬检第一天，老周带着大家把每一台泵摸了一遍。", "alt": "检修现场"}
    return [
        part("text", "<p>入冬以后，请和身边的人一起把这几条过一遍，<b>三分钟</b>就够。受限空间里一氧化碳看不见。</p>"),
        part("heading", "一、先断电，再处置"),
        part(
            "text",
            "<h3>怎么断</h3><ul><li>拉下总闸</li><li>挂牌上锁</li></ul><ol><li>报告值长</li><li>等回话</li></ol>",
        ),
        part("picture", shown),
        part("gallery", {"name": "检修现场", "pictures": [part("item", shown), part("item", shown)]}),
        part("quote", {"text": "它们不会看图纸，只好我们来改。", "source": "蒋晓云"}),
        part(
            "table",
            {
                "caption": "先后",
                "rows": "先后|做什么|不要做\n1|开门开窗，人先出去|不要找是哪里漏\n2|在外面点人数|不要独自回去",
            },
        ),
        part("question", {"question": "灭火器多久换一次？", "answer": "<p>十年。</p>", "folded": False}),
        part("question", {"question": "同伴晕倒了，能下去救吗？", "answer": "<p>先喊人。</p>", "folded": True}),
        part("attachment", {"document": file.pk, "note": "填好交班组"}),
        part("audio", {"recording": recording.pk, "caption": "王师傅讲防冻", "whole": False}),
        part(
            "video",
            {"title": "三分钟看懂", "url": "https://video.example/v/1", "length": "3:05", "picture": picture.pk},
        ),
    ]


def furnish(number: str) -> Furnished:
    """Give the employee with this staff number of the demo company something on every page."""
    with every_space(Reason.TEST):
        account = Account.objects.select_related("person").get(person__staff_number=number)
        person = account.person
        post = person.posts.select_related("unit").get(main=True, ended_on=None)
        editor = make_editor(GROUP_SPACE, post.space_id, name="林编辑")
        article, files = _article(editor)
        messages = list(Message.objects.filter(importance="confirm").order_by("-sent_at"))
        ordinary = Message.objects.filter(importance="ordinary").latest("sent_at")
        Message.objects.filter(pk=ordinary.pk).update(reply_allowed=True)
        return Furnished(
            space=Space.objects.get(pk=post.space_id),
            unit=post.unit,
            person=person,
            account=account,
            editor=editor,
            article=article,
            series=Series.objects.filter(kind="series", state="open").latest("pk"),
            column=Column.objects.first(),
            term=Term.objects.first(),
            answer=Answer.objects.filter(replaced_by=None).first(),
            message=ordinary,
            complaint=_complaint(person, editor),
            step=_step(person, editor),
            name=_name(person, editor, post.space_id),
            to_confirm=messages[0],
            confirmed=messages[1],
            **files,
            **_said(person, article, editor),
        )


def _article(editor: Any) -> tuple[Article, dict[str, Any]]:
    picture = make_picture(title="检修现场", actor=editor)
    file = make_file(title="冬季检查表", actor=editor)
    recording = make_file(kind="recording", title="王师傅讲防冻", transcript="先摸，再听，再看。", actor=editor)
    article = make_article(
        title="各种各样的段落：入冬检查怎么做",
        lead="图片、图集、引语、表格、问答、附件、录音、视频，都在这里。",
        source="安全监督部",
        tags=["安全生产"],
        cover=picture,
        body=every_part(picture, file, recording),
        actor=editor,
    )
    return article, {"picture": picture, "file": file}


def _complaint(person: Any, editor: Any) -> Complaint:
    made = make_complaint(person)
    return answer_complaint(actor=editor, complaint_id=made.pk, answer="今晚八点前修好，由后勤部孙卫东负责。")


def _step(person: Any, editor: Any) -> Any:
    """Ask the person to judge an article: from now on the group has a rule that names them."""
    draft = make_article(title="等您看一看：冬季用电十条", lead="请看第三条写得对不对。", publish=False, actor=editor)
    make_rule(GROUP_SPACE, person, secrecy=True)
    return send_for_review(actor=editor, article=draft, note="请看第三条").steps.get(current=True)


def _name(person: Any, editor: Any, space_id: int) -> Any:
    until = clock.now().date() + timedelta(days=90)
    return ask_for_name(actor=editor, space_id=space_id, leader_id=person.pk, ends_on=until)


def _said(person: Any, article: Article, editor: Any) -> dict[str, Any]:
    """Let the person and a colleague comment: shown, waiting, taken away, looked at again, answered."""
    other = Person.objects.exclude(pk=person.pk).exclude(status="left").order_by("pk")[20]
    said = {}
    for key, who, text in (
        ("shown", person, "写得清楚，班前会上就照着念。"),
        ("waiting", person, "又是这个笨蛋排的班。"),
        ("removed", person, "定这个菜价的就是个废物！"),
        ("kept", person, "排风坏了没人管，滚出去抽烟吧。"),
        ("answered", person, "北门食堂的排风拖了三个月。"),
        ("other", other, "山上的兄弟注意保暖。"),
    ):
        said[key] = write_comment(person_id=who.pk, article=article, text=text, client_key=f"furnished-{key}")
    cases = {
        key: case_of(kind="comment", space_id=article.space_id, object_id=row.comment_id) for key, row in said.items()
    }
    first, second = make_moderator(GROUP_SPACE), make_moderator(GROUP_SPACE, name="吴审核")
    for key in ("removed", "kept"):
        decide_case(
            actor=first, case_id=cases[key], shown=False, lane="attack", reason="对事可以，骂人不行。改一改再发。"
        )
    appeal(person_id=person.pk, case_id=cases["kept"], text="这话不是骂谁。", client_key="furnished-appeal")
    decide_appeal(actor=second, case_id=cases["kept"], overturn=True, answer="确实没有骂谁，已经放出来了。")
    if cases["answered"]:
        decide_case(actor=first, case_id=cases["answered"], shown=True, lane="criticism")
        answer_case(actor=first, case_id=cases["answered"], text="二十六日夜里更换，由孙卫东负责。")
    return {"case": cases["removed"], "comment": said["other"]}
