"""The made-up company: who belongs to whom. Small by hand, large by rule."""

import math
from dataclasses import dataclass

from config.demo_company.companies import OFFICES, Company, companies, ordinal

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

MOST_UNITS = 20_000
CAST_GROWTH = 5  # in a large group the companies of the story are larger too


@dataclass(slots=True)
class Planned:
    """One unit to be opened: `under` is the place of its parent in the list."""

    name: str
    name_en: str
    under: int | None
    weight: float  # how many people stand in it beside its children, in proportion to the others
    company: str = ""
    zone: str = ""
    desk: bool = False  # people who work at desks


def plan(employees: int) -> tuple[list[Planned], list[tuple[str, str, str]]]:
    """Return the units in the order of the tree, and the sub-platforms (unit, English name, seal).

    A small company is the one of the story alone; a large one has 116 companies, each a sub-platform,
    in at most 20,000 units and seven levels.
    """
    units = [Planned(GROUP, GROUP_EN, None, 1, desk=True)]
    more = companies(employees)
    for top in SMALL:
        _add(units, top, 0, top[0], CAST_GROWTH if more else 1)
    if not more:
        return units, list(SPACES)
    left = employees - sum(unit.weight for unit in units)
    whole = sum(company.share for company in more)
    team = max(9.0, 1.3 * employees / MOST_UNITS)
    for company in more:
        grow(units, company, left * company.share / whole, team)
    own = [(top[0], top[1], top[0][0]) for top in SMALL if top[0] != HEAD_OFFICE]
    seals = {name: seal for name, _name_en, seal in SPACES}
    spaces = [(name, name_en, seals.get(name, seal)) for name, name_en, seal in own]
    return units, spaces + [(company.name, company.name_en, company.seal) for company in more]


def _add(units: list[Planned], what: Plan, under: int, company: str, growth: int) -> None:
    name, name_en, weight, below = what
    desk = weight < 6
    units.append(Planned(name, name_en, under, weight * growth, company, ZONES.get(name, ""), desk))
    here = len(units) - 1
    for child in below:
        _add(units, child, here, company, growth)


def grow(units: list[Planned], company: Company, people: float, team: float) -> None:
    """Add a company: its offices, and below its plants as many levels as so many people fill with teams."""
    units.append(Planned(company.name, company.name_en, 0, 3, company.name, company.zone, desk=True))
    here = len(units) - 1
    for name, name_en in OFFICES[: 3 + min(5, int(people // 60))]:
        size = max(2.0, people * 0.015)
        units.append(Planned(name, name_en, here, size, company.name, company.zone, desk=True))
    teams = max(1, round(people * 0.88 / team))
    _split(units, company, here, teams, team, list(company.levels))


def _split(
    units: list[Planned], company: Company, under: int, teams: int, team: float, levels: list[tuple[str, str]]
) -> None:
    """Add units below `under` that hold so many teams: nested as deep as the company's levels and the number allow."""
    depth = min(len(levels), max(1, math.ceil(math.log(max(2, teams)) / math.log(company.width))))
    levels = levels[-depth:]
    parts = teams if depth == 1 else min(teams, max(2, round(teams ** (1 / depth))))
    (name, name_en), rest = levels[0], levels[1:]
    for place in range(parts):
        share = teams * (place + 1) // parts - teams * place // parts
        leaf = not rest or share <= 1
        title, title_en = levels[-1] if leaf and rest else (name, name_en)
        weight = team * share if leaf else 2.0
        units.append(
            Planned(title.format(ordinal(place)), title_en.format(place + 1), under, weight, company.name, company.zone)
        )
        if not leaf:
            _split(units, company, len(units) - 1, share, team, rest)
