"""What the made-up company writes about: policies explained, and how to live with shifts."""

from config.demo_company.stories import Story

NIGHT_PAY = Story(
    key="pay-night",
    title="系列解读②：夜班和加班，怎样不重复、不漏算",
    lead="同一个晚上，可能既有夜班津贴，又有加班工资。分清楚两样东西，就不会算错。",
    tag="系列解读",
    source="人力资源部",
    days_ago=2.9,
    picture="night-shift",
    column="policy",
    body=(
        (
            "text",
            [
                "上一期登出以后，我们收到一百六十多条提问，七成和夜班有关。先说结论：夜班津贴是因为“在夜里”，加班工资是因为“超了时”，两样互不代替，该有的都有。"
            ],
        ),
        ("heading", "三个例子"),
        (
            "table",
            {
                "caption": "同一个晚上，两样东西",
                "rows": "情形|夜班津贴|加班工资\n排班就是夜班，按时下班|记一次|没有\n白班下班后留到凌晨两点抢修|零点以后不满四小时，不记|从下班时间起算\n夜班下班又连上四小时|记一次|连上的四小时",
            },
        ),
        ("heading", "综合工时怎么看"),
        (
            "text",
            [
                "倒班岗位大多实行综合工时，按季度合计。一个季度里实际上班的钟点超过标准的部分算加班；碰上法定节假日上班，当天就按三倍算，不等季度末。",
                "每月五日，班组要把上月的钟点贴出来，每个人只看得到自己那一行。对不上的，十日以前告诉班长，当月就改。",
            ],
        ),
        ("heading", "谁来核对"),
        (
            "text",
            [
                "门禁、排班表、作业票三份记录互相核对，有一份能证明您在岗就算在岗。忘了打卡不会白干，也不需要写检讨，补一张条子就行。"
            ],
        ),
        ("quote", {"text": "我们宁可多查一遍，也不让一个夜班白上。", "source": "许文静，人力资源部"}),
        ("text", ["下一期：工资条上的每一行从哪里来，觉得不对，找谁、多久有回音。"]),
    ),
)

PAYSLIP = Story(
    key="pay-ask",
    title="系列解读③：看懂工资条，觉得不对这样问",
    lead="十一行字，每一行都有出处；问一句，三个工作日内要有人答。",
    tag="系列解读",
    source="人力资源部",
    days_ago=0.5,
    picture="office-dusk",
    column="policy",
    title_en="Explained, part 3: reading your payslip, and asking when it looks wrong",
    lead_en="Eleven lines, each with a source. Ask, and somebody answers within three working days.",
    body=(
        (
            "text",
            [
                "从明年一月的工资条开始，每一行后面都有一个小字：来源。点一下，就能看到这个数是从哪张表、哪几天算出来的。"
            ],
        ),
        ("heading", "最容易看错的三行"),
        (
            "text",
            [
                "“岗位津贴”是五个数算出来的合计，第一期讲过，点开可以看到五个数各是多少。",
                "“上月补差”是核对以后补给您的，后面写着补的是哪一天。",
                "“代扣”里面只有个人所得税、社会保险和住房公积金三样。见到第四样，请马上问。",
            ],
        ),
        ("heading", "找谁问"),
        (
            "table",
            {
                "caption": "三条路，任选一条",
                "rows": "怎么问|谁来答|多久\n班组考勤员，当面问|考勤员|当天\n工资条下面的“我有疑问”|本单位人力资源部|三个工作日\n“投诉与建议”，可以不走本单位|集团人力资源部|十五天",
            },
        ),
        ("heading", "问了会不会得罪人"),
        (
            "text",
            [
                "不会。提问的人和答复的人，在统计里都只是一个数。去年一共更正了二百一十九笔，其中一百九十四笔是少发了补上的，多发的二十五笔没有一笔倒扣当月工资。",
                "三期到这里就讲完了。同样的问题以后不再重复登，每个问题只留一个准的回答，改了就在原处改，写明哪天改的。",
            ],
        ),
    ),
    body_en=(
        (
            "text",
            [
                "From January each line of the payslip carries a small word: source. Tap it to see which table and which days the figure comes from.",
            ],
        ),
        ("heading", "Three lines that are often misread"),
        (
            "text",
            [
                "The post allowance is the sum of five figures, explained in part 1. “Correction for last month” says which day it corrects. Deductions are three and no more: income tax, social insurance and the housing fund. If you see a fourth, ask.",
            ],
        ),
        ("heading", "Whom to ask"),
        (
            "text",
            [
                "The timekeeper of your crew answers the same day; your unit’s personnel office within three working days; and the complaint door, which goes past your own unit, within fifteen days.",
            ],
        ),
    ),
)

