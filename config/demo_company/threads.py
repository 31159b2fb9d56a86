"""How the articles of the demo hang together: columns, two series, a topic, the words they use, what they answer."""

from typing import Any, Final

from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom import services
from fenjin.newsroom.models import Article, Column

COLUMNS: Final = {
    "front": ("一线故事", "From the line"),
    "safety": ("安全", "Safety"),
    "policy": ("政策解读", "Explained"),
    "people": ("人物", "People"),
    "abroad": ("海外", "Abroad"),
    "wellbeing": ("身心健康", "Well-being"),
}

# kind, title, lead, planned, English title and lead, articles in their order
SERIES: Final[tuple[tuple[str, str, str, int | None, str, str, tuple[str, ...]], ...]] = (
    (
        "series",
        "岗位津贴，三期讲清楚",
        "三十一页的文件，挑出和每个人有关的。读完这三期，您就能自己核对工资条。",
        3,
        "The post allowance in three parts",
        "What matters to you in a document of thirty-one pages. After it you can check your own payslip.",
        ("pay", "pay-night", "pay-ask"),
    ),
    (
        "series",
        "平安过冬小课",
        "一课讲一件事，五分钟读完，和身边的人一起过一遍。",
        5,
        "Safe through winter",
        "One thing at a time, five minutes each. Go through it with the people next to you.",
        ("carbon-monoxide", "frozen-pipe", "hot-work", "confined-space"),
    ),
    (
        "topic",
        "一起过冬",
        "冷的时候，平安和热乎的东西放在一起。",
        None,
        "Winter together",
        "Safety, and something warm.",
        ("winter", "canteen", "wind", "almaty", "carbon-monoxide", "sleep"),
    ),
)

# word, other spellings, meaning, English word and meaning
TERMS: Final[tuple[tuple[str, tuple[str, ...], str, str, str], ...]] = (
    (
        "受限空间",
        (),
        "罐、井、沟、塔这类进出口小、通风不好、不是给人长待的地方。进去之前要通风、检测、办票。",
        "confined space",
        "A tank, pit or vessel with a narrow way in and little air. Ventilate, test and get a permit before entering.",
    ),
    (
        "动火票",
        ("动火作业票",),
        "准许在某地、某段时间里用火的单子，写明谁审批、谁监护。",
        "permit",
        "The paper that allows hot work.",
    ),
    (
        "一氧化碳",
        (),
        "燃料没烧透时产生的气体，没有颜色和气味，吸进去会让人头晕、昏迷。",
        "carbon monoxide",
        "A gas without colour or smell, made when fuel burns badly. Breathing it makes one dizzy, then unconscious.",
    ),
    (
        "空气呼吸器",
        ("呼吸器",),
        "自带一瓶压缩空气的面罩。口罩和湿毛巾都不能代替它。",
        "breathing apparatus",
        "A mask with its own bottle of air. No cloth replaces it.",
    ),
    ("冻堵", (), "管线里的水结成冰，把流程堵住。", "", ""),
    ("盲板", (), "一块没有孔的钢板，夹在法兰之间，把管道隔断。", "", ""),
    (
        "法兰",
        (),
        "管道两端带螺栓孔的圆盘，两片对上、拧紧，管道就接起来了。",
        "flange",
        "A ring with bolt holes that joins two pipes.",
    ),
    (
        "裂解炉",
        (),
        "把石脑油加热到八百多度、拆成乙烯等小分子的炉子，是乙烯装置的第一道工序。",
        "furnace",
        "Here: where naphtha is heated above 800 degrees and broken into ethylene.",
    ),
    ("结焦", (), "炉管内壁慢慢积起一层炭，积厚了就要停炉烧掉。", "", ""),
    (
        "综合工时",
        ("综合计算工时",),
        "不按天、按一段时间（比如一个季度）合计上班钟点的办法，倒班岗位常用，须经人社部门批准。",
        "",
        "",
    ),
    ("岗位系数", (), "由岗位的强度和责任定的一个数，用来算岗位津贴。", "", ""),
    ("艰苦系数", (), "在高原、沙漠、海上、境外工作时，岗位津贴要乘上的一个数。", "", ""),
    ("职代会", (), "职工代表大会。和每个人有关的办法，要先经它讨论通过。", "", ""),
    ("值长", (), "一个班次里负责的人。", "", ""),
    ("掌子面", (), "隧道里正在往前挖的那一面石壁。", "face", "The wall of rock at which a tunnel is being dug."),
    ("桥吊", (), "码头上吊集装箱的大型起重机，驾驶室跟着箱子一起走。", "", ""),
)

