"""The companies of a large group: a made-up one for each trade and place, as groups of this kind have them."""

import random
from dataclasses import dataclass

from fenjin.kit.pinyin import sounds

type Levels = tuple[tuple[str, str], ...]

FIRST_MANY = 3_000  # from here on the group is a large one
PEOPLE_OF_A_COMPANY = 90  # a group that is not yet large enough has fewer companies
_NUMBERS = "一二三四五六七八九十"

OFFICES: tuple[tuple[str, str], ...] = (
    ("综合办公室", "General Office"),
    ("安全环保部", "Safety and Environment"),
    ("人力资源部", "Human Resources"),
    ("财务部", "Finance"),
    ("党群工作部", "Communications Office"),
    ("生产运行部", "Operations"),
    ("物资采购部", "Purchasing"),
    ("科技信息部", "Technology"),
)

_WORKS: Levels = (
    ("{}厂", "Plant {}"),
    ("{}车间", "Shop {}"),
    ("{}工段", "Section {}"),
    ("{}班", "Crew {}"),
    ("{}组", "Team {}"),
)
_FIELD: Levels = (
    ("{}采油厂", "Oil Plant {}"),
    ("{}作业区", "Area {}"),
    ("{}采油队", "Field Team {}"),
    ("{}集输站", "Station {}"),
    ("{}班", "Crew {}"),
)
_MINE: Levels = (
    ("{}煤矿", "Mine {}"),
    ("{}采区", "District {}"),
    ("{}综采队", "Mining Team {}"),
    ("{}班", "Crew {}"),
)
_POWER: Levels = (
    ("{}电厂", "Power Plant {}"),
    ("{}发电部", "Generation {}"),
    ("{}值", "Shift {}"),
    ("{}班", "Crew {}"),
)
_WIND: Levels = (("{}片区", "District {}"), ("{}场站", "Site {}"), ("{}运维班", "Service Crew {}"))
_PIPES: Levels = (("{}输气分公司", "Branch {}"), ("{}作业区", "Area {}"), ("{}站", "Station {}"), ("{}班", "Crew {}"))
_BUILD: Levels = (
    ("{}工程公司", "Division {}"),
    ("{}项目部", "Project {}"),
    ("{}工区", "Site {}"),
    ("{}工班", "Crew {}"),
)
_SHIPS: Levels = (("{}船队", "Fleet {}"), ("{}船", "Ship {}"), ("{}值班组", "Watch {}"))
_SALES: Levels = (("{}分公司", "Branch {}"), ("{}片区", "District {}"), ("{}加能站", "Station {}"))
_DESKS: Levels = (("{}事业部", "Division {}"), ("{}室", "Section {}"), ("{}组", "Group {}"))
_ABROAD: Levels = (("{}项目部", "Project {}"), ("{}工区", "Site {}"), ("{}班组", "Crew {}"))


@dataclass(frozen=True, slots=True)
class Company:
    """A company to be opened below the group: its share of the people, and how its units nest."""

    name: str
    name_en: str
    seal: str
    share: float
    levels: Levels
    width: float  # about how many units stand below one
    zone: str = ""


