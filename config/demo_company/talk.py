"""What people of the demo say under the articles: comments, likes, one that waits, one answered, one taken away."""

from datetime import timedelta
from typing import Any, Final

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.moderation import services as moderation
from fenjin.moderation.selectors.own import case_of
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import like_article, write_comment
from fenjin.people.models import Person

WORDS: Final = (
    ("attack", True, ("笨蛋", "废物", "滚出去")),
    ("secret", False, ("井位坐标", "未公开合同价", "领导行程")),
    ("off_topic", False, ("加微信", "刷单", "代开发票")),
    ("criticism", False, ("没人管", "不公平", "拖了三个月")),
)
# article, who (place among the people), hours after it came out, text
SAID: Final = (
    ("repair-line", 11, 2, "四点钟的师傅们辛苦了，那天风真大。"),
    ("carbon-monoxide", 24, 5, "写得清楚，班前会上就照着念。"),
    ("repair-line", 31, 3, "配电室的钥匙放在哪里，新来的都不知道，能不能贴出来？"),
    ("canteen", 15, 2, "夜宵能不能延到一点半？我们零点下班，走到食堂就没有了。"),
    ("canteen", 42, 4, "北门食堂的排风拖了三个月，没人管，油烟都进了宿舍。"),
    ("canteen", 18, 6, "定这个菜价的就是个废 物！"),
    ("canteen", 27, 9, "食堂的笨*蛋又把勺子拿小了。"),
    ("wind", 36, 2, "山上的兄弟注意保暖。"),
)
LIKED: Final = (("carbon-monoxide", 24), ("repair-line", 13), ("canteen", 31), ("wind", 17))
CRITICISM, REMOVED = "没人管", "废 物"
ANSWER: Final = (
    "风机十一月二十五日到货，二十六日夜里更换，由后勤部孙卫东负责，电话 8036。拖到现在是我们没有盯紧，对不起。"
)
REASON: Final = "对菜价有意见，请说哪一样贵了；骂人不行。改一改可以再发。"


def talk(editor: Any, articles: dict[str, Article]) -> int:
    """Let people comment and like; return how many comments there are. `editor` moderates the group."""
    for lane, by_sound, words in WORDS:
        moderation.add_words(actor=editor, space_id=GROUP_SPACE, words=words, lane=lane, by_sound=by_sound)
    people = list(Person.objects.exclude(status="left").order_by("pk").values_list("pk", flat=True)[:60])
    for number, (key, who, hours, text) in enumerate(SAID):
        with clock.pretend(_after(articles[key], hours)):
            said = write_comment(
                person_id=people[who], article=articles[key], text=text, client_key=f"demo-comment-{number}"
            )
            _decide(editor, text, articles[key].space_id, said.comment_id)
    for key, count in LIKED:
        for person in people[3 : 3 + count]:
            like_article(person_id=person, article=articles[key], liked=True)
    return len(SAID)


def _after(article: Article, hours: int) -> Any:
    return min(article.first_published_at + timedelta(hours=hours), clock.now())


def _decide(editor: Any, text: str, space_id: int, comment_id: int) -> None:
    """Let the moderator find the criticism and the insult; what else waits stays for whoever looks around."""
    case_id = case_of(kind="comment", space_id=space_id, object_id=comment_id)
    if case_id is not None and CRITICISM in text:
        moderation.decide_case(actor=editor, case_id=case_id, shown=True, lane="criticism")
        moderation.answer_case(actor=editor, case_id=case_id, text=ANSWER)
    elif case_id is not None and REMOVED in text:
        moderation.decide_case(actor=editor, case_id=case_id, shown=False, lane="attack", reason=REASON)
