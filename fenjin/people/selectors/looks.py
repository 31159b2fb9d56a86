"""Who looked at somebody's page, and what was done to the entry: for that person, by office and never by name.

A person may know who handles the own data and why; a staff member's name is that member's own data.
The office, the time and the act answer the question; the audit administrator can name the member
when a complaint asks for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fenjin.audit.selectors.about import events_on
from fenjin.audit.selectors.log import AuditLine
from fenjin.people.models import Administrator

LOOK = "people.person_look"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a person's page, or one act on the entry."""

    at: datetime
    who: Any
    what: Any
    look: bool


def looks_at(person_id: int, account_id: int | None) -> list[Look]:
    """Return who looked at a person's page or changed the entry or the account, the newest first."""
    lines = events_on("person", person_id)
    if account_id is not None:
        lines += events_on("account", account_id)
    lines.sort(key=lambda line: line.event.pk, reverse=True)
    offices = _offices({line.event.actor_id for line in lines if line.event.actor_id})
    return [
        Look(line.event.at, _who(line, account_id, offices), line.act, line.event.act == LOOK)
        for line in lines
        if line.event.act != LOOK or line.event.actor_id != account_id
    ]


def _offices(account_ids: set[int]) -> dict[int, Any]:
    rows = Administrator.objects.filter(account__in=account_ids)
    return {row.account_id: row.get_office_display() for row in rows}


def _who(line: AuditLine, account_id: int | None, offices: dict[int, Any]) -> Any:
    event = line.event
    if event.actor_id is None:
        return _("the platform itself")
    if event.actor_id == account_id:
        return _("yourself")
    # What the staff member was at that time, if the row says so; else what the account is now.
    held = event.details.get("office", "") if event.act == LOOK else ""
    if held in Administrator.Office.values:
        return Administrator.Office(held).label
    return offices.get(event.actor_id) or _("an administrator of your unit")
