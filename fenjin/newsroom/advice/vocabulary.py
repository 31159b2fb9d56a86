"""Words that say little, and what says more. Data, not sentences of the interface: they stay in their language."""

import re
from typing import Final

# what stands there → what to write instead (shown after an arrow)
OFFICIALESE: Final = {
    "切实加强": "加强，并写清做了什么",
    "高度重视": "写清做了什么",
    "贯彻落实": "落实，或直接写怎么做",
    "进一步": "删掉，或写清多了多少",
    "狠抓": "做好",
    "扎实推进": "写清做到哪一步",
    "稳步推进": "写清做到哪一步",
    "有力有序": "写清进度",
    "抓手": "办法",
    "赋能": "帮助",
    "闭环": "做到底",
    "颗粒度": "细到什么程度",
    "打造": "建",
    "全方位": "写清哪几方面",
    "多措并举": "写清哪几件事",
    "显著成效": "写数字",
    "坚实基础": "写清好在哪里",
    "重要意义": "写清对读者有什么用",
    "予以": "给",
    "广大干部职工": "大家，或写清是谁",
    "组织开展": "办",
    "深入开展": "办",
    "统筹推进": "写清谁做什么",
    "提质增效": "写清省了什么、多了什么",
    "提高政治站位": "删掉",
    "形成合力": "写清谁和谁一起做",
}
OFFICIALESE_ENGLISH: Final = {
    "utilize": "use",
    "in order to": "to",
    "leverage": "use",
    "going forward": "from now on",
    "facilitate": "help",
    "commence": "start",
    "prior to": "before",
    "with regard to": "about",
    "stakeholders": "say who",
    "implement": "do, build",
}
# 进行检查 → 检查: the verb was there all along.
EMPTY_VERB: Final = re.compile(
    r"(?:进行|开展|作出|加以)了?(检查|维修|培训|学习|部署|讨论|研究|整改|调查|说明|调整|评估)"
)
PASSING_TIME: Final = ("近日", "日前", "不久前", "今天", "昨天", "明天", "今日", "昨日", "近期")
PASSING_TIME_ENGLISH: Final = ("today", "yesterday", "tomorrow", "recently", "the other day")
EMPTY_LINKS: Final = {
    "这里",
    "此处",
    "点这里",
    "点击",
    "点击这里",
    "点此",
    "链接",
    "详情",
    "查看",
    "here",
    "click here",
    "link",
    "more",
}
PICTURE_OF: Final = ("图片", "照片", "图为", "一张图", "image of", "photo of", "picture of")
A_FILE_NAME: Final = re.compile(
    r"^(?:img|dsc|mmexport|微信图片|截图|screenshot)?[\W_]*\d{3,}|\.(?:jpe?g|png|heic|webp|gif)$", re.I
)
