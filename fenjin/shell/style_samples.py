"""What the style page shows: every component, in every state, with words that could be real."""

from typing import Any

from django.utils import translation

from fenjin.kit.components import (
    ArticleHead,
    Button,
    Component,
    ConfirmBar,
    Crumb,
    Crumbs,
    Empty,
    Hit,
    LeadStory,
    Letter,
    More,
    Notice,
    Picture,
    Receipt,
    Row,
    SearchBox,
    SessionRow,
    Sheet,
    ShellFrame,
    SpaceChoice,
    StoryRow,
    Tab,
    Tag,
    Tile,
    Tiles,
    Toast,
    Todo,
    TodoRow,
)
from fenjin.kit.covers import cover_data_uri
from fenjin.kit.phrases import with_marks
from fenjin.spaces.selectors.looks import Contact


def say(chinese: str, english: str) -> str:
    """Return the sample words in the language of the page."""
    return chinese if (translation.get_language() or "zh").startswith("zh") else english


def picture(seed: str) -> Picture:
    """Return a drawn cover."""
    return Picture(src=cover_data_uri(seed), alt="")


def frame(active: str = "home", *, theme: Any = "light", scale: Any = 1, all_tabs: bool = True) -> ShellFrame:
    """Return the frame around a sample page."""
    tabs = (
        Tab("home", say("首页", "Home"), "#", "home"),
        Tab("learn", say("学习", "Learn"), "#", "learn"),
        Tab("activities", say("活动", "Activities"), "#", "star"),
        Tab("services", say("服务", "Services"), "#", "grid"),
        Tab("me", say("我的", "Me"), "#", "me"),
    )
    spaces = (
        SpaceChoice(1, say("启明集团", "Qiming Group"), "启"),
        SpaceChoice(2, say("华东分公司", "East China Branch"), "华", current=True),
    )
    return ShellFrame(
        space_name=say("华东分公司", "East China Branch"),
        tabs=tabs if all_tabs else (tabs[0], tabs[4]),
        active=active,
        signed_in=True,
        unread=True,
        search_url="#",
        inbox_url="#",
        spaces=spaces,
        spaces_url="#",
        complaint_url="#",
        why_url="#",
        contact=Contact(
            say("平台服务台", "Platform help desk"), "010-5555 0101", say("工作日 8:30–17:30", "weekdays 8:30–17:30")
        ),
        theme=theme,
        scale=scale,
        language="zh-CN" if say("zh", "en") == "zh" else "en",
    )


def todo(done: int = 1) -> Todo:
    """Return the card of today's things with `done` rows done."""
    rows = (
        TodoRow(
            say("必读：冬季安全生产十条", "To confirm: ten winter safety rules"),
            "#",
            say("去读", "Read"),
            (say("今天 18:00 前", "before 18:00 today"), say("约 3 分钟", "about 3 minutes")),
            done=done > 2,
        ),
        TodoRow(
            say("每日一答", "Question of the day"),
            "#",
            say("开始", "Start"),
            (say("5 道题", "5 questions"),),
            icon="bolt",
            tone="jin",
            done=done > 1,
        ),
        TodoRow(
            say("心情随记", "A note on my mood"),
            "#",
            say("去写", "Write"),
            (say("已完成", "done"), say("只有你自己能看到", "only you can see it")),
            icon="heart",
            tone="qing",
            done=done > 0,
        ),
    )
    note = say("都是你自己选的，做不做由你", "Your own choice; nothing is counted against you")
    return Todo(rows, say("今日三件事", "Three things today"), note)


def tiles() -> Tiles:
    """Return five services."""
    return Tiles(
        (
            Tile(say("直播课", "Live"), "#", "play", "lan"),
            Tile(say("心理咨询", "Counsel"), "#", "heart", "qing"),
            Tile(say("直通车", "Ask"), "#", "chat", "zi"),
            Tile(say("团购", "Group buy"), "#", "bag", "jin"),
            Tile(say("期刊", "Journal"), "#", "journal", "zhu"),
        )
    )


def lead() -> LeadStory:
    """Return the first news item."""
    return LeadStory(
        say("凌晨四点的检修线：一支平均年龄27岁的班组", "Four in the morning on the repair line: a crew aged 27"),
        "#",
        picture("rails-1"),
        Tag(say("一线故事", "From the line")),
        (say("华东工会", "East China union"), say("1.2 万人读过", "12k readers")),
    )


def stories() -> tuple[StoryRow, ...]:
    """Return compact news rows: with, without a picture and with a long title."""
    return (
        StoryRow(
            say("第三采气队打完今年最深的一口井", "Gas team three finishes the deepest well of the year"),
            "#",
            picture("rig-4"),
            Tag(say("生产", "Production"), "lan"),
            (say("今天 07:40", "today 07:40"),),
        ),
        StoryRow(
            say(
                "关于调整2026年度职工体检安排的通知：新增甲状腺与肺功能两项，外派人员可就近选院",
                "Health checks 2026: thyroid and lung tests added, staff abroad choose a nearby hospital",
            ),
            "#",
            picture("harbour-2"),
            Tag(say("通知", "Notice"), "jin"),
            (say("人力资源部", "Human resources"), say("昨天 17:05", "yesterday 17:05")),
        ),
        StoryRow(
            say("食堂意见，这周改了七条", "Canteen: seven things changed this week"),
            "#",
            meta=(say("11月20日", "20 Nov"),),
        ),
    )


