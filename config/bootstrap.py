"""`make setup`: installs everything into the project folder, with nothing but a Python 3 to begin with.

Runs under any Python from 3.8 on and imports only the standard library. Each step is remembered by a
digest of what it depends on, so that a second run has nothing to do and says nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path
from typing import Callable, Iterator, NamedTuple  # noqa: UP035 (Python 3.8)

PROJECT = Path(__file__).resolve().parent.parent
TOOLS = PROJECT / ".tools"
STAMPS = TOOLS / "stamps.json"
BIN = PROJECT / ".venv" / "bin"
PYTHON = "3.13"


class Trouble(Exception):
    """What went wrong, as a sentence with its cure."""


class Step(NamedTuple):
    """One step: what it depends on, what it leaves behind, and how it is done."""

    title: str
    depends_on: Callable[[], Iterator[Path]]
    leaves: Path
    do: Callable[[], None]


def main() -> int:
    """Do the steps that are due, in order; return 0, or 1 after saying what is in the way."""
    try:
        TOOLS.mkdir(exist_ok=True)
        with open(str(TOOLS / "lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            stamps = _read_stamps()
            for step in STEPS:
                _do_if_due(step, stamps)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{_sentence(error)}", file=sys.stderr)
        return 1
    return 0


def _sentence(error: OSError) -> str:
    if error.errno == 28:  # ENOSPC
        return f"The disk that holds {PROJECT} is full. Free some space there and run make setup again."
    cure = "Fenjin installs itself into its own folder, which must be writable."
    return f"{error.strerror or error} ({error.filename or PROJECT}). {cure}"


def _do_if_due(step: Step, stamps: dict[str, str]) -> None:
    digest = _digest(step.depends_on())
    if stamps.get(step.title) == digest and step.leaves.exists():
        return
    started = time.time()
    print(f"  … {step.title}", flush=True)
    step.do()
    print(f"  ✓ {step.title} ({time.time() - started:.1f} s)", flush=True)
    stamps[step.title] = digest
    STAMPS.write_text(json.dumps(stamps, indent=1))


def _read_stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text()))
    except (OSError, ValueError):
        return {}


def _digest(files: Iterator[Path]) -> str:
    digest = hashlib.sha256(str(PROJECT).encode())
    for file in sorted(files):
        digest.update(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _run(command: list[str], trouble: str, **environment: str) -> None:
    """Run a command quietly; when it fails, show its last lines and raise `trouble` as the sentence."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    log = TOOLS / "last-step.log"
    with open(str(log), "wb") as output:
        done = subprocess.run(
            command,
            cwd=str(PROJECT),
            env={**os.environ, "PATH": path, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode != 0:
        lines = log.read_text(errors="replace").splitlines()[-15:]
        print("\n".join(f"    {line}" for line in lines), file=sys.stderr)
        if any("No space left on device" in line for line in lines):
            trouble = f"The disk that holds {PROJECT} is full. Free some space there and run make setup again."
        raise Trouble(trouble)


# ---- uv: the version and the hashes that uv.lock names ----------------------------------------------


def _uv() -> str:
    """Return the path of uv, installing it the first time: by pip when there is one, else directly."""
    block = re.search(r'\[\[package\]\]\nname = "uv"\nversion = "([^"]+)"(.*?)\n\[\[', _lock(), re.DOTALL)
    if block is None:
        raise Trouble("uv.lock does not name uv. Restore the file: git checkout uv.lock")
    version, wheels = block.group(1), re.findall(r'url = "([^"]+\.whl)", hash = "sha256:(\w+)"', block.group(2))
    home = TOOLS / f"uv-{version}"
    if not (home / "bin" / "uv").exists():
        unfinished = TOOLS / "uv.unfinished"
        ways = (_uv_by_pip, _uv_by_own_environment, _uv_by_hand)
        if not any(way(version, wheels, unfinished) for way in ways):
            raise Trouble(
                "uv, which installs the rest, could not be had from the public Python index or its mirror. "
                "Check the network (or pip's index-url for a company mirror), then run make setup again."
            )
        unfinished.rename(home)
    return str(home / "bin" / "uv")


def _lock() -> str:
    return (PROJECT / "uv.lock").read_text() + "\n[["


def _uv_by_pip(version: str, wheels: list[tuple[str, str]], home: Path, python: str = sys.executable) -> bool:
    shutil.rmtree(str(home), ignore_errors=True)
    wanted = TOOLS / "uv.requirements"
    wanted.write_text(f"uv=={version} " + " ".join(f"--hash=sha256:{sha256}" for _url, sha256 in wheels) + "\n")
    options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--disable-pip-version-check", "--target", str(home)]
    command = [python, "-m", "pip", "install", *options, "--requirement", str(wanted)]
    return _succeeds(command) and (home / "bin" / "uv").exists()


def _uv_by_own_environment(version: str, wheels: list[tuple[str, str]], home: Path) -> bool:
    """A Python without pip may still know how to make one."""
    environment = TOOLS / "pip"
    made = _succeeds([sys.executable, "-m", "venv", str(environment)])
    return made and _uv_by_pip(version, wheels, home, str(environment / "bin" / "python"))


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def _uv_by_hand(version: str, wheels: list[tuple[str, str]], home: Path) -> bool:
    """Fetch the wheel that the lock file names, check its hash and take the program out."""
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = {"Linux": libc, "Darwin": "macosx"}.get(platform.system(), "none")
    ours = [w for w in wheels if system in w[0] and re.search(rf"_{platform.machine()}[.-]", w[0])]
    for url, sha256 in ours[:1]:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 (an https address of the lock file)
                content = answer.read()
        except OSError:
            return False
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Trouble("The downloaded uv is not the one that uv.lock names. Something on the network alters it.")
        _unpack_program(content, version, home)
        return True
    return False


def _unpack_program(wheel: bytes, version: str, home: Path) -> None:
    shutil.rmtree(str(home), ignore_errors=True)
    (home / "bin").mkdir(parents=True)
    packed = TOOLS / "uv.whl"
    packed.write_bytes(wheel)
    with zipfile.ZipFile(str(packed)) as archive:
        program = archive.read(f"uv-{version}.data/scripts/uv")
    packed.unlink()
    (home / "bin" / "uv").write_bytes(program)
    (home / "bin" / "uv").chmod(0o755)


# ---- the steps ------------------------------------------------------------------------------------


def _install_packages() -> None:
    uv = _uv()
    ours = {"UV_PYTHON_INSTALL_DIR": str(TOOLS / "python")}
    if not os.access(os.path.expanduser("~"), os.W_OK) and "UV_CACHE_DIR" not in os.environ:
        ours["UV_CACHE_DIR"] = str(TOOLS / "cache")
    python = os.environ.get("UV_PYTHON", PYTHON)
    environment = {**os.environ, **ours}
    found = subprocess.run([uv, "python", "find", python], env=environment, capture_output=True, cwd=str(PROJECT))
    if found.returncode != 0 and python != PYTHON:
        reason = found.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Trouble(f"UV_PYTHON={python} is no Python that can be used ({' '.join(reason)}). Name another, or none.")
    if found.returncode != 0:
        print("    Python 3.13 is not on this machine: trying to download it", flush=True)
        _run([uv, "python", "install", PYTHON], _NO_PYTHON, **ours)
    _run([uv, "sync", "--frozen"], _NO_PACKAGES, **ours)


_NO_PYTHON = (
    "Python 3.13 is not on this machine and could not be downloaded (a company network may block that). "
    "Install Python 3.13, or copy one here and name it: make setup UV_PYTHON=/path/to/bin/python3.13"
)
_NO_PACKAGES = (
    "The Python packages could not be installed; the lines above say why. Is the public Python index, "
    "or the mirror set by UV_DEFAULT_INDEX, reachable?"
)
_NO_NODE_PACKAGES = (
    "The front-end packages could not be installed; the lines above say why. Is the public npm index, "
    "or the mirror set in .npmrc, reachable?"
)


def _install_node_packages() -> None:
    _run([str(BIN / "npm"), "ci", "--no-audit", "--no-fund"], _NO_NODE_PACKAGES)


def _build_front_end() -> None:
    _run([str(BIN / "npm"), "run", "build"], "The front end could not be built; the lines above say why.")


def _compile_translations() -> None:
    trouble = "A translation file is broken; the lines above name it."
    _run([str(BIN / "python"), "-m", "config.translations"], trouble)


def _files(*patterns: str) -> Callable[[], Iterator[Path]]:
    def found() -> Iterator[Path]:
        for pattern in patterns:
            for file in PROJECT.glob(pattern):
                if file.is_file() and "node_modules" not in file.parts and "dist" not in file.parts:
                    yield file

    return found


STEPS = [
    Step(
        "Python packages",
        _files("uv.lock", "pyproject.toml", ".python-version", "config/bootstrap.py"),
        BIN / "fenjin",
        _install_packages,
    ),
    Step(
        "Front-end packages",
        _files("package.json", "package-lock.json", ".npmrc"),
        PROJECT / "node_modules" / ".package-lock.json",
        _install_node_packages,
    ),
    Step(
        "Front end",
        _files("frontend/**/*", "uv.lock", "package-lock.json", "vite.config.ts", "tsconfig.json"),
        PROJECT / "frontend" / "dist" / "manifest.json",
        _build_front_end,
    ),
    Step("Translations", _files("locale/**/*.po", "fenjin/*/locale/**/*.po"), STAMPS, _compile_translations),
]

if __name__ == "__main__":
    sys.exit(main())
