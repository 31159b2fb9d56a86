"""What the made-up company writes about: a series of short lessons for the winter."""

from config.demo_company.stories import Story

CARBON_MONOXIDE = Story(
    key="carbon-monoxide",
    title="平安过冬小课①：报警器响了，先做哪一步",
    lead="一氧化碳看不见、闻不着，它唯一的声音，是墙上那个小盒子。",
    tag="安全生产",
    source="安全监督部",
    days_ago=12.2,
    picture="cabin",
    column="safety",
    title_en="Safe through winter 1: the alarm sounds. What comes first?",
    lead_en="You cannot see or smell carbon monoxide. Its only voice is the little box on the wall.",
    body=(
        (
            "text",
            [
                "去年腊月，西北油田一处井场的野营房里，凌晨两点报警器响了。值班的小邓第一反应是“又误报”，伸手要去按静音。睡在上铺的老师傅一把拉住他，推开门，把四个人都叫到了雪地里。",
                "十分钟以后仪器测出来，屋里的一氧化碳已经超标。烟道接头松了半厘米，谁都没有看见。",
            ],
        ),
        ("heading", "记住四步，顺序不要换"),
        (
            "table",
            {
                "caption": "报警器响了以后",
                "rows": "先后|做什么|不要做\n1|开门开窗，人先出去|不要找是哪里漏\n2|在外面点人数|不要独自回去叫人\n3|打应急电话，头晕恶心的打120|不要让头晕的人自己走动\n4|佩戴空气呼吸器的人进去处理|不要用湿毛巾当防护",
            },
        ),
        ("heading", "三个常见的误会"),
        (
            "text",
            [
                "“开着一条窗缝就没事。”不一定。风向一变，烟会从烟道倒灌回来。窗缝是好习惯，报警器才是保障。",
                "“装高一点更灵。”一氧化碳和空气差不多重，会和热气一起上升，也会均匀散开。按说明书装在离睡铺近、没有遮挡的地方，比装得高更要紧。",
                "“响一下又停了，是坏了。”先按真的办。坏的报警器当天换新，换下来的交安全员，不要扔进抽屉。",
            ],
        ),
        ("heading", "今晚就能做的一件事"),
        ("text", ["按一下报警器上的测试键，听一声响。没有响，就给班组安全员打电话，二十四小时都有人接。"]),
    ),
    body_en=(
        (
            "text",
            [
                "Last winter, at two in the morning, the alarm went off in a cabin at a well site. Young Deng reached for the mute button: another false alarm. The old hand in the upper bunk caught his arm, opened the door and had all four of them out in the snow.",
                "Ten minutes later the meter showed too much carbon monoxide. A flue joint had slipped by half a centimetre. Nobody had seen it.",
            ],
        ),
        ("heading", "Four steps, in this order"),
        (
            "text",
            [
                "Open the door and the windows and get everybody out. Count heads outside. Call the emergency number, and an ambulance for anybody who feels dizzy or sick. Only people with breathing apparatus go back in.",
            ],
        ),
        ("heading", "One thing to do tonight"),
        ("text", ["Press the test button of the alarm. If it stays silent, ring your crew’s safety officer now."]),
    ),
)

FROZEN_PIPE = Story(
    key="frozen-pipe",
    title="平安过冬小课②：管线冻住了，为什么不能砸",
    lead="冰在管子里像一枚塞子，砸开的那一下，它会变成一颗子弹。",
    tag="安全生产",
    source="安全监督部",
    days_ago=9.1,
    picture="pipeline",
    column="safety",
    body=(
        (
            "text",
            [
                "零下二十度的早晨，集输站的老问题又来了：阀组冻堵，流程不通。有人说拿锤子敲两下就好，有人说点个火烤一烤。这两样，都出过人命。",
                "冻堵段的两头压力往往不一样。冰塞一旦松动，会被压力推着走，几米以内就能打穿弯头和盲板。火烤更危险：管壁外面看着没事，里面的气已经热到要找出口。",
            ],
        ),
        ("heading", "怎么化才对"),
        (
            "text",
            [
                "先泄压，再加热。两头的压力表都归零，确认有出口，才能开始。",
                "用热水或者蒸汽，从有出口的一端往里，一段一段慢慢来，让化开的水和气有地方去。",
                "人站在侧面，不正对法兰、盲板和弯头。旁边留一个人看压力表，看表的人不干别的。",
            ],
        ),
        (
            "quote",
            {
                "text": "我们站去年冬天化了四十七次冻堵，最长的一次用了六个小时。六个小时很长，可是比一辈子短。",
                "source": "张雪峰，西北油田集输站站长",
            },
        ),
        ("heading", "比化冻更省力的是不冻"),
        (
            "text",
            [
                "停用的管线要放空、吹扫，最低点的丝堵要打开。伴热带白天就该摸一遍，别等夜里降温。每班交接时，请把“哪一段停着没放空”写在交接本第一行。"
            ],
        ),
    ),
)