SLEEP = Story(
    key="sleep",
    title="下夜班以后怎么睡：三十位老倒班的办法",
    lead="窗帘、时间、那碗面，小事凑在一起，就是一个好觉。",
    tag="身心健康",
    source="集团工会",
    days_ago=7.3,
    picture="moon-window",
    column="wellbeing",
    title_en="Sleeping after the night shift: what thirty old hands do",
    lead_en="Curtains, hours, a bowl of noodles: small things that add up to a good sleep.",
    body=(
        (
            "text",
            [
                "我们问了三十位倒班十五年以上的同事：下了夜班，您怎么睡着？回答很不一样，放在一起看，却有几样是差不多的。"
            ],
        ),
        ("heading", "回家路上就开始"),
        (
            "text",
            [
                "二十一位说，下班路上戴帽子或者墨镜。早晨的太阳会告诉身体“天亮了”，少看一会儿，睡意就留得住。",
                "开车的同事请特别当心：下夜班后的头半小时最容易犯困。困了就停下，通勤车上有您的座位，车可以留在厂里，停车不收费。",
            ],
        ),
        ("heading", "两段觉也是好觉"),
        (
            "text",
            [
                "十七位把一觉分成两段：上午睡四五个钟头，起来吃饭、接孩子，傍晚再睡一个半钟头。“不要逼自己一口气睡够，越逼越醒。”聚合车间的刘桂芳说。",
                "二十五位提到同一样东西：遮光窗帘。工会这个月给倒班宿舍全部换了新的，自己家里想装的，凭倒班证明可以报一副。",
            ],
        ),
        ("heading", "睡不着的时候"),
        (
            "text",
            [
                "躺了二十分钟还醒着，起来，到另一间屋坐一坐，灯调暗，困了再回去。手机放在够不着的地方。",
                "连着两三周睡不好，白天提不起精神，不是您不够坚强，请和班长说，也可以打员工关爱热线，打电话不用报姓名。",
            ],
        ),
        (
            "quote",
            {
                "text": "我老伴在门上挂个牌子：火车司机休息中。其实我是看泵的，可孙子就信这个。",
                "source": "周国平，储运部",
            },
        ),
    ),
    body_en=(
        (
            "text",
            [
                "We asked thirty colleagues with more than fifteen years of shifts how they fall asleep after a night. Their answers differ, and some things come back again and again.",
            ],
        ),
        ("heading", "It begins on the way home"),
        (
            "text",
            [
                "Twenty-one wear a cap or dark glasses: less morning sun, more sleep left. If you drive, take care in the first half hour. If you are tired, stop; there is a seat for you on the bus, and your car may stay.",
            ],
        ),
        ("heading", "Two sleeps are fine"),
        (
            "text",
            [
                "Seventeen sleep twice: four or five hours in the morning, ninety minutes before dusk. Twenty-five name the same thing, dark curtains. The union has hung new ones in all shift dormitories this month.",
            ],
        ),
    ),
)

HOME_CALL = Story(
    key="home-call",
    title="给家里打电话，说点什么好",
    lead="外派同事说，最难的不是想家，是拿起电话只剩“都好”两个字。",
    tag="身心健康",
    source="海外事业部",
    days_ago=10.4,
    picture="two-lamps",
    column="wellbeing",
    title_en="Calling home: what to talk about",
    lead_en="The hardest part is not missing home, say colleagues abroad. It is when “all is well” is all you can say.",
    body=(
        (
            "text",
            [
                "阿拉木图和北京差三个钟头，马斯喀特差四个。等这边下班，家里的孩子已经睡了。很多同事说，通话越来越短，不是没有话，是不知道从哪儿说起。",
                "海外事业部的几位心理辅导员和家属一起，攒了一张“小话题”清单。您不必照着说，只当是起个头。",
            ],
        ),
        ("heading", "问得小一点"),
        (
            "text",
            [
                "不问“最近怎么样”，问“今天午饭吃的什么”“楼下那棵树叶子掉完没有”。小问题好回答，回答着回答着，话就长了。",
                "和孩子打电话，可以一起做一件事：同时画一只猫，画完对着镜头比谁的丑。",
            ],
        ),
        ("heading", "说一说难处"),
        (
            "text",
            [
                "“报喜不报忧”是疼家人，可是家人听得出来。说“这周有点累，睡一觉就好”，比“都好”更让人放心。",
                "家里有事您一时回不去，请直接告诉项目部。去年有十一位同事因此改了轮休，没有一位被问“能不能再坚持坚持”。",
            ],
        ),
        (
            "quote",
            {
                "text": "他每次都说沙漠里的月亮特别大。我就每晚看看我们这边的，觉得也大了一点。",
                "source": "一位马斯喀特项目部同事的妻子",
            },
        ),
    ),
    body_en=(
        (
            "text",
            [
                "Almaty is three hours behind Beijing, Muscat four. When work ends here, the children at home are asleep. Calls get shorter, not for want of love but for want of a beginning.",
            ],
        ),
        ("heading", "Ask small questions"),
        (
            "text",
            [
                "Not “how are things” but “what was for lunch”, or “has the tree downstairs lost its leaves”. With children, do something together: draw the same cat, and see whose is uglier.",
            ],
        ),
        ("heading", "Say what is hard"),
        (
            "text",
            [
                "“A tiring week, I will sleep it off” comforts more than “all is well”. If you are needed at home, tell the project office: eleven colleagues changed their leave last year, and nobody was asked to hold out.",
            ],
        ),
    ),
)

EXPLAINED = (NIGHT_PAY, PAYSLIP, SLEEP, HOME_CALL)
