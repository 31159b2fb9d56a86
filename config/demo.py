"""The demo company, and the accounts that a new installation begins with."""

from collections.abc import Callable


def load(employees: int = 200, progress: Callable[[str], None] = print) -> None:
    """Fill the database with the demo company of that many people; safe to run again."""


def load_administrators() -> None:
    """Make one system, one security and one audit administrator, and nothing else."""


def who_to_sign_in_as() -> list[tuple[str, str, str]]:
    """Return (role, name, first password) of the accounts made by this run."""
    return []
