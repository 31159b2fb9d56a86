"""One's own habits: quiet hours, and whose ordinary messages show no dot. Each person writes only the own row."""

from datetime import time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.delivery.selectors.habits import USUAL
from fenjin.kit.db import ask
from fenjin.kit.errors import Refusal

MOST_MUTED: Final = 50

_QUIET: Final = """
INSERT INTO delivery_habits (person_id, quiet_from, quiet_until, muted_spaces, muted_senders)
VALUES (%(person)s, %(since)s::time, %(until)s::time, '{}', '{}')
ON CONFLICT (person_id) DO UPDATE SET quiet_from = EXCLUDED.quiet_from, quiet_until = EXCLUDED.quiet_until
"""
# Gives the row as it stands and holds it to the end of the transaction, also where there was none.
_HELD: Final = """
INSERT INTO delivery_habits AS held (person_id, quiet_from, quiet_until, muted_spaces, muted_senders)
VALUES (%(person)s, %(since)s::time, %(until)s::time, '{}', '{}')
ON CONFLICT (person_id) DO UPDATE SET quiet_from = held.quiet_from
RETURNING muted_spaces, muted_senders
"""
_MUTED: Final = """
UPDATE delivery_habits SET muted_spaces = %(spaces)s::bigint[], muted_senders = %(senders)s::bigint[]
WHERE person_id = %(person)s
"""

_FORGET: Final = "DELETE FROM delivery_habits WHERE person_id = %(person)s RETURNING 1"


class MutedEnough(Refusal):
    """So many senders are muted that one more would hardly be seen in the list."""

    code = "muted_enough"
    sentence = _("You have muted as many senders as there is room for. Let one of them through again first.")


@transaction.atomic
def change_quiet_hours(*, person_id: int, since: time | None, until: time | None) -> None:
    """Keep between which hours nothing rings for a person, by the own clock; None twice: there are none."""
    if since is None or until is None:
        since = until = None
    ask(_QUIET, {"person": person_id, "since": since, "until": until})


@transaction.atomic
def mute_sender(*, person_id: int, space_id: int | None = None, sender_id: int | None = None) -> None:
    """Take the dot from ordinary messages of a sub-platform, or of one account; twice changes nothing.

    Must-reads and emergencies are never muted, and everything stays in the inbox. Raises MutedEnough.
    """
    _change(person_id, space_id, sender_id, muted=True)


@transaction.atomic
def unmute_sender(*, person_id: int, space_id: int | None = None, sender_id: int | None = None) -> None:
    """Give the dot back; for somebody who was not muted nothing changes."""
    _change(person_id, space_id, sender_id, muted=False)


def _change(person_id: int, space_id: int | None, sender_id: int | None, *, muted: bool) -> None:
    [held] = ask(_HELD, {"person": person_id, "since": USUAL.quiet_from, "until": USUAL.quiet_until})
    spaces = _with(frozenset(held[0]), space_id, muted=muted)
    senders = _with(frozenset(held[1]), sender_id, muted=muted)
    if muted and len(spaces) + len(senders) > MOST_MUTED:
        raise MutedEnough
    ask(_MUTED, {"person": person_id, "spaces": sorted(spaces), "senders": sorted(senders)})


def _with(held: frozenset[int], one: int | None, *, muted: bool) -> frozenset[int]:
    if one is None:
        return held
    return held | {one} if muted else held - {one}


def forget_habits(person_id: int) -> int:
    """Delete what a person chose; return how many rows went."""
    return len(ask(_FORGET, {"person": person_id}))