def letters() -> tuple[Letter, ...]:
    """Return messages: to confirm and unread, unread, read."""
    return (
        Letter(
            say("冬季安全生产十条", "Ten winter safety rules"),
            "#",
            say("请在今天 18:00 前读完并确认。", "Please read and confirm before 18:00 today."),
            (Tag(say("请确认", "please confirm"), "jin"),),
            (say("安全监督部", "Safety office"), "08:30"),
            unread=True,
            icon="flag",
            tone="jin",
        ),
        Letter(
            say("职工宿舍网络今晚升级", "Dormitory network upgrade tonight"),
            "#",
            meta=(say("后勤中心", "Services"), say("昨天 16:12", "yesterday 16:12")),
            unread=True,
        ),
        Letter(
            say("您已确认《用电安全须知》", "You confirmed “Electrical safety”"),
            "#",
            tags=(Tag(say("已确认", "confirmed"), "qing"),),
            meta=(say("11月18日", "18 Nov"),),
            icon="done",
            tone="qing",
        ),
    )


def sections() -> list[tuple[str, list[Component]]]:
    """Return the components that stand by themselves, by heading."""
    must = say("今天 18:00", "18:00 today")
    return [
        ("Todo", [todo(0), todo(1), todo(3)]),
        ("Tiles", [tiles()]),
        ("LeadStory", [lead()]),
        (
            "Notice",
            [
                Notice(say("前读完并确认", "is the time to confirm by"), must, "due"),
                Notice(say("已收到您的确认。", "Your confirmation has arrived."), tone="done"),
                Notice(say("英文版暂缺，以下为中文。", "There is no English version yet; this is the Chinese one.")),
                Notice(say("代码已用过，请向管理员要一个新的。", "This code was used. Ask for a new one."), tone="bad"),
                Notice(say("本页只有收件人能看到。", "Only recipients can see this page."), tone="plain", icon="lock"),
            ],
        ),
        ("Toast", [Toast(say("已保存", "Saved"))]),
        ("SearchBox", [SearchBox("#"), SearchBox("#", say("安全生产", "safety"))]),
        (
            "Hit",
            [
                Hit(
                    with_marks(say("冬季安全生产十条", "Ten winter safety rules"), [say("安全", "safety")]),
                    "#",
                    with_marks(
                        say("为保障职工平安过冬，请对照以下安全十条逐项落实", "Go through the safety rules one by one"),
                        [say("安全", "safety")],
                    ),
                    Tag(say("必读", "Must read")),
                    (say("11月22日", "22 Nov"),),
                    picture("plant-1"),
                )
            ],
        ),
        ("Receipt", [Receipt("QM-2611-004827", say("11月22日 09:12 确认", "confirmed 22 Nov, 09:12"))]),
        (
            "Crumbs",
            [
                Crumbs(
                    (
                        Crumb(say("启明集团", "Qiming Group"), "#"),
                        Crumb(say("华东分公司", "East China"), "#"),
                        Crumb(say("检修一班", "Repair crew 1")),
                    )
                )
            ],
        ),
        (
            "SessionRow",
            [
                SessionRow(say("这台手机", "This phone"), say("刚刚使用", "just now"), current=True),
                SessionRow(
                    say("办公电脑", "Office computer"), say("昨天 17:05", "yesterday 17:05"), phone=False, end_url="#"
                ),
            ],
        ),
        ("Sheet", [Sheet("sample-sheet", say("更多", "More"), say("打开", "Open"), "#", sheet_rows())]),
        ("More", [More("#")]),
        ("Empty", [empty(art) for art in ("rest", "track", "lamp")]),
    ]


def sheet_rows() -> tuple[Row, ...]:
    """Return the ways on in a sheet, one of them the current one."""
    return (
        Row(say("启明集团", "Qiming Group"), "#", note=say("全集团", "the whole group"), icon="building", tone="zhu"),
        Row(say("华东分公司", "East China Branch"), "#", icon="building", tone="lan", current=True),
    )


def empty(art: Any) -> Empty:
    """Return the empty state with one of the three pictures."""
    words = {
        "rest": (
            say("都读完了，歇一会儿", "All read. Take a rest"),
            say("有新消息时，这里会亮起来。", "This will light up when something arrives."),
        ),
        "track": (
            say("这条轨道到头了", "The track ends here"),
            say("这里没有给您看的内容。", "There is nothing here for you."),
        ),
        "lamp": (say("没有找到", "Nothing found"), say("换一个词，或少写几个字。", "Try another word, or fewer.")),
    }[art]
    return Empty(words[0], words[1], art, Button(say("回首页", "Home"), "#"))


def confirm() -> tuple[ArticleHead, ConfirmBar]:
    """Return head and bar of a must-read."""
    head = ArticleHead(
        say("冬季安全生产十条", "Ten winter safety rules"),
        Tag(say("安全生产", "Safety")),
        (say("安全监督部", "Safety office"), say("11月22日 08:30", "22 Nov, 08:30")),
    )
    return head, ConfirmBar("#", "sample-key", "confirm:sample")
