"""The drill: a running demo is backed up, comes back in another folder and on another port, and lets people in."""

import json
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import psycopg
import pytest

from config import up
from config.backups import snapshot
from fenjin.kit.runtime import folders
from fenjin.kit.runtime.database import embedded_urls
from fenjin.kit.runtime.ports import free_port
from fenjin.kit.runtime.postgres import locate
from fenjin.kit.runtime.supervisor import Supervisor
from tests.runtime.helpers import PROJECT, copy_tables, eventually, start

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Give a folder for two installations; PostgreSQL's account may enter it."""
    with tempfile.TemporaryDirectory(prefix="fenjin-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def demo(folder: Path) -> Path:
    """Give a data folder with a small demo company, started once and stopped."""
    data = folders.open_data_folder(folder / "first")
    with Supervisor(data / "log", lambda _line="": None) as keeper:
        up.open_database(keeper, data)
        copy_tables(locate(data))
    done = _fenjin("demo", "--employees", "60", "--data", str(data))
    assert done.returncode == 0, done.stdout + done.stderr
    return data


@pytest.fixture(scope="module")
def backup(demo: Path, folder: Path) -> Path:
    """Give a backup that `fenjin up` made by itself, as its settings told it to, while it ran."""
    assert _fenjin("backup", "--new-key", str(folder / "key")).returncode == 0
    (folder / "to").mkdir()
    plan = {"BACKUP_TO": str(folder / "to"), "BACKUP_KEY_FILE": str(folder / "key.pub"), "BACKUP_AT": "00:00"}
    running = start("config.cli", "up", "--data", str(demo), "--port", str(free_port()), **plan)
    try:
        assert eventually(lambda: list((folder / "to").glob("*.tar.age")) != [], within=120)
        assert eventually(lambda: json.loads((demo / "backup.json").read_text()).get("failed") == "", within=10)
        said = _fenjin("doctor", "--json", "--data", str(demo), **plan).stdout
        [finding] = [check for check in json.loads(said)["checks"] if check["name"] == "backup"]
        assert finding["ok"]
        assert "The last backup is 0 min old" in finding["cure"]
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
    return next((folder / "to").glob("*.tar.age"))


def _fenjin(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    import os

    command = [sys.executable, "-m", "config.cli", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, timeout=300, env=os.environ | environment
    )


def _get(browser: OpenerDirector, address: str, **form: str) -> tuple[int, str]:
    try:
        answer = browser.open(address, urlencode(form).encode() if form else None, timeout=20)
    except HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""
    return answer.status, answer.read().decode()


def test_it_comes_back_elsewhere_and_lets_people_in(demo: Path, backup: Path, folder: Path) -> None:
    second, port = folder / "second", free_port()
    restored = _fenjin("restore", str(backup), "--key", str(folder / "key"), "--data", str(second), "--port", str(port))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "people_person" in restored.stdout
    assert "DIFFERS" not in restored.stdout
    assert f"make up DATA={second} PORT={port}" in restored.stdout

    running = start("config.cli", "up", "--data", str(second), "--port", str(port))
    try:
        browser, address = build_opener(HTTPCookieProcessor(CookieJar())), f"http://127.0.0.1:{port}"
        assert eventually(lambda: running.poll() is not None or _get(browser, f"{address}/healthz")[0] == 200, 120)
        with psycopg.connect(embedded_urls(locate(second)).owner) as connection:
            assert snapshot.count_tables(connection)["people_person"].rows == 60
        name, password = _employee(demo)
        _status, page = _get(browser, f"{address}/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        fields = {"number": name, "password": password, "csrfmiddlewaretoken": token[1]}
        status, home = _get(browser, f"{address}/sign-in/", **fields)
        assert status == 200
        assert "王海宁" in home or _get(browser, f"{address}/me/")[1].count("王海宁")
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)


def _employee(data: Path) -> tuple[str, str]:
    accounts = json.loads((data / "first-accounts.json").read_text())
    return next((str(account[1]), str(account[2])) for account in accounts if account[0] == "employee")


def test_one_changed_byte_is_refused_and_leaves_nothing(backup: Path, folder: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    spoilt = folder / "spoilt.tar.age"
    spoilt.write_bytes(content)
    refused = _fenjin("restore", str(spoilt), "--key", str(folder / "key"), "--data", str(folder / "third"))
    assert refused.returncode == 1
    assert "is cut off or damaged" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (folder / "third").exists()
