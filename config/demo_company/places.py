"""What the made-up company writes about: projects at home and abroad, and the people in them."""

from config.demo_company.stories import Story

TUNNEL = Story(
    key="tunnel",
    title="八公里的山，挖了一千一百天，误差两厘米",
    lead="两支队伍从山的两头相向掘进，昨天下午，他们隔着最后一层石头听见了对方。",
    tag="生产",
    source="启明铁建公司",
    days_ago=1.6,
    picture="tunnel",
    column="front",
    title_en="Eight kilometres of mountain, 1,100 days, two centimetres",
    lead_en="Two crews dug towards each other from both ends. Yesterday they heard one another through the last of the rock.",
    body=(
        (
            "text",
            [
                "下午四点零七分，青岩隧道贯通。从东口进来的第一项目部和从西口进来的第二项目部，在山肚子里碰了头。测量员复核三遍，中线偏差两厘米，高程偏差九毫米。",
                "第一个从洞口钻过来的是西口的爆破员老韩。他满脸石粉，第一句话是：“你们这边怎么这么干净？”",
            ],
        ),
        ("heading", "水"),
        (
            "text",
            [
                "这座山最难的不是硬，是水。去年六月，掌子面一夜之间涌水，最大的时候每小时一千七百方。人全部撤出来了，一台钻机泡在里面十九天。",
                "复工那天，项目部没有开动员会，只做了一件事：请每个班自己走一遍撤离路线，掐表，走到洞口最慢的一个班用了十一分钟。后来加了两处避险洞、一条照明，变成了七分钟。",
            ],
        ),
        (
            "quote",
            {
                "text": "进度是可以追的，人是不可以追的。",
                "source": "陶建军，启明铁建第一项目部经理",
            },
        ),
        ("heading", "还剩下什么"),
        (
            "table",
            {
                "caption": "贯通以后",
                "rows": "接下来|到什么时候\n二次衬砌|明年三月\n铺轨|明年七月\n联调联试|明年九月",
            },
        ),
        ("text", ["线路开通以后，山那边的三个县到省城，从五个半小时变成一小时四十分。"]),
    ),
    body_en=(
        (
            "text",
            [
                "At seven minutes past four the Qingyan tunnel was through. The surveyors checked three times: two centimetres off the centre line, nine millimetres in height.",
                "The first man through the hole was Old Han, the blaster from the western side, white with dust. “How is it so clean over here?” he said.",
            ],
        ),
        ("heading", "Water"),
        (
            "text",
            [
                "The mountain was not hard but wet. One night in June last year 1,700 cubic metres an hour came out of the face. Everybody got out. Before work went on, each crew walked the way out with a stopwatch; two refuges and a row of lamps later, eleven minutes had become seven.",
            ],
        ),
        ("quote", {"text": "You can catch up on a schedule. You cannot catch up on a life.", "source": "Tao Jianjun"}),
    ),
)

SOLAR = Story(
    key="solar",
    title="水面上的光伏板，先让白鹭搬回来",
    lead="并网前一个月，工程停了九天：板子中间有一窝没出壳的蛋。",
    tag="生产",
    source="南方新能源公司",
    days_ago=3.7,
    space="南方新能源公司",
    picture="solar",
    body=(
        (
            "text",
            [
                "水面光伏站建在一片采煤沉陷区上。这里从前是村子和麦田，地陷下去以后成了三千亩的水面，钓鱼的人来，白鹭也来。",
                "去年五月，安装队在十二号方阵的浮筒边发现了一窝蛋。站长蒋晓云打电话问林业站，对方说，白鹭孵蛋要二十多天。她放下电话，把十二号方阵的工期往后挪了九天，先去装别的。",
            ],
        ),
        ("heading", "留出来的水路"),
        (
            "text",
            [
                "后来的图纸上多了四条“鸟路”：每条宽二十米，不装板，两边种芦苇。少装了一点六兆瓦，换来的是水里有光、有氧，鱼没有少。",
                "并网满一年，发电一亿三千万度。护鸟志愿者数了三次，白鹭从四十一只变成六十七只。",
            ],
        ),
        ("quote", {"text": "它们不会看图纸，只好我们来改。", "source": "蒋晓云，水面光伏站站长"}),
    ),
)

