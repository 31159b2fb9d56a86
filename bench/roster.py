"""`fenjin bench roster`: a million people in 20,000 units, first all of them, then a month later.

Each import is the command an operator would give, dry run and apply, in a process of its own on a
scratch installation. The peak is the memory of that process; PostgreSQL's is its own.
"""

import csv
import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.installation import PROJECT, Installation, Load, cpu_of, scratch
from fenjin.kit.runtime.problem import Problem

PEOPLE = int(os.environ.get("EMPLOYEES", "1000000"))
COMPANIES, OFFICES, TEAMS = 116, 12, 14
HEADER = ["员工编号", "姓名", "一级单位", "二级单位", "三级单位", "班组", "岗位", "手机号码", "邮箱", "参加工作时间"]
HEADER += ["人员状态", "兼职单位"]
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂"
_POSTS = ("操作工", "技术员", "工程师", "会计", "班长", "司机")


def run() -> dict[str, Any]:
    """Measure and return the figures; raises Problem when an import failed."""
    figures: dict[str, Any] = {"roster_rows": PEOPLE}
    with scratch() as house:
        house.start("--no-demo")
        first, second = house.data / "first.csv", house.data / "second.csv"
        figures["month_rows"] = _write(first, second)
        load = Load(ours=_ours(house))
        figures |= _import(house, first, "roster")
        figures |= _import(house, second, "month")
        figures["foreign_cores"] = round(load.foreign_cores(_ours(house)), 2)
    return figures


def _ours(house: Installation) -> float:
    import psutil

    return house.cpu_seconds() + cpu_of(psutil.Process())


def _import(house: Installation, file: Path, name: str) -> dict[str, Any]:
    """Run dry run and apply of one file; return seconds, CPU seconds with PostgreSQL's, and the peak of its process."""
    began, worked = time.monotonic(), house.cpu_seconds()
    log = house.data / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            house.command("roster", "import", str(file), "--apply"), cwd=PROJECT, stdout=out, stderr=subprocess.STDOUT
        )
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise Problem(f"The import of {file.name} failed.", details=log.read_text(errors="replace")[-2000:])
    own = usage.ru_utime + usage.ru_stime
    return {
        f"{name}_s": round(time.monotonic() - began, 1),
        f"{name}_cpu_s": round(own + house.cpu_seconds() - worked, 1),
        f"{name}_command_cpu_s": round(own, 1),
        f"{name}_peak_mib": round(usage.ru_maxrss / 1024),
    }


def _write(first: Path, second: Path) -> int:
    """Write the roster of a group, and that of the month after with one person in a hundred changed."""
    chance, count = random.Random(20261101), 0  # the same file every time
    with first.open("w", newline="", encoding="utf-8") as one, second.open("w", newline="", encoding="utf-8") as two:
        writers = csv.writer(one), csv.writer(two)
        for writer in writers:
            writer.writerow(HEADER)
        for row in _people(chance):
            writers[0].writerow(row)
            changed = _a_month_later(row, chance)
            if changed:
                writers[1].writerow(changed)
                count += 1
        for number in range(PEOPLE // 500):
            writers[1].writerow(_person(90_000_000 + number, chance))
            count += 1
    return count


def _people(chance: random.Random) -> Iterator[list[str]]:
    return (_person(10_000_000 + number, chance) for number in range(PEOPLE))


def _unit(chance: random.Random) -> list[str]:
    company = min(int(chance.expovariate(4 / COMPANIES)), COMPANIES - 1)  # some are large, most are small
    return ["远航集团", f"第{company:03}公司", f"第{chance.randrange(OFFICES)}处", f"{chance.randrange(TEAMS)}班"]


def _person(number: int, chance: random.Random) -> list[str]:
    name = chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
    mail = f"e{number}@example.com" if number % 3 == 0 else ""
    second = "/".join(_unit(chance)[:3]) if number % 60 == 0 else ""
    began = f"{chance.randrange(1986, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    fields = [chance.choice(_POSTS), f"1{number + 2_000_000_000}"[:11], mail, began, "在岗", second]
    return [str(number), name, *_unit(chance), *fields]


def _a_month_later(row: list[str], chance: random.Random) -> list[str] | None:
    """Return the same person a month later: most are the same, some have moved or changed, a few are gone."""
    fate = chance.random()
    if fate < 0.002:
        return None
    if fate < 0.006:
        return [*row[:2], *_unit(chance), *row[6:]]
    if fate < 0.010:
        return [*row[:6], chance.choice(_POSTS), *row[7:]]
    return row
