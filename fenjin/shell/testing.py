"""Complaints for everybody's tests, and what the addresses of the shell need."""

from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.people.selectors.accounts import list_sessions
from fenjin.people.services.corrections import ask_correction
from fenjin.shell.models import Complaint
from fenjin.shell.services import send_complaint

_keys = count(1)


def make_complaint(person: Any, text: str = "东门的路灯坏了三天。", *, space_id: int | None = None) -> Complaint:
    """Return a complaint that a person has just sent."""
    return send_complaint(
        person_id=person.pk,
        space_id=space_id,
        category=Complaint.Category.SAFETY,
        text=text,
        may_contact=True,
        client_key=f"test-complaint-{next(_keys)}",
    )


def make_correction(account: Any, wanted: str = "13900008888") -> Any:
    """Return a correction that a person has just asked for."""
    return ask_correction(account=account, field="mobile", wanted=wanted, client_key=f"test-{next(_keys)}")


def _session_of(world: Any) -> int:
    account = getattr(world.person, "account", None)
    rows = list_sessions(account) if account is not None else []
    return rows[0].pk if rows else 1


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "shell:session_end": lambda world: {"session_id": _session_of(world)},
    "shell:complaint_receipt": lambda world: {"complaint_id": make_complaint(world.person, space_id=world.space.pk).pk},
    "shell:my_stored_sheet": lambda world: {"key": "posts"},
    "shell:my_export": lambda world: {"export_id": 987654},
    "shell:my_erasure_ask": lambda world: {"kind": "account"},
    "shell:my_erasure_back": lambda world: {"erasure_id": 987654},
    "shell_desk:correction": lambda world: {"correction_id": make_correction(world.account).pk},
    "shell:my_consent_change": lambda world: {"purpose": "email_help"},
    "shell:skin": lambda world: {"space_id": world.space.pk, "digest": "0" * 12},
    "shell:cover": lambda world: {"seed": f"a{world.article.pk}"},
    "shell:style_sample": lambda world: {"page": "home"},
    "shell_desk:complaint": lambda world: {"complaint_id": make_complaint(world.person, space_id=world.space.pk).pk},
}
