"""The counts of the twelve published audiences (bench/audiences.json), on whatever demo company is loaded."""

import json
import time
from pathlib import Path
from typing import Any

from fenjin.kit.runtime.problem import Problem

FILE = Path(__file__).with_suffix(".json")
ROUNDS = 20


def published() -> list[tuple[str, Any]]:
    """Return (words, rule) of the published audiences, with the numbers of this database; raises Problem."""
    from fenjin.kit.scope import Reason, every_space
    from fenjin.people.models import Unit
    from fenjin.spaces.models import Space

    with every_space(Reason.COMMAND):
        # The highest unit of a name: teams of many companies are called the same.
        units = dict(Unit.objects.order_by("-depth", "-lft").values_list("name", "pk"))
    spaces = dict(Space.objects.values_list("name", "pk"))
    entries = json.loads(FILE.read_text(encoding="utf-8"))["rules"]
    return [(entry["words"], _numbered(entry["rule"], units, spaces)) for entry in entries]


def _numbered(data: Any, units: dict[str, int], spaces: dict[str, int]) -> Any:
    if isinstance(data, list):
        return [_numbered(entry, units, spaces) for entry in data]
    if not isinstance(data, dict):
        return data
    try:
        return {
            key: units[value]
            if key == "unit"
            else [spaces[name] for name in value]
            if key == "space"
            else _numbered(value, units, spaces)
            for key, value in data.items()
        }
    except KeyError as error:
        raise Problem(
            f"The published audiences name {error}, which is not in this database.", "Load the demo company, large."
        ) from error


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """Count each published audience that many times, compiled anew each time; return figures in milliseconds.

    `audience_count_ms_p99` is over all counts; `audience_counts` tells of each rule its people and median.
    Raises Problem when the database does not hold the demo company.
    """
    from fenjin.audiences.access import EVERYBODY
    from fenjin.audiences.selectors import compile_rule, count, parse_rule

    every: list[float] = []
    told = []
    for words, data in published():
        rule, times, people = parse_rule(data), [], 0
        for _turn in range(rounds + 1):
            began = time.perf_counter()
            people = count(compile_rule(rule, EVERYBODY))
            times.append((time.perf_counter() - began) * 1000)
        times = sorted(times[1:])  # the first one warms the pages
        every += times
        told.append({"words": words, "people": people, "median_ms": round(times[len(times) // 2], 1)})
    every.sort()
    return {"audience_count_ms_p99": round(every[int(len(every) * 0.99)], 1), "audience_counts": told}
