"""The made-up company: who belongs to whom. Small by hand, large by rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# name, English name, children; the weight says how many people stand in it beside its children.
type Plan = tuple[str, str, int, tuple["Plan", ...]]

GROUP = "启明集团"
GROUP_EN = "Qiming Group"
HEAD_OFFICE = "集团总部"

SMALL: tuple[Plan, ...] = (
    (
        HEAD_OFFICE,
        "Head Office",
        2,
        (
            ("党群工作部", "Communications Office", 3, ()),
            ("安全监督部", "Safety Office", 3, ()),
            ("人力资源部", "Human Resources", 3, ()),
            ("集团工会", "Group Union", 2, ()),
            ("信息中心", "Information Centre", 3, ()),
        ),
    ),
    (
        "华东石化公司",
        "East China Petrochemical",
        3,
        (
            (
                "乙烯厂",
                "Ethylene Plant",
                2,
                (
                    ("裂解车间", "Cracking Shop", 9, ()),
                    ("聚合车间", "Polymer Shop", 8, ()),
                    ("公用工程班", "Utilities Crew", 3, ()),
                ),
            ),
            (
                "检修中心",
                "Maintenance Centre",
                2,
                (
                    ("检修一班", "Repair Crew 1", 8, ()),
                    ("检修二班", "Repair Crew 2", 7, ()),
                    ("仪表班", "Instrument Crew", 6, ()),
                ),
            ),
            ("储运部", "Storage and Transport", 7, ()),
            ("质检中心", "Quality Centre", 6, ()),
        ),
    ),
    (
        "西北油田公司",
        "Northwest Oilfield",
        3,
        (
            (
                "采油一厂",
                "Oil Plant 1",
                2,
                (
                    ("第三采气队", "Gas Team 3", 9, ()),
                    ("第五作业队", "Workover Team 5", 8, ()),
                    ("集输站", "Gathering Station", 6, ()),
                ),
            ),
            ("钻井工程部", "Drilling Department", 8, ()),
            ("后勤服务中心", "Services Centre", 5, ()),
            ("沙漠运输队", "Desert Transport", 2, ()),
        ),
    ),
    (
        "南方新能源公司",
        "Southern New Energy",
        2,
        (
            ("山脊风电场", "Ridge Wind Farm", 8, ()),
            ("水面光伏站", "Floating Solar Station", 6, ()),
            ("集控中心", "Control Centre", 6, ()),
        ),
    ),
    (
        "启明铁建公司",
        "Qiming Railway Construction",
        2,
        (
            ("第一项目部", "Project 1", 9, ()),
            ("第二项目部", "Project 2", 8, ()),
            ("大型机械队", "Heavy Machines", 6, ()),
        ),
    ),
    (
        "海峡航运公司",
        "Strait Shipping",
        2,
        (("远洋船队", "Ocean Fleet", 9, ()), ("港口作业部", "Port Operations", 7, ())),
    ),
    ("启明研究院", "Qiming Institute", 4, (("材料研究所", "Materials", 6, ()), ("数字化研究所", "Digital", 6, ()))),
    (
        "海外事业部",
        "Overseas Division",
        2,
        (("阿拉木图项目部", "Almaty Project", 6, ()), ("马斯喀特项目部", "Muscat Project", 6, ())),
    ),
)

# Sub-platforms opened on a small company: unit, English name, seal.
SPACES: tuple[tuple[str, str, str], ...] = (
    ("华东石化公司", "East China Petrochemical", "华"),
    ("西北油田公司", "Northwest Oilfield", "西"),
    ("南方新能源公司", "Southern New Energy", "南"),
)
ZONES = {"阿拉木图项目部": "Asia/Almaty", "马斯喀特项目部": "Asia/Muscat"}

_REGIONS = (
    *(("华北", "North China"), ("华南", "South China"), ("华中", "Central China"), ("东北", "Northeast")),
    *(("西南", "Southwest"), ("西北", "Northwest"), ("江南", "Jiangnan"), ("沿海", "Coastal")),
    *(("塞北", "Saibei"), ("中原", "Zhongyuan"), ("岭南", "Lingnan"), ("天山", "Tianshan")),
)
_TRADES = (
    *(("炼化", "Refining"), ("天然气", "Gas"), ("电力", "Power"), ("煤业", "Coal"), ("物流", "Logistics")),
    *(
        ("装备", "Equipment"),
        ("管道", "Pipelines"),
        ("化工", "Chemicals"),
        ("地质", "Geology"),
        ("环保", "Environment"),
    ),
)
MOST_SPACES = 116
TEAM = 46  # people of a team in a large company
COMPANY = 8_500  # people of a company in a large group
_NUMBERS = "一二三四五六七八九十"


@dataclass(slots=True)
class Planned:
    """One unit to be opened: `under` is the place of its parent in the list."""

    name: str
    name_en: str
    under: int | None
    weight: int
    company: str = ""
    children: list[int] = field(default_factory=list)


def plan(employees: int) -> tuple[list[Planned], list[tuple[str, str, str]]]:
    """Return the units in the order of the tree, and the sub-platforms (unit, English name, seal)."""
    units = [Planned(GROUP, GROUP_EN, None, 1)]
    for top in SMALL:
        _add(units, top, 0, top[0])
    extra = _companies(employees)
    for name, name_en in extra:
        _add_company(units, name, name_en, min(COMPANY, employees // max(1, len(extra))))
    spaces = [*SPACES, *((name, name_en, name[0]) for name, name_en in extra)]
    return units, spaces[:MOST_SPACES]


def _add(units: list[Planned], what: Plan, under: int, company: str) -> None:
    name, name_en, weight, below = what
    units.append(Planned(name, name_en, under, weight, company))
    here = len(units) - 1
    for child in below:
        _add(units, child, here, company)


def _companies(employees: int) -> list[tuple[str, str]]:
    """Return as many more companies as so many people fill."""
    wanted = min(len(_REGIONS) * len(_TRADES), round((employees - 2_000) / COMPANY)) if employees > 2_000 else 0
    names = ((f"{zh}{work}公司", f"{en} {work_en}") for work, work_en in _TRADES for zh, en in _REGIONS)
    return [name for name, _number in zip(names, range(wanted), strict=False)]


def _add_company(units: list[Planned], name: str, name_en: str, people: int) -> None:
    """Add a company of plants, shops and teams, with as many teams as its people fill."""
    units.append(Planned(name, name_en, 0, 6, name))
    company = len(units) - 1
    teams = max(4, people // TEAM)
    for plant in _places(teams, 16):
        units.append(Planned(f"{_ordinal(plant)}分厂", f"Plant {plant + 1}", company, 4, name))
        here = len(units) - 1
        for shop in _places(min(16, teams - plant * 16), 4):
            units.append(Planned(f"{_ordinal(shop)}车间", f"Shop {shop + 1}", here, 3, name))
            floor = len(units) - 1
            for team in range(min(4, teams - plant * 16 - shop * 4)):
                units.append(Planned(f"{_ordinal(team)}班", f"Crew {team + 1}", floor, TEAM, name))


def _places(items: int, size: int) -> Iterator[int]:
    return iter(range(-(-items // size)))


def _ordinal(index: int) -> str:
    """Return 第一 … 第十, 第十一 …"""
    number = index + 1
    if number <= 10:
        return f"第{_NUMBERS[number - 1]}"
    tens, ones = divmod(number, 10)
    return f"第{_NUMBERS[tens - 1] if tens > 1 else ''}十{_NUMBERS[ones - 1] if ones else ''}"
