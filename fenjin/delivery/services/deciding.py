"""A second person's word, written down: the same for a message that waits and for a correction of one."""

from typing import Any

from fenjin.delivery.models import Approval, WaitingCorrection
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space


def decide(row: Approval | WaitingCorrection, *, actor: Any, approved: bool, **said: str) -> None:
    """Keep what was decided, by whom and now; `said`: the field of its words. The caller holds the row's message."""
    row.approved, row.decided_at, row.decided_by_id = approved, clock.now(), actor.pk
    for field, words in said.items():
        setattr(row, field, words)
    with every_space(Reason.DELIVERY):
        row.save(update_fields=["approved", "decided_at", "decided_by", *said])
