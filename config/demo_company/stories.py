"""What the made-up company writes about: stories from the line."""

from dataclasses import dataclass

# A part of a body: (kind, value); text is a list of paragraphs.
type Part = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the demo. `space` is the unit of its sub-platform, empty for the group."""

    key: str
    title: str
    lead: str
    tag: str
    source: str
    days_ago: float
    body: tuple[Part, ...]
    title_en: str = ""
    lead_en: str = ""
    body_en: tuple[Part, ...] = ()
    space: str = ""
    picture: str = ""
    column: str = ""
    recipients_only: bool = False


REPAIR_LINE = Story(
    key="repair-line",
    column="front",
    title="凌晨四点的检修线：一支平均年龄27岁的班组",
    lead="裂解炉停下来的十六天里，他们把每一颗螺栓都摸了一遍。",
    tag="一线故事",
    source="集团工会",
    days_ago=0.12,
    picture="rails",
    title_en="Four in the morning on the repair line: a crew aged 27",
    lead_en="In the sixteen days the furnace stood still, they put a hand on every bolt.",
    body=(
        (
            "text",
            [
                "凌晨四点，华东石化的检修线上只剩下三种声音：扳手咬住螺母的咔嗒声，对讲机里压低的报数声，还有远处江面上偶尔的一声汽笛。",
                "检修一班一共十一个人，平均年龄27岁。班长王海宁今年三十四，是班里的“老人”。他不爱说话，记性却好，哪一颗螺栓上回是谁拧的、用了多大力矩，他都说得出来。",
            ],
        ),
        ("heading", "一颗螺栓的三次签名"),
        (
            "text",
            [
                "这次大检修，一班负责三号裂解炉的法兰，一共两千一百四十六颗螺栓。每一颗要经过三个人：拆的人签一次，清洗测量的人签一次，回装的人再签一次。",
                "“不是不相信谁。”王海宁说，“是想让每个人都知道，后面有人接着你，你也接着前面的人。”",
            ],
        ),
        ("heading", "把难处写在白板上"),
        (
            "text",
            [
                "休息棚里有一块白板，左边写进度，右边写“难处”。第三天，右边第一条是：夜里灯太晃眼，看不清刻度。第四天下午，后勤送来了六盏可以调方向的工作灯。第六天，又有人写：雨靴里进水。第七天，每人领到一双新的。",
                "到检修结束，右边一共写过二十三条，划掉了二十二条。剩下的那一条是新来的小周写的：想家。没有人去划它，只是那天晚上，食堂多做了一锅红烧肉。",
            ],
        ),
        (
            "quote",
            {
                "text": "机器停下来的时候，人要动得更仔细。等它再转起来，一家人才睡得着。",
                "source": "王海宁，检修一班班长",
            },
        ),
        (
            "text",
            [
                "第十六天清晨六点二十分，三号炉点火一次成功。班里没有人欢呼，大家站在栏杆边看了一会儿火，然后去吃早饭。",
            ],
        ),
    ),
    body_en=(
        (
            "text",
            [
                "At four in the morning there are three sounds left on the repair line: a spanner biting a nut, low voices counting over the radio, and now and then a ship’s horn on the river.",
                "Repair Crew 1 has eleven people, 27 years old on average. Wang Haining, who leads them, is thirty-four. He says little and forgets nothing: which bolt, whose hand, how much torque.",
            ],
        ),
        ("heading", "Three signatures for one bolt"),
        (
            "text",
            [
                "Furnace 3 has 2,146 flange bolts. Each passes through three hands: one signs for taking it out, one for cleaning and measuring, one for putting it back.",
                "“It is not that we distrust anybody,” says Wang. “Everyone should know that somebody comes after them, and somebody came before.”",
            ],
        ),
        (
            "text",
            [
                "On the sixteenth morning, at 6.20, the furnace lit at the first try. Nobody cheered. They watched the flame for a while, and then went to breakfast."
            ],
        ),
    ),
)

WIND = Story(
    key="wind",
    column="front",
    title="山脊上的来信：守着六十六台风机过冬",
    lead="海拔两千四百米，手机信号要看风的脸色，他们每天给山下写一封信。",
    tag="一线故事",
    source="南方新能源公司",
    days_ago=1.3,
    picture="wind",
    title_en="Letters from the ridge: a winter with sixty-six turbines",
    lead_en="At 2,400 metres the signal comes and goes with the wind, so they write a letter a day.",
    body=(
        (
            "text",
            [
                "山脊风电场有六十六台风机，值守的人只有八个。去年入冬以后大雪封路，换班要等铲雪车，最长的一次，他们在山上连住了三十一天。",
                "信号不好，值长沈静就在值班记录后面加了一页，叫“今日来信”。谁都可以写，写什么都行，第二天一早随数据一起发到集控中心。",
            ],
        ),
        ("heading", "第十九封"),
        (
            "quote",
            {
                "text": "今天零下十四度，四十二号机叶片结冰，我们爬上去看了，没有大碍。下来的时候云在脚底下，像一床没有叠好的被子。",
                "source": "沈静，去年十二月三日",
            },
        ),
        ("heading", "山下的回信"),
        (
            "text",
            [
                "集控中心的值班员一开始只是收着，后来有人回了一句“注意保暖”，再后来，山下也开始写：谁家的孩子会走路了，食堂新来了一位做米线的师傅，东门的梅花开了第一朵。",
                "到今年开春，来信一共攒了一百零四封。眼看又要入冬，沈静说，她想把这些信装订成一本，放在上山的车里。“后来的人上山，路上正好看完。”",
            ],
        ),
    ),
)

CANTEEN = Story(
    key="canteen",
    column="wellbeing",
    picture="canteen",
    title="食堂意见，这周改了七条",
    lead="上周收到四十三条，能马上改的先改，一时改不了的说清楚为什么。",
    tag="办实事",
    source="集团工会",
    days_ago=2.4,
    title_en="The canteen: seven things changed this week",
    lead_en="Forty-three remarks came in; what could be changed at once was, and the rest is explained.",
    body=(
        (
            "text",
            [
                "谢谢每一位写意见的人。四十三条里，说菜的二十条，说排队的十一条，说价格的六条，其余的我们也一条一条看了。"
            ],
        ),
        ("heading", "已经改的"),
        (
            "table",
            {
                "caption": "本周改动",
                "rows": "原来|现在|从哪天起\n夜班只有面条|加一份热菜和米饭|周一\n汤偏咸|分“正常”和“少盐”两桶|周一\n清真窗口排长队|午饭高峰开两个窗口|周二\n没有素菜拼盘|每天一份，八元|周三\n餐盘有水渍|换了烘干机|周三\n小碗菜太少|增加到六种|周四\n看不到菜价|门口屏幕提前一天公布|周五",
            },
        ),
        ("heading", "还没改的"),
        ("text", ["早餐提前到六点：正在和夜班同事商量，怎样不让做早餐的师傅起得更早。下周五前给大家答复。"]),
    ),
)

GAS_WELL = Story(
    key="gas-well",
    title="第三采气队打完今年最深的一口井",
    lead="七千八百二十米，一百六十四天，没有一次带伤上岗。",
    tag="生产",
    source="西北油田公司",
    days_ago=0.7,
    space="西北油田公司",
    picture="rig",
    body=(
        (
            "text",
            [
                "昨天下午三点，沙漠深处的“远望七井”钻至七千八百二十米，完钻。这是西北油田今年最深的一口井，也是第三采气队第一次独立承担超深井。"
            ],
        ),
        ("picture", "rig"),
        (
            "text",
            [
                "队长马春梅是队里唯一的女队长。她在井场立了一条规矩：谁觉得不对，谁就可以叫停，叫停的人不用解释，先停下来再说。一百六十四天里，一共叫停过九次，有六次事后证明虚惊一场。",
                "“虚惊一场最好。”她说，“我愿意天天虚惊一场。”",
            ],
        ),
    ),
)

STORIES = (REPAIR_LINE, GAS_WELL, WIND, CANTEEN)
