"""What a new installation begins with: three administrators, and (with DEMO) a made-up company."""

import json
import secrets
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.db.models import Q

from config.sign_in import FirstAccount

# Readable aloud, not guessable: 12 signs of 29 are 58 bits.
_ALPHABET = "23456789abcdefghjkmnpqrstwxyz"
_made: list[FirstAccount] = []


def load(employees: int = 20_000, progress: Callable[[str], None] = print) -> None:
    """Fill the database with the administrators and the demo company; safe to run again."""
    load_administrators(with_codes=True)
    company = import_module("config.demo_company") if find_spec("config.demo_company") else None
    if company is not None and hasattr(company, "load"):
        _made.extend(company.load(employees=employees, progress=progress) or [])


def load_administrators(*, with_codes: bool = False) -> None:
    """Make one system, one security and one audit administrator, unless the office is held already.

    `with_codes` gives each the unchanging code of a demo; else each adds a second factor at
    the first entry, and chooses a password that was not printed.
    """
    from fenjin.people import services
    from fenjin.people.models import Administrator

    for office in Administrator.Office:
        if Administrator.objects.filter(office=office).exists():
            continue
        name, password = f"{office.value}-admin", first_password()
        account = services.make_operator(actor=None, operator_name=name, password=password, must_change=not with_codes)
        services.give_office(actor=None, account=account, office=office.value)
        code = (services.give_demo_code(account),) if with_codes else ()
        _made.append((str(office.value), name, password, *code))


def first_password() -> str:
    """Return a password for a printed account: three groups of four signs."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _unused in range(4)) for _group in range(3))


def who_to_sign_in_as() -> list[FirstAccount]:
    """Return the accounts made by this run and by earlier ones."""
    made = {account[1] for account in _made}
    return [account for account in _earlier() if account[1] not in made] + _made


def stored_passwords(names: Sequence[str]) -> dict[str, str]:
    """Return name or staff number → password as the database keeps it."""
    from fenjin.people.models import Account

    asked = Q(operator_name__in=names) | Q(person__staff_number__in=names)
    rows = Account.objects.filter(asked).values_list("operator_name", "person__staff_number", "password")
    return {str(name or number): password for name, number, password in rows}


def _earlier() -> list[FirstAccount]:
    try:
        kept = json.loads((settings.FENJIN_DATA / "first-accounts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [tuple(map(str, account)) for account in kept]  # type: ignore[misc]
