"""Things that can go wrong around the platform, each told in one sentence with its cure."""

import errno
from pathlib import Path

NO_SPACE = "No space left on device"


class Problem(Exception):
    """Something an operator can put right: one sentence, its cure, and perhaps a log's last lines."""

    def __init__(self, sentence: str, cure: str = "", details: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.cure, self.details = sentence, cure, details

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.cure) if part)


def disk_full(where: Path) -> Problem:
    """Return the problem to raise when the disk below `where` has no room left."""
    return Problem(f"The disk that holds {where} is full.", "Free some space there, or give DATA= on another disk.")


def from_os_error(error: OSError, where: Path) -> Problem:
    """Turn what the operating system said about `where` into a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(where)
    path = error.filename or where
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            f"Fenjin may not write to {path}.", "Give DATA= a folder that this account may write to, or its rights."
        )
    return Problem(
        f"{path} cannot be used: {error.strerror or error}.", "Give DATA= another folder, or put that right."
    )


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log, or nothing when there is none."""
    try:
        text = log.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