CATALYST = Story(
    key="catalyst",
    title="第二百一十九次实验",
    lead="研究院的墙上贴着二百一十八张“失败单”，一张都不许撕。",
    tag="人物",
    source="启明研究院",
    days_ago=8.2,
    picture="laboratory",
    column="people",
    body=(
        (
            "text",
            [
                "材料研究所三楼的走廊像一面糊满纸的窗户。左边是编号，中间是配方，右边一栏写着“为什么不行”。从第一张到第二百一十八张，字迹从工整变得潦草，又从潦草变得工整。",
                "这是一种让裂解炉少结焦的涂层。炉管结了焦就要停下来烧，一次两三天。顾明远和三个年轻人想让它一年只停一次。",
            ],
        ),
        ("heading", "谁都可以贴"),
        (
            "text",
            [
                "“失败单”是实习生柯悦提议的。她来的第二周弄坏了一炉样品，不敢说，夜里自己重做。顾明远知道以后没有批评她，只在走廊上钉了一颗钉子，把自己三年前的一张废单子挂了上去。",
                "从那以后，谁的单子最厚，谁在组会上第一个讲。去年有一张单子，被聚合车间的工人师傅看见，在旁边用铅笔写：你们烧的温度，我们那儿到不了。这一句话，省了他们四个月。",
            ],
        ),
        (
            "text",
            [
                "第二百一十九次，样管在炉子里挂了九十天，拿出来还能看见金属的颜色。顾明远看了很久，说，再挂九十天看看。",
            ],
        ),
        (
            "quote",
            {"text": "成功只有一种写法，失败有二百一十八种，当然是后面这本书厚。", "source": "顾明远，材料研究所"},
        ),
    ),
)

CRANE = Story(
    key="crane",
    title="四十二米高的驾驶室，她看了十年海",
    lead="桥吊司机何秀兰一天上下一次，带一壶水、一盒饭，和一双不能抖的手。",
    tag="人物",
    source="海峡航运公司",
    days_ago=5.1,
    picture="harbour",
    column="people",
    body=(
        (
            "text",
            [
                "早晨七点二十，何秀兰坐电梯上到四十二米。驾驶室的地板是玻璃的，脚底下是集装箱、是卡车、是浪。第一次上来的人都会抓住扶手，她说她抓了三天。",
                "十年里她吊了四十一万个箱子。最快的时候一小时三十六个，最慢的一次，一个箱子用了四十分钟：里面是一台给山区医院的核磁共振机。",
            ],
        ),
        ("heading", "风说了算"),
        (
            "text",
            [
                "桥吊有一条死规矩：风速到了每秒二十米，停。不管船期多紧，不管谁打电话上来。前年台风前夜，一位船长在对讲机里求她再吊六个，她说了声对不起，把吊具锁上，人下来了。二十分钟以后，阵风二十七米。",
            ],
        ),
        ("heading", "把手传下去"),
        (
            "text",
            [
                "今年港口来了九个学桥吊的年轻人，五个是姑娘。何秀兰教的第一课不在天上，在地上：一碗水放在吊具上，吊起来走二十米，水不许洒。",
                "她自己练这一碗水，用了一年零两个月。",
            ],
        ),
        ("quote", {"text": "手稳不稳，昨天晚上睡觉的时候就定了。", "source": "何秀兰，港口作业部桥吊司机"}),
    ),
)

ALMATY = Story(
    key="almaty",
    title="雪山脚下的食堂，两种馕一锅汤",
    lead="阿拉木图项目部有三十七名中国同事、一百一十二名当地同事，午饭坐在一起。",
    tag="海外",
    source="海外事业部",
    days_ago=4.6,
    picture="snow-town",
    column="abroad",
    title_en="A canteen below the snow: two kinds of bread, one soup",
    lead_en="In Almaty 37 colleagues from China and 112 from Kazakhstan sit down to the same lunch.",
    body=(
        (
            "text",
            [
                "项目部食堂原来有两个窗口，一个中餐，一个当地菜，排成两条队，各吃各的。去年冬天暖气坏了一面，大家只好挤到一边，桌子拼在了一起。暖气修好以后，没有人把桌子搬回去。",
                "厨师阿依古丽做馕，师傅老赵烙饼，两个人谁也不服谁，最后每天各做一半。汤只有一锅，羊骨头加白萝卜，是商量出来的。",
            ],
        ),
        ("heading", "一句话，两个人教"),
        (
            "text",
            [
                "午饭后二十分钟是“一句话”时间：一位中国同事教一句中文，一位当地同事教一句哈萨克语。今天学的是“小心烫”和“辛苦了”。墙上的纸已经写到第三百零五句。",
                "安全员叶尔兰说，最有用的是第十二句：“停一下，我没有听懂。”现在班前会上谁都敢说这一句。",
            ],
        ),
        ("heading", "带一件家里的东西来"),
        (
            "text",
            [
                "纳吾鲁孜节和春节，项目部办同一件事：每个人带一件家里的东西，放在长桌上，讲它的来历。去年有一把冬不拉，一个搪瓷缸，还有一位同事三岁女儿画的爸爸，安全帽是绿色的，因为她只有绿色的蜡笔。",
            ],
        ),
        ("quote", {"text": "一起吃过饭的人，在井口上递扳手都快一点。", "source": "努尔兰·赛力克，阿拉木图项目部队长"}),
    ),
    body_en=(
        (
            "text",
            [
                "There used to be two counters and two queues. Last winter half of the heating failed, everybody squeezed to one side, and the tables were pushed together. When the heating was mended nobody moved them back.",
                "Aigul bakes tandoor bread, Old Zhao bakes flat cakes, and neither gives in, so each makes half. There is one soup, mutton bones and white radish; it was negotiated.",
            ],
        ),
        ("heading", "One sentence a day"),
        (
            "text",
            [
                "After lunch one person teaches a sentence of Chinese and another one of Kazakh. The most useful, says Yerlan, the safety officer, is number twelve: “Stop, I did not understand.” Now everybody dares to say it at the morning briefing.",
            ],
        ),
        ("heading", "Bring something from home"),
        (
            "text",
            [
                "At Nauryz and at Spring Festival everybody puts one thing from home on the long table: a dombra, an enamel mug, a daughter’s drawing of her father in a green helmet, because green was the only crayon she had.",
            ],
        ),
    ),
)

