"""Names as they are borne: family names by how frequent they are, given names by the decade of birth."""

import random
from itertools import accumulate

# Shares in per mille, about as in the whole country.
_FAMILY = (
    "王72 李71 张67 刘51 陈45 杨31 黄23 赵22 吴20 周20 徐15 孙14 马13 朱12 胡12 郭11 何11 林11 高10 罗9 郑8 梁8 谢7 宋7 "
    "唐7 许6 韩6 邓6 冯6 曹6 彭6 曾5 肖5 田5 董5 潘5 袁4 蔡4 蒋4 余4 于4 杜4 叶4 程4 魏4 苏4 吕4 丁4 任4 卢4 姚4 沈3 钟3 "
    "姜3 崔3 谭3 陆3 范3 汪3 廖3 石3 金3 韦3 贾3 夏3 付3 方3 邹3 熊3 白3 孟2 秦2 邱2 侯2 江2 尹2 薛2 闫2 段2 雷2 龙2 黎2 "
    "史2 陶2 贺2 毛2 郝2 顾2 龚2 邵2 万2 覃2 武2 钱2 戴2 严2 莫2 孔2 向2 常2 汤2 康1 易1 乔1 赖1 文1 庞1 樊1 兰1 殷1 施1 "
    "洪1 翟1 安1 颜1 倪1 牛1 温1 芦1 季1 俞1 章1 鲁1 葛1 伍1 申1 尤1 毕1 聂1 柴1 焦1 左1 祝1 包1 宁1 尚1 舒1 阮1 柯1 纪1 梅1 "
    "童1 凌1 霍1 涂1 成1 关1 邢1 游1 阳1 裴1 席1 卫1 查1 屈1 鲍1 位1 覃1 欧阳1 上官1 司马1 诸葛1 令狐1 皇甫1"
)
# (given names of one or two characters, first of two, second of two) of men and of women; the oldest first.
_MEN = (
    (
        "建国 建军 国庆 卫东 志强 国强 永强 建华 文革 爱民 军 平 明 刚 勇 建平 德胜 长江 新民 保国 福生 有才",
        "建国志永德长福卫新文爱玉树景明",
        "国军平华民强明东生林武成山海峰",
    ),
    (
        "伟 强 磊 军 洋 勇 杰 涛 明 超 刚 鹏 辉 波 斌 飞 俊 凯 健 峰 宁 亮 海波 志强 志刚 晓东 建伟 海涛 文涛",
        "志海晓建文小俊春立国永少金家振宏",
        "伟强勇军涛明辉波斌鹏飞峰东亮杰平",
    ),
    (
        "浩 宇 浩然 子豪 宇轩 俊杰 博文 天宇 家豪 子轩 鑫 昊 晨 阳 睿 文博 一鸣 思远 泽宇 嘉豪 旭 帆 鹏程 喆 翀",
        "子浩宇泽俊嘉博天思文明一梓奕承书",
        "轩然豪杰宇阳辰博涵霖睿航泽远凡昊",
    ),
)
_WOMEN = (
    (
        "桂英 秀英 玉兰 秀兰 淑珍 红 丽华 爱华 桂芳 玉梅 秀珍 建英 春梅 淑华 凤英 素芬 玉华 兰英 敏 萍",
        "桂秀玉淑凤春素爱兰美金月翠雪彩",
        "英兰珍华芳梅琴芬云霞萍凤花香荣",
    ),
    (
        "静 敏 燕 艳 丽 娟 芳 霞 玲 萍 红梅 丽娟 海燕 晓燕 丹 洁 婷 娜 莉 颖 慧 琳 雪梅 春燕 丽丽 红艳",
        "丽晓海春红雪小文玉艳淑美秀建冬",
        "燕娟敏丽霞玲梅萍静艳芳红英华琴",
    ),
    (
        "欣怡 梓涵 雨桐 诗涵 思琪 佳怡 子涵 雨欣 一诺 婧 莹 雪 倩 雯 梦瑶 可欣 佳琪 晓雯 若曦 语嫣 悦 璐 晗 玥",
        "雨欣梓诗思佳梦可若语雅静依心晓芷",
        "涵怡桐琪欣瑶萱琳妍洁彤颖悦然雯婷",
    ),
)
# Of every thousand so many have a name from another people of the country.
_OTHERS = 8
_OTHER_NAMES = (
    "阿依古丽·艾买提 买买提·吐尔逊 古丽娜·阿不都拉 艾力·买买提江 阿布都热西提·库尔班 巴特尔 乌云其木格 斯琴高娃 "
    "布日古德 扎西多吉 次仁央宗 格桑梅朵 旦增罗布 阿力木·吾守尔 努尔兰·赛力克 叶尔肯·别克"
)

_OTHER = _OTHER_NAMES.split()
_FAMILY_NAMES = [word.rstrip("0123456789") for word in _FAMILY.split()]
_FAMILY_SHARES = list(accumulate(int(word.lstrip(word.rstrip("0123456789"))) for word in _FAMILY.split()))


def name_of(rng: random.Random, generation: int) -> str:
    """Return a name; the generation is 0 for those born before 1975, 1 before 1990, 2 after."""
    if rng.randrange(1000) < _OTHERS:
        return rng.choice(_OTHER)
    family = rng.choices(_FAMILY_NAMES, cum_weights=_FAMILY_SHARES)[0]
    whole, first, second = (_WOMEN if rng.random() < 0.36 else _MEN)[generation]
    if rng.random() < 0.35:
        return family + rng.choice(_WHOLE[whole])
    return family + rng.choice(first) + rng.choice(second)


_WHOLE = {whole: whole.split() for pool in (*_MEN, *_WOMEN) for whole in pool[:1]}
