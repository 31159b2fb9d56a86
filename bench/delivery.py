"""`fenjin bench delivery`: one press to everybody, everybody opens it, and how far it got, at any unit.

Measured on a scratch installation with the demo company of EMPLOYEES people, each with an account and a
session of its own. While the last ones still read, everything is killed with signal 9, and the receipts
are counted straight from the table. BREAK breaks the code on purpose (bench.broken), which must be seen.
"""

import os
import random
import secrets
import subprocess
import time
from array import array
from dataclasses import replace
from typing import Any

import psutil

from bench import audiences, everywhere, reach
from bench.crowd import Crowd, Errand, Outcome
from bench.house import become_part_of
from bench.installation import PROJECT, Installation, Load, cpu_of, scratch
from fenjin.kit.runtime import ports
from fenjin.kit.runtime.problem import Problem

EMPLOYEES = int(os.environ.get("EMPLOYEES", "10000"))
BREAK = os.environ.get("BREAK", "")
PROCESSES, CONNECTIONS = int(os.environ.get("CLIENTS", "2")), int(os.environ.get("CONNECTIONS", "48"))
TWICE = 50  # one of so many taps twice at once
LEFT_AT_THE_KILL = 500  # people who have no answer yet when everything is killed
CONFIRMING = 20_000


def run() -> dict[str, Any]:
    """Measure and return the figures; raises Problem when something could not be measured."""
    with scratch() as house:
        house.call("demo", "--employees", str(EMPLOYEES))
        house.start()
        become_part_of(house)
        secret = secrets.token_hex(16)
        figures: dict[str, Any] = {"employees": EMPLOYEES}
        reach.invite_all(secret)
        sent = reach.press(house.port, secret)
        figures |= {"send_rows_written": sent.rows, "send_ms": sent.milliseconds, "visible_ms": sent.visible_ms}
        errand = Errand(house.port, sent.message_id, sent.sha256, secret, reach.cookie_name())
        figures |= _everybody_opens(house, errand, sent.people)
        house.start()
        reach.forget_connection()
        figures |= reach.losses(sent.message_id, _answered)
        figures |= _some_confirm(house, errand)
        figures |= reach.coverage_figures(sent.message_id)
        figures |= _audiences()
        figures |= everywhere.measure(house.port, secret)
    return figures


_answered: set[int] = set()


def _audiences() -> dict[str, Any]:
    """Count the published audiences; a company too small to have all their units has no such figure."""
    from fenjin.kit.scope import Reason, every_space

    try:
        with every_space(Reason.COMMAND):
            return audiences.measure()
    except Problem as problem:
        return {"audience_counts_left_out": str(problem)}


def _everybody_opens(house: Installation, errand: Errand, people: list[int]) -> dict[str, Any]:
    """Send all people out, kill everything while the last are still reading, and say how it went."""
    random.Random(5).shuffle(people)
    taps = array("q")
    for place, person in enumerate(people):
        taps.extend([person, person] if place % TWICE == 0 else [person])
    broken = None
    if BREAK:
        broken, port = _broken(house)
        errand = replace(errand, port=port)
    load, own_before, before = Load(), _own_cpu(), house.cpu_seconds("granian", "postgres")
    crowd = Crowd(errand, taps, processes=PROCESSES, connections=CONNECTIONS)
    began = _first_answer(crowd)
    clients = [psutil.Process(process.pid) for process in crowd.processes]
    while crowd.busy and crowd.answered < len(taps) - LEFT_AT_THE_KILL:
        time.sleep(0.02)
    seconds, opens = time.monotonic() - began, crowd.answered
    cpu = house.cpu_seconds("granian", "postgres") - before
    client_cpu = sum(map(cpu_of, clients))
    ours = house.cpu_seconds() - before + client_cpu + _own_cpu() - own_before
    foreign = max(0.0, load.foreign_cores(ours))
    _kill_everything(house, broken)
    outcome = crowd.wait()
    _answered.update(outcome.answered)
    return {
        "opens": opens,
        "opens_per_s": round(opens / seconds),
        "open_cpu_ms": round(cpu * 1000 / opens, 3),
        "open_p50_ms": round(outcome.percentile(0.5) * 1000, 1),
        "open_p99_ms": round(outcome.percentile(0.99) * 1000, 1),
        "foreign_cores": round(foreign, 2),
        "client_processes": PROCESSES,
        "client_connections": PROCESSES * CONNECTIONS,
        "client_cores": round(client_cpu / seconds, 2),
        "answers_before_the_kill": len(outcome.answered),
        **_faults(outcome),
    }


def _faults(outcome: Outcome) -> dict[str, int]:
    return {f"fault_{name.replace(' ', '_')}": count for name, count in sorted(outcome.faults.items())}


def _first_answer(crowd: Crowd) -> float:
    """Return the instant of the first answer: starting the clients is no part of the rate."""
    while crowd.busy and not crowd.answered:
        time.sleep(0.01)
    return time.monotonic()


def _own_cpu() -> float:
    return cpu_of(psutil.Process())


def _kill_everything(house: Installation, broken: subprocess.Popen[bytes] | None) -> None:
    """End every process of the platform as a failing power supply would."""
    processes = house.processes()
    if broken is not None:
        processes += [psutil.Process(broken.pid), *psutil.Process(broken.pid).children(recursive=True)]
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(processes, 20)
    house.process = None


def _broken(house: Installation) -> tuple[subprocess.Popen[bytes], int]:
    """Start a web server with the code broken on purpose beside the real one."""
    from config import processes

    if BREAK == "doubled":
        reach.without_the_key()
    port = ports.free_port()
    web = processes.web("127.0.0.1", port, house.environment | {"BREAK": BREAK})
    command = [word.replace("config.asgi:", "bench.broken:") for word in web.command]
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **web.environment})
    ends = time.monotonic() + 60
    while not processes.is_alive("127.0.0.1", port):
        if time.monotonic() > ends:
            raise Problem("The broken web server did not start.")
        time.sleep(0.1)
    return process, port


def _some_confirm(house: Installation, errand: Errand) -> dict[str, Any]:
    """Let some of those who opened confirm; the page before it is no part of the figures."""
    if BREAK:
        return {}
    people = sorted(_answered)[:CONFIRMING]
    confirming = replace(errand, port=house.port, confirm=True)
    crowd = Crowd(confirming, people, processes=PROCESSES, connections=CONNECTIONS)
    began = _first_answer(crowd)
    outcome = crowd.wait()
    seconds = time.monotonic() - began
    faults = {f"confirm_{name}": count for name, count in _faults(outcome).items()}
    return {
        "confirms": len(outcome.answered),
        "page_and_confirm_per_s": round(len(outcome.answered) / seconds),
        "confirm_p99_ms": round(outcome.percentile(0.99) * 1000, 1),
        "confirms_lost": reach.unconfirmed(errand.message_id, set(outcome.answered)),
        **faults,
    }