# Trade, English name, typical share, levels, width, places.
_TRADES: tuple[tuple[str, str, float, Levels, float, str], ...] = (
    ("油田公司", "Oilfield", 9.0, _FIELD, 2.8, "松江 渤湾 河套 陇原 天山"),
    ("炼化公司", "Refining", 7.0, _WORKS, 2.8, "滨海 辽南 川东 岭南 江北 塞上"),
    ("煤业公司", "Coal", 8.0, _MINE, 3.2, "晋中 蒙西 陕北 淮东 黔西"),
    ("电力公司", "Power", 4.0, _POWER, 3.2, "华北 华中 东北 江南 西南 岭东 关中 皖江"),
    ("新能源公司", "New Energy", 1.6, _WIND, 3.6, "坝上 河西 青海湖 苏北 闽海 滇中 琼州 辽西"),
    ("管道公司", "Pipelines", 2.4, _PIPES, 3.2, "西气 北线 中线 沿江 沿海"),
    ("工程建设公司", "Engineering", 4.5, _BUILD, 3.2, "华东 中原 西部 北方 南方 长江"),
    ("路桥公司", "Roads and Bridges", 4.0, _BUILD, 3.2, "秦岭 武夷 太行 横断山"),
    ("装备制造公司", "Equipment", 3.2, _WORKS, 3.2, "沈东 洛北 湘南 渝西 津港"),
    ("化工公司", "Chemicals", 3.5, _WORKS, 3.0, "宁北 鲁中 浙东 鄂西 桂南"),
    ("航运公司", "Shipping", 1.8, _SHIPS, 3.6, "渤海 东海 北部湾 珠江口"),
    ("环保水务公司", "Water", 1.2, _WIND, 3.6, "太湖 汾河 洱海"),
)
_PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 "
    "湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
)
_SERVICES = (
    ("启明财务公司", "Qiming Finance", "财"),
    ("启明融资租赁公司", "Qiming Leasing", "租"),
    ("启明保险经纪公司", "Qiming Insurance", "保"),
    ("启明信息技术公司", "Qiming Information Technology", "信"),
    ("启明工程设计院", "Qiming Design Institute", "设"),
    ("启明培训学院", "Qiming College", "学"),
    ("启明总医院", "Qiming Hospital", "医"),
    ("启明物业公司", "Qiming Facilities", "物"),
)
_COUNTRIES = (
    ("中亚公司", "Central Asia", "亚", "Asia/Almaty"),
    ("中东公司", "Middle East", "中", "Asia/Muscat"),
    ("东南亚公司", "Southeast Asia", "南", "Asia/Jakarta"),
    ("非洲公司", "Africa", "非", "Africa/Lagos"),
    ("拉美公司", "Latin America", "拉", "America/Lima"),
    ("欧洲公司", "Europe", "欧", "Europe/Berlin"),
)


def companies(employees: int) -> list[Company]:
    """Return the companies beside those of the story: none of a small group, 109 of a large one."""
    if employees < FIRST_MANY:
        return []
    every = [*_industry(), *_sales(), *_services(), *_abroad()]
    return every[: max(1, min(len(every), employees // PEOPLE_OF_A_COMPANY))]


def _industry() -> list[Company]:
    rng = random.Random("industry")
    return [
        Company(
            f"{place}{trade}",
            f"{_latin(place)} {trade_en}",
            place[0],
            share * rng.lognormvariate(0, 0.45),
            levels,
            width,
        )
        for trade, trade_en, share, levels, width, places in _TRADES
        for place in places.split()
    ]


def _sales() -> list[Company]:
    rng = random.Random("sales")
    return [
        Company(f"{place}销售公司", f"{_latin(place)} Sales", place[0], rng.lognormvariate(0, 0.4), _SALES, 3.6)
        for place in _PROVINCES.split()
    ]


def _services() -> list[Company]:
    return [Company(name, name_en, seal, 0.7, _DESKS, 4.0) for name, name_en, seal in _SERVICES]


def _abroad() -> list[Company]:
    return [Company(name, name_en, seal, 0.9, _ABROAD, 3.6, zone) for name, name_en, seal, zone in _COUNTRIES]


def _latin(place: str) -> str:
    """Return a place as it is written in English: Sichuan, Inner Mongolia."""
    known = {"内蒙古": "Inner Mongolia", "西藏": "Tibet", "陕西": "Shaanxi", "重庆": "Chongqing"}
    return known.get(place) or "".join(sounds(place)).capitalize()


def ordinal(index: int) -> str:
    """Return 第一 … 第十, 第十一 … for 0, 1 …"""
    number = index + 1
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_NUMBERS[hundreds - 1]}百" if hundreds else ""
    if hundreds and not tens and ones:
        words += "零"
    if tens:
        words += f"{_NUMBERS[tens - 1] if tens > 1 or hundreds else ''}十"
    return f"第{words}{_NUMBERS[ones - 1] if ones else ''}"
