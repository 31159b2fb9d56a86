"""Files that wait between looking and taking in: sealed with a key of this installation, for their uploader only.

A bank holds right answers, so it lies nowhere in plain. What is not taken in within a day is deleted.
"""

import base64
import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from fenjin.kit import clock
from fenjin.kit.errors import NotFound

KEPT_SECONDS: Final = 24 * 3600
_NAME: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Kept:
    """Who brought which file for which bank; `form` is empty where the format is to be found out."""

    account: int
    space: int
    file: str
    form: str = ""


def put(kept: Kept, content: bytes) -> str:
    """Seal a file and return the name under which it waits."""
    sweep()
    name = secrets.token_hex(16)
    path = _folder() / name
    path.touch(mode=0o600)
    path.write_bytes(_key().encrypt(json.dumps(asdict(kept)).encode() + b"\n" + content))
    return name


def take(name: str, account: int) -> tuple[Kept, bytes]:
    """Return a file of this account. Raises NotFound for one that is gone, too old, or of somebody else."""
    if not _NAME.fullmatch(name):
        raise NotFound
    try:
        whole = _key().decrypt((_folder() / name).read_bytes(), ttl=KEPT_SECONDS)
    except (OSError, InvalidToken) as error:
        raise NotFound from error
    head, _break, content = whole.partition(b"\n")
    kept = Kept(**json.loads(head))
    if kept.account != account:
        raise NotFound
    return kept, content


def drop(name: str) -> None:
    """Delete a file; one that is gone already is fine."""
    if _NAME.fullmatch(name):
        (_folder() / name).unlink(missing_ok=True)


def sweep() -> int:
    """Delete what waited for more than a day; return how many."""
    oldest = clock.now().timestamp() - KEPT_SECONDS
    old = [path for path in _folder().iterdir() if path.is_file() and path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _key() -> Fernet:
    digest = hashlib.sha256(b"fenjin question banks\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _folder() -> Path:
    folder: Path = settings.FENJIN_DATA / "question-banks"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