MUSCAT = Story(
    key="muscat",
    title="四十七度的下午，工地上没有人",
    lead="马斯喀特项目部把一天掰成两半：凌晨四点上班，正午睡觉，傍晚再干。",
    tag="海外",
    source="海外事业部",
    days_ago=11.3,
    picture="desert-coast",
    column="abroad",
    title_en="At 47 degrees the site is empty",
    lead_en="In Muscat the day is broken in two: work at four in the morning, sleep at noon, work again at dusk.",
    body=(
        (
            "text",
            [
                "六月到八月，当地规定正午十二点半到三点半不得露天作业。项目部把这条规定又放宽了一圈：十一点收工，四点半再开，中间的时间谁也不许在外面。",
                "作息表是大家投票定的。凌晨四点的班，开始都叫苦，两个星期以后没有人愿意换回去：四点的海风是凉的，五点半太阳从海里出来，那时候一天最重的活儿已经干完一半。",
            ],
        ),
        ("heading", "水、盐、影子"),
        (
            "text",
            [
                "每人每天八升水，每小时响一次哨，哨响了就喝，不渴也喝。遮阳棚跟着作业面走，不是人去找影子，是影子来找人。",
                "两人一组，互相看脸色。发红、发白、说话慢，任何一样，马上带到冷屋，不用请示。",
            ],
        ),
        (
            "table",
            {
                "caption": "今年夏天和前年夏天",
                "rows": "比什么|前年|今年\n中暑|6人次|0\n每天完成的焊口|41道|46道\n返工|百分之三点一|百分之一点四",
            },
        ),
        (
            "quote",
            {"text": "以前我们和太阳抢时间，现在让给它。让完一算，我们还赚了。", "source": "陈海峰，马斯喀特项目部"},
        ),
    ),
    body_en=(
        (
            "text",
            [
                "From June to August the law keeps everybody out of the sun from half past twelve to half past three. The project stretched that: down tools at eleven, back at half past four.",
                "The hours were put to a vote. Two weeks later nobody wanted the old ones back: at four the sea wind is cool, and by sunrise half of the heavy work is done.",
            ],
        ),
        ("heading", "Water, salt and shade"),
        (
            "text",
            [
                "Eight litres each, a whistle every hour, and everybody drinks, thirsty or not. The awning follows the work. People work in pairs and watch each other’s faces: red, pale or slow to speak means the cold room, at once, without asking.",
                "Heat strokes went from six to none, welds a day from 41 to 46, and rework was more than halved.",
            ],
        ),
    ),
)

HANDOVER = Story(
    key="handover",
    title="交接班本上的四十个字",
    lead="裂解车间把交接班本改成了一页纸：三行给下一班，一行给自己。",
    tag="一线故事",
    source="华东石化公司",
    days_ago=6.8,
    space="华东石化公司",
    picture="refinery",
    body=(
        (
            "text",
            [
                "从前的交接班本有十六栏，签完要七分钟。翻开一看，十五栏写着“正常”。车间主任方志远问大家：接班的人真正想知道的，是哪几样？",
                "讨论了一个月，留下四行：哪里和昨天不一样，哪里我不放心，哪件事没有干完。最后一行给自己：今天学到什么。每行最多四十个字。",
            ],
        ),
        ("heading", "“我不放心”"),
        (
            "text",
            [
                "第一个星期，第二行几乎都是空的。第二个星期，值长自己先写：三号泵声音发闷，仪表都正常，就是不放心。下一班的人去听了三回，第三回听出来轴承缺油。",
                "到这个月底，“不放心”一共写了二百六十条，查出毛病的五十一条，虚惊的二百零九条。车间把二百零九条也贴了出来，题目叫“幸好”。",
            ],
        ),
        (
            "quote",
            {"text": "机器出事之前，总有一个人心里先咯噔一下。我们要的就是这一下。", "source": "方志远，裂解车间主任"},
        ),
    ),
)

PLACES = (TUNNEL, SOLAR, CATALYST, CRANE, ALMATY, MUSCAT, HANDOVER)
