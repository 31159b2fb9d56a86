"""Whom to sign in as: the accounts that the first start made, kept for the next start's greeting."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from unicodedata import east_asian_width

# (role, name, first password), and in a demo the code that opens the studio, for those who need one.
FirstAccount = tuple[str, str, str] | tuple[str, str, str, str]


def remember(data: Path, accounts: Sequence[FirstAccount]) -> None:
    """Keep the first accounts in a file that only its owner reads."""
    file = os.open(data / "first-accounts.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as out:
        json.dump([list(account) for account in accounts], out, ensure_ascii=False, indent=1)


def remembered(data: Path) -> list[str]:
    """Return one line for each account; none when this data folder was not filled by a first start."""
    try:
        accounts = json.loads((data / "first-accounts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    width = max((_columns(role) for role, *_rest in accounts), default=0)
    return [
        f"{role}{' ' * (width - _columns(role))}  {name}  password {password}"
        + "".join(f"  code {one}" for one in code)
        for role, name, password, *code in accounts
    ]


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
