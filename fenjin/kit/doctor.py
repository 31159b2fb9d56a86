"""The register of checks behind `fenjin doctor`: apps add their own in `apps.py`."""

from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """What one check found. A cure beside `ok` is advice; without `ok` it is needed."""

    name: str
    ok: bool
    cure: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return what `fenjin doctor --json` prints of it."""
        return asdict(self)


class Advice(str):
    """Something to know that needs no cure: the check is well all the same."""


# A check returns the cure of what it found wrong, and nothing when all is well.
Check = Callable[[], str | None]
_registered: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check; it runs with Django set up and the database reachable."""
    _registered[name] = check


def examine(name: str, check: Check) -> Finding:
    """Run one check; one that breaks is a finding too, never a broken doctor."""
    try:
        cure = check()
    except Exception as error:  # noqa: BLE001 (whatever is wrong is what we are here to tell)
        return Finding(name, False, f"This check could not run: {type(error).__name__}: {error}".strip())
    return Finding(name, not cure or isinstance(cure, Advice), cure or "")


def examine_registered() -> list[Finding]:
    """Run what the apps registered, by name."""
    return [examine(name, check) for name, check in sorted(_registered.items())]