# question, other wordings, answer, owner, key of the article; English question and answer
ANSWERS: Final[tuple[tuple[str, tuple[str, ...], str, str, str, str, str], ...]] = (
    (
        "新津贴算出来比原来少，怎么办？",
        ("岗位津贴会不会变少",),
        "按原来的发，满两年再看。这一条写在文件第二十八条，不用申请。",
        "人力资源部",
        "pay",
        "What if the new allowance is less than the old one?",
        "You keep the old amount for two years, by article 28. You need not apply.",
    ),
    (
        "夜班从几点开始算一次？",
        ("几点以后算夜班",),
        "零点以后满四小时算一次。不满四小时不记夜班津贴，超出排班的时间照算加班。",
        "人力资源部",
        "pay-night",
        "",
        "",
    ),
    (
        "忘了打卡，夜班还算吗？",
        (),
        "算。门禁、排班表、作业票有一份能证明您在岗就行。补一张条子，不写检讨。",
        "人力资源部",
        "pay-night",
        "",
        "",
    ),
    (
        "工资条上的数不对，找谁？",
        ("工资发错了怎么办",),
        "点工资条下面的“我有疑问”，三个工作日内答复。不想经过本单位，可以写给“投诉与建议”。",
        "人力资源部",
        "pay-ask",
        "Whom do I ask when a figure on my payslip is wrong?",
        "Press “I have a question” below it; you get an answer within three working days. Or use the complaint door.",
    ),
    (
        "报警器响了，可以先按静音再看看吗？",
        ("报警器误报怎么办",),
        "不可以。先开门开窗，人出去，点人数，再打应急电话。响过的报警器当天检测或者换新。",
        "安全监督部",
        "carbon-monoxide",
        "The alarm sounds. May I mute it and have a look?",
        "No. Open door and windows, get everybody out, count heads, then call. The alarm is tested or replaced that day.",
    ),
    (
        "同伴在罐里晕倒，我能下去救吗？",
        (),
        "先喊人、用绳子往上拉。只有戴好空气呼吸器、系好绳、上面有人拉着，才可以下去。",
        "安全监督部",
        "confined-space",
        "",
        "",
    ),
)
# What the first answer to this question said, before the rule was changed.
OLD_ANSWER: Final = (
    "体检预约可以改几次？",
    "可以改一次。",
    "可以改约两次，提前一天在预约页面改。倒班的同事优先选周二、周四。",
    "人力资源部",
    "health-check",
)


def make_columns(editor: Any) -> dict[str, Column]:
    """Open the columns of the group and return them by key."""
    return {
        key: services.add_column(actor=editor, space_id=GROUP_SPACE, name=name, name_en=name_en)
        for key, (name, name_en) in COLUMNS.items()
    }


def tie(editor: Any, made: dict[str, Article]) -> None:
    """Put the published articles into their series, explain their words and answer what is asked of them."""
    for kind, title, lead, planned, title_en, lead_en, keys in SERIES:
        _make_series(
            editor,
            [made[key] for key in keys],
            kind,
            title,
            lead=lead,
            planned=planned,
            title_en=title_en,
            lead_en=lead_en,
        )
    for word, aliases, meaning, word_en, meaning_en in TERMS:
        services.write_term(
            actor=editor,
            space_id=GROUP_SPACE,
            word=word,
            aliases=list(aliases),
            meaning=meaning,
            word_en=word_en,
            meaning_en=meaning_en,
        )
    for question, wordings, text, owner, key, question_en, text_en in ANSWERS:
        services.write_answer(
            actor=editor,
            space_id=GROUP_SPACE,
            question=question,
            wordings=list(wordings),
            text=text,
            owner=owner,
            article_id=made[key].pk,
            question_en=question_en,
            text_en=text_en,
        )
    _replace_one(editor, made)


def _make_series(editor: Any, articles: list[Article], kind: str, title: str, **words: Any) -> None:
    series = services.make_series(actor=editor, space_id=GROUP_SPACE, kind=kind, title=title, **words)
    for article in articles:
        services.add_part(actor=editor, series=series, article_id=article.pk)
    whole = kind == "series" and len(articles) == series.planned
    services.set_state(actor=editor, series=series, state="finished" if whole else "open")


def _replace_one(editor: Any, made: dict[str, Article]) -> None:
    """Let one answer have a past, so that the way from the old to the new one can be seen."""
    question, before, now, owner, key = OLD_ANSWER
    old = services.write_answer(actor=editor, space_id=GROUP_SPACE, question=question, text=before, owner=owner)
    services.replace_answer(actor=editor, old=old, question=question, text=now, owner=owner, article_id=made[key].pk)
