"""The closed file: only its key opens it, and not a byte of it can be lost or changed unnoticed."""

from pathlib import Path

import pytest

from config.backups import archive, keys
from config.backups.archive import Member
from fenjin.kit.runtime.problem import Problem

CONTENT = {"manifest.json": b"{}", "database/00000.part": bytes(range(256)) * 2000, "files/empty": b""}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Give the secret half of a new key; the public one lies beside it."""
    keys.make(tmp_path / "key")
    return tmp_path / "key"


@pytest.fixture
def file(tmp_path: Path, key: Path) -> Path:
    """Give a closed file with three members."""
    path = tmp_path / "x.tar.age"
    archive.write(path, keys.closing(key.with_name("key.pub")), (Member.of(*item) for item in CONTENT.items()))
    return path


def _never() -> str:
    raise AssertionError("no passphrase is needed")


def _read(file: Path, key: Path) -> dict[str, bytes]:
    with archive.opened(file, keys.opening(key, _never)) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def test_what_was_put_in_comes_out(file: Path, key: Path) -> None:
    read = _read(file, key)
    sums = read.pop(archive.SUMS).decode()
    assert read == CONTENT
    assert [line.split()[1] for line in sums.splitlines()] == list(CONTENT)
    assert file.stat().st_mode & 0o777 == 0o600
    assert CONTENT["database/00000.part"][:64] not in file.read_bytes()


@pytest.mark.parametrize("place", [0.0005, 0.01, 0.5, 0.98, 0.99999])
def test_one_changed_byte_is_noticed(file: Path, key: Path, place: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(place * len(content))] ^= 1
    file.write_bytes(content)
    with pytest.raises(Problem, match=r"cut off or damaged|is no backup|does not open"):
        _read(file, key)


@pytest.mark.parametrize("length", [0, 10, 150, 1000, 200 + 4 * (65536 + 16), -1])
def test_a_cut_file_is_noticed(file: Path, key: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(Problem, match=r"cut off or damaged|is no backup"):
        _read(file, key)


def test_another_key_and_the_public_half_do_not_open(file: Path, key: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "other")
    with pytest.raises(Problem, match=r"This key does not open .*the secret half"):
        _read(file, tmp_path / "other")
    with pytest.raises(Problem, match=r"public half.*without \.pub"):
        _read(file, key.with_name("key.pub"))
    (tmp_path / "text").write_text("hello " * 1000)
    with pytest.raises(Problem, match="is no backup of Fenjin"):
        _read(tmp_path / "text", key)


def test_a_passphrase_closes_the_secret_half(tmp_path: Path) -> None:
    public = keys.make(tmp_path / "key", "four plain words together")
    assert keys.opening(tmp_path / "key", lambda: "four plain words together").to_public() is not None
    assert str(keys.closing(public)) in public.read_text()
    with pytest.raises(Problem, match="not the passphrase"):
        keys.opening(tmp_path / "key", lambda: "something else")
    with pytest.raises(Problem, match=r"with its public half: .*key\.pub"):
        keys.closing(tmp_path / "key")


def test_a_key_is_never_replaced_and_a_missing_one_is_told(tmp_path: Path, key: Path) -> None:
    with pytest.raises(Problem, match="a key is never replaced"):
        keys.make(key)
    with pytest.raises(Problem, match=r"cannot be read.*--new-key"):
        keys.closing(tmp_path / "missing")
    (tmp_path / "nonsense").write_text("# no key\nhello\n")
    with pytest.raises(Problem, match="holds no key"):
        keys.closing(tmp_path / "nonsense")


def test_a_file_that_changes_while_it_is_read_spoils_the_backup(tmp_path: Path, key: Path) -> None:
    with pytest.raises(Problem, match="changed while it was read"):
        archive.write(tmp_path / "y.age", keys.closing(key), [Member("files/log", 10, [b"only this"])])


def test_what_the_disk_refuses_is_raised_as_it_is(tmp_path: Path, key: Path) -> None:
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "missing" / "y.age", keys.closing(key), [])