HOT_WORK = Story(
    key="hot-work",
    title="平安过冬小课③：一张动火票，三十分钟的有效期",
    lead="气体分析合格以后，超过三十分钟没动火，就得重测。为什么是三十分钟？",
    tag="安全生产",
    source="安全监督部",
    days_ago=6.2,
    picture="weld",
    column="safety",
    title_en="Safe through winter 3: thirty minutes on a hot-work permit",
    lead_en="If no work has begun thirty minutes after the gas test, test again. Why thirty?",
    body=(
        (
            "text",
            [
                "冬天门窗关得严，风小，气散得慢。上午九点测出来是零的一个角落，九点四十可能就不是零了：隔壁装置排了一次液，风向转了，或者只是太阳出来，管沟里的气往上走了。",
                "三十分钟不是拍脑袋定的，是把几十起事故的时间线摆在一起，看出来的一条界线。",
            ],
        ),
        ("heading", "看三遍，看什么"),
        (
            "text",
            [
                "看票：级别对不对，地点对不对，时间过没过。票过了时间就重开，不要在旧票上改。",
                "看气：测的点位和动火的点位是不是同一处，高、中、低都要测。",
                "看人：监护人在不在，手里有没有灭火器，知道不知道往哪边跑。监护人离开一步，火就停。",
            ],
        ),
        ("heading", "等一等，不丢人"),
        (
            "text",
            [
                "检修二班上个月有一张票作废了三次。第三次重测的时候，仪器跳了一下，查出来是三十米外的排污阀内漏。那天的活儿晚了两个小时，班长何冬梅请大家喝了羊汤。"
            ],
        ),
        ("quote", {"text": "票作废不是白干。作废的那三次，是它在替我们说话。", "source": "何冬梅，检修二班班长"}),
    ),
    body_en=(
        (
            "text",
            [
                "In winter doors stay shut, there is little wind, and gas lingers. A corner that read zero at nine may not be zero at nine forty: a unit next door has drained, the wind has turned, or the sun has warmed a trench.",
                "Nobody made up the thirty minutes. They came from laying the timelines of many accidents side by side.",
            ],
        ),
        ("heading", "Look three times"),
        (
            "text",
            [
                "Look at the permit: grade, place, time. Look at the gas: was it measured where the spark will be, high, middle and low? Look at the people: is the fire watch there, extinguisher in hand, and does everybody know which way to run?",
            ],
        ),
    ),
)

CONFINED_SPACE = Story(
    key="confined-space",
    title="平安过冬小课④：救人之前，先别下去",
    lead="受限空间的事故里，后面下去救人的，常常比第一个倒下的还多。",
    tag="安全生产",
    source="安全监督部",
    days_ago=2.1,
    picture="tanks",
    column="safety",
    body=(
        (
            "text",
            [
                "罐、井、沟、塔、管廊的夹层，凡是进出口小、不通风、不是给人长待的地方，都是受限空间。冬天清淤、清罐的活儿多，这一课请一定读完。",
                "里面缺氧的时候，人不会觉得憋，只会觉得困，然后膝盖一软。站在上面的人看到同伴倒下，本能是跳下去。可是一个人倒下是事故，三个人倒下是同一个错误犯了三遍。",
            ],
        ),
        ("heading", "进去之前"),
        (
            "text",
            [
                "先通风，再检测，后进入。三十分钟以内测过才算数：氧含量在19.5%到21%之间，可燃气、有毒气都合格。",
                "人在里面，仪器就一直开着，挂在胸前，不挂在梯子上。",
            ],
        ),
        ("heading", "里面的人不答应了"),
        (
            "text",
            [
                "第一，喊，同时按下应急按钮，把能叫的人都叫来。",
                "第二，用三脚架和安全绳往上拉。系着绳子进去的人，是可以不用下去就救上来的。",
                "第三，只有戴好空气呼吸器、系好绳、上面有人拉着的人，才可以下去。没有这三样，请忍住。忍住，也是在救人。",
            ],
        ),
        (
            "quote",
            {
                "text": "那天我把徒弟的腰抱住了，他骂我。第二天他来谢我，我说你别谢我，谢绳子。",
                "source": "老监护员李长河，华东石化公司",
            },
        ),
        ("heading", "下一课"),
        (
            "text",
            ["最后一课讲凌晨三点：人最困的时候，怎么安排最要紧的活儿。您有好办法，写给“投诉与建议”，我们署名登出来。"],
        ),
    ),
)

WINTER_LESSONS = (CARBON_MONOXIDE, FROZEN_PIPE, HOT_WORK, CONFINED_SPACE)
