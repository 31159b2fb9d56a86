"""Looks at a person's page: written down for that person, once an hour for each who looks."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from fenjin.audit.selectors.about import did_lately
from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.people.models import Account
from fenjin.people.selectors.looks import LOOK

ONCE_IN: Final = timedelta(hours=1)


@transaction.atomic
def note_look(*, actor: Account, person_id: int, office: str = "") -> None:
    """Write down that staff looked at a person's page; a look within the hour after the last one adds nothing.

    `office` is what the one who looks is at this moment; call it wherever staff open one person's data.
    """
    if actor.person_id == person_id:
        return
    if not did_lately(actor.pk, LOOK, "person", person_id, since=clock.now() - ONCE_IN):
        record(actor=actor, act=LOOK, target=("person", person_id), details={"office": office} if office else None)
