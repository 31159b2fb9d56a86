"""What the made-up company writes about: rules, explanations, answers."""

from config.demo_company.stories import Story

WINTER = Story(
    key="winter",
    column="safety",
    picture="ten-lamps",
    title="冬季安全生产十条",
    lead="入冬以后，请和身边的人一起把这十条过一遍，三分钟就够。",
    tag="安全生产",
    source="安全监督部",
    days_ago=0.95,
    title_en="Ten winter safety rules",
    lead_en="Winter is here. Go through these ten with the people next to you; three minutes will do.",
    body=(
        (
            "text",
            [
                "入冬以来，气温骤降、风干物燥，用电用火用气增多。这十条是各单位安全员一起写的，每一条后面都有一件真事。请您读完以后点一下确认，让我们知道消息送到了您手上。"
            ],
        ),
        ("heading", "一、先断电，再处置"),
        (
            "text",
            ["电气设备冒烟、起火，先切断电源，再用干粉或二氧化碳灭火器。带电用水扑救，伤的往往是第一个冲上去的人。"],
        ),
        ("heading", "二、高处作业必系安全带"),
        ("text", ["六级以上大风、雨雪冰冻天气，停止露天高处作业。系好了，请旁边的人再拉一下。"]),
        ("heading", "三、动火之前看三遍"),
        ("text", ["看票、看气、看人。作业票过了时间就重开，不要改。"]),
        ("heading", "四、进受限空间，先测再进"),
        ("text", ["外面必须有人看着，看着的人不许离开，也不许独自下去救人。"]),
        ("heading", "五、取暖不用明火"),
        ("text", ["休息棚里只用统一配发的暖风机。离开十分钟以上，拔下插头。"]),
        ("heading", "六、防一氧化碳"),
        ("text", ["值班室、野营房都要装报警器，响了先开门开窗，人出去，再打电话。"]),
        ("heading", "七、路滑慢一档"),
        ("text", ["通勤车系好安全带。结冰的台阶先撒沙再走人，看见没撒的，您有权绕道。"]),
        ("heading", "八、冻堵不硬砸"),
        ("text", ["管线冻堵用热水、蒸汽慢慢化，不用明火烤，不用铁器砸。"]),
        ("heading", "九、累了就说"),
        ("text", ["连续加班、睡得不好、吃了感冒药，都可以说，班长会给您换岗，不算您请假。"]),
        ("heading", "十、不对就停"),
        ("text", ["任何人觉得不安全，都可以停下来。停下来不需要理由，也不会被追究。"]),
        ("quote", {"text": "平安回家，是每个人每天最大的一件工作。", "source": "安全监督部全体同事"}),
    ),
)

PRIVACY = Story(
    key="privacy",
    picture="seal-paper",
    title="您的资料，我们这样用",
    lead="平台记下了什么、谁看得到、留多久，一页纸说清楚。",
    tag="通知",
    source="信息中心",
    days_ago=1.9,
    title_en="How your data are used",
    lead_en="What the platform keeps, who sees it and for how long, on one page.",
    body=(
        (
            "text",
            [
                "奋进平台只用花名册里的工号、姓名、单位和岗位来认人。身份证号、银行卡号一律不收，请您也不要在任何地方填写。"
            ],
        ),
        ("heading", "谁看得到您读了什么"),
        (
            "text",
            [
                "发送单位看到的是各单位的数目，例如“检修中心应到二十三人，已打开十九人”。少于五个人的小单位会合并，不会从数字里认出任何一位。没有人看得到您读了多久。"
            ],
        ),
        ("heading", "您可以做什么"),
        ("text", ["在“我的”里可以看到登录过的设备，不认识的请马上退出。有疑问，写给“投诉与建议”，十五天内答复。"]),
    ),
)

