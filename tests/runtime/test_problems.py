"""What can be wrong around a start: each is one sentence with its cure."""

import errno
import os
import socket
import subprocess
from pathlib import Path

import pytest

from fenjin.kit.runtime import account, database, folders, ports, postgres
from fenjin.kit.runtime.database import Urls
from fenjin.kit.runtime.problem import Problem, from_os_error


def test_a_taken_port_is_named_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=rf"Port {port} .* is taken.*PORT={port + 1}"):
            ports.require_free("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 8000), ("127.0.0.1", 70000), ("no.such.host.invalid", 8000)])
def test_an_address_that_cannot_be_is_told(host: str, port: int) -> None:
    with pytest.raises(Problem, match=r"HOST=|PORT="):
        ports.require_free(host, port)


def test_a_second_start_names_the_first(tmp_path: Path) -> None:
    with folders.hold(tmp_path, url="http://127.0.0.1:8000"):
        assert folders.holder(tmp_path) == {"pid": os.getpid(), "url": "http://127.0.0.1:8000"}
        with (
            pytest.raises(Problem, match=rf"already runs.*process {os.getpid()}.*8000"),
            folders.hold(tmp_path, url="another"),
        ):
            pass
    assert folders.holder(tmp_path) is None


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="DATA="):
        folders.open_data_folder(tmp_path / "file")
    with pytest.raises(Problem, match="DATA="):
        folders.open_data_folder(tmp_path / "file" / "below")


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"MiB are free.*Free some space"):
        folders.require_room(tmp_path, 2**60)
    assert "full" in str(from_os_error(OSError(errno.ENOSPC, "No space left on device"), tmp_path))


@pytest.mark.parametrize("damage", ["empty", "version", "control"])
def test_a_damaged_or_foreign_database_folder_is_told(tmp_path: Path, damage: str) -> None:
    cluster = tmp_path / "pg" / "cluster"
    cluster.mkdir(parents=True)
    if damage != "empty":
        (cluster / "PG_VERSION").write_text("16\n" if damage == "version" else "18\n")
    if damage == "version":
        (cluster / "global").mkdir()
        (cluster / "global" / "pg_control").touch()
    server = postgres.Postgres(tmp_path / "pg", tmp_path, None, tmp_path / "pg" / "socket")
    expected = "made by PostgreSQL 16" if damage == "version" else "damaged or incomplete.*backup"
    with pytest.raises(Problem, match=expected):
        postgres.require_sound(server)


def test_an_unreachable_database_is_told_without_its_password() -> None:
    url = f"postgresql://somebody:secret@127.0.0.1:{ports.free_port()}/fenjin"
    with pytest.raises(Problem, match=r"DATABASE_URL cannot be reached.*correct DATABASE_URL") as caught:
        database.require_usable(Urls(url, url))
    assert "secret" not in str(caught.value)


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(Problem, match="DATABASE_URL is no address"):
        database.require_usable(Urls("postgresql://a@b/c?no_such_word=1", "x"))


def test_root_leaves_a_closed_home_alone(tmp_path: Path) -> None:
    stranger = account.Account("stranger", 54321, 54321)
    tmp_path.chmod(0o700)
    assert not account.can_reach(tmp_path / "data", stranger)
    assert account.can_reach(tmp_path / "data", None)
    assert account.place_elsewhere(tmp_path) != account.place_elsewhere(tmp_path / "other")
    assert account.place_elsewhere(tmp_path).is_relative_to("/var/lib/fenjin")


def test_a_long_path_gets_a_short_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("deep-" * 20)
    assert len(str(postgres.socket_folder(deep, None))) < 80
    assert postgres.socket_folder(Path("/srv/fenjin/pg"), None) == Path("/srv/fenjin/pg/socket")


def test_setup_without_python_3_13_says_what_to_do() -> None:
    project = Path(__file__).resolve().parents[2]
    code = "import config.bootstrap as b; b._run(['false'], b._NO_PYTHON)"
    done = subprocess.run(["python3", "-c", code], cwd=project, capture_output=True, text=True)
    assert "UV_PYTHON=" in done.stderr
