"""Whom to sign in as: the accounts that the first start made, kept for the next start's greeting.

Beside them lies a mark of each password as the database keeps it: where that differs, somebody has chosen
another one, and a greeting with the first would be wrong.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import psycopg

# (role, name, first password), and in a demo the code that opens the studio, for those who need one.
FirstAccount = tuple[str, str, str] | tuple[str, str, str, str]


ACCOUNTS, MARKS = "first-accounts.json", "first-accounts.marks.json"


def remember(data: Path, accounts: Sequence[FirstAccount], stored: Mapping[str, str]) -> None:
    """Keep the first accounts in files for the owner alone; `stored`: name → password as the database keeps it."""
    _write(data / ACCOUNTS, [list(account) for account in accounts])
    _write(data / MARKS, {name: _mark(password) for name, password in stored.items()})


def remembered(data: Path, stored: Mapping[str, str] | None = None) -> list[str]:
    """Return one line for each account; none when this data folder was not filled by a first start.

    `stored` as the database has it now: a password that is no longer the first is not told.
    """
    accounts = _read(data / ACCOUNTS) or []
    marks = _read(data / MARKS) or {}
    width = max((_columns(role) for role, *_rest in accounts), default=0)
    return [
        f"{role}{' ' * (width - _columns(role))}  {name}  "
        + ("with the password chosen since" if _is_another(name, marks, stored) else f"password {password}")
        + "".join(f"  code {one}" for one in code)
        for role, name, password, *code in accounts
    ]


def stored_passwords(address: str, names: Iterable[str]) -> dict[str, str]:
    """Return name or staff number → password as the database of an owner's address keeps it."""
    asked = list(names)
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT a.operator_name, a.password FROM people_account a WHERE a.operator_name = ANY(%(names)s) UNION ALL "
            "SELECT p.staff_number, a.password FROM people_account a JOIN people_person p ON p.id = a.person_id "
            "WHERE p.staff_number = ANY(%(names)s)",
            {"names": asked},
        )
        return dict(rows.fetchall())


def names(data: Path) -> list[str]:
    """Return the names of the first accounts, as they are typed when signing in."""
    return [name for _role, name, *_rest in _read(data / ACCOUNTS) or []]


def _is_another(name: str, marks: Mapping[str, str], stored: Mapping[str, str] | None) -> bool:
    return stored is not None and name in marks and _mark(stored.get(name, "")) != marks[name]


def _mark(stored: str) -> str:
    return hashlib.sha256(stored.encode()).hexdigest()


def _write(path: Path, content: Any) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as out:
        json.dump(content, out, ensure_ascii=False, indent=1)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