HEALTH_CHECK = Story(
    key="health-check",
    column="wellbeing",
    picture="stethoscope",
    title="2026年度职工体检：新增甲状腺与肺功能两项",
    lead="十二月一日起预约，外派同事可以就近选院，费用照旧由单位承担。",
    tag="通知",
    source="人力资源部",
    days_ago=3.2,
    title_en="Health checks 2026: thyroid and lung tests added",
    lead_en="Book from 1 December; colleagues abroad choose a hospital nearby. The company pays, as before.",
    body=(
        ("text", ["根据去年的意见，今年的体检做了三处调整。"]),
        ("heading", "多查两项"),
        ("text", ["增加甲状腺超声和肺功能检查。接触粉尘、噪声岗位的职业健康检查照常进行，两项不互相代替。"]),
        ("heading", "自己选时间"),
        ("text", ["十二月一日起，每天放出第二周的名额，可以改约两次。倒班的同事优先选周二、周四。"]),
        ("heading", "结果只给本人"),
        ("text", ["报告由医院直接交给您，单位只收到“已体检”的总人数。需要复查的，医院会打电话给您本人。"]),
    ),
)

PAY = Story(
    key="pay",
    column="policy",
    picture="five-figures",
    title="系列解读①：岗位津贴怎么算，和您有关的五个数",
    lead="新办法从明年一月起执行，先看懂这五个数，再看自己的工资条。",
    tag="系列解读",
    source="人力资源部",
    days_ago=4.1,
    body=(
        (
            "text",
            [
                "新的岗位津贴办法，职代会上个月已经通过。文件一共三十一页，我们把和每个人有关的挑出来，分三期说清楚。这是第一期。"
            ],
        ),
        (
            "table",
            {
                "caption": "五个数",
                "rows": "数|是什么|举例\n岗位系数|由岗位的强度和责任定|主操1.3\n夜班次数|零点以后满四小时算一次|每月8次\n艰苦系数|高原、沙漠、海上、境外|沙漠1.25\n带班天数|班长、值长另计|每天30元\n兼职安全员|按月，不按次|每月200元",
            },
        ),
        ("heading", "会不会变少"),
        ("text", ["不会。新办法算出来比原来少的，按原来的发，满两年再看。这一条写在文件第二十八条。"]),
        (
            "text",
            [
                "下一期说夜班和加班怎么不重复、不漏算。有疑问可以写给“投诉与建议”，选“工资、工时与权益”，我们把问得多的放进下一期。"
            ],
        ),
    ),
)

WRENCH = Story(
    key="wrench",
    column="people",
    picture="engine-wall",
    title="老师傅的一把扳手，传到了第五个人手里",
    lead="手柄上刻着五个名字，最早的一个是1983年。",
    tag="人物",
    source="海峡航运公司",
    days_ago=5.6,
    body=(
        (
            "text",
            [
                "“启明一号”机舱的工具墙上，有一把不上锁的扳手。手柄磨得发亮，上面从左到右刻着五个名字，最早的是1983年的老轨长方金生。"
            ],
        ),
        (
            "text",
            ["船上的规矩是：谁能闭着眼睛听出主机哪一缸不对，谁就可以刻上自己的名字。四十三年，刻上去的只有五个人。"],
        ),
        ("heading", "第五个名字"),
        (
            "text",
            [
                "今年九月，二十九岁的三管轮何雨在印度洋上听出了四号缸的异响，比仪表早了十一分钟。靠岸那天，老轨长从宁波坐高铁赶来，亲手把刻刀递给她。"
            ],
        ),
        ("quote", {"text": "机器不会说假话，就看你肯不肯听。", "source": "方金生，退休轮机长"}),
    ),
)

GATE = Story(
    key="gate",
    picture="gate",
    title="检修期间厂区通行有三处变化",
    lead="东门只走行人，班车改停南广场，夜里十点后请走二号通道。",
    tag="通知",
    source="华东石化公司",
    days_ago=0.4,
    space="华东石化公司",
    recipients_only=True,
    body=(
        ("text", ["三号裂解炉检修到十二月八日。这段时间厂区通行有三处变化，请提前几分钟出门。"]),
        ("heading", "东门只走行人"),
        ("text", ["车辆一律走南门。电动车可以停在南门内的雨棚下，充电不收费。"]),
        ("heading", "班车停南广场"),
        ("text", ["七点十分、七点四十分各加一班，司机师傅会等到最后一位。"]),
        ("heading", "夜里走二号通道"),
        ("text", ["晚上十点到早上六点，主干道有吊装作业，请走二号通道，全程有灯。"]),
    ),
)

NOTICES = (WINTER, PRIVACY, HEALTH_CHECK, PAY, WRENCH, GATE)
