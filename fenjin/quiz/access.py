"""Who writes questions and who approves them."""

from typing import Any, Final

from fenjin.kit.access import Rule
from fenjin.spaces.access import allowed_to, spaces_with_permission

WRITE: Final = "quiz.write"
APPROVE: Final = "quiz.approve"
# A bank holds the right answers: whoever only writes articles does not see it.
HANDS: Final = ("campaign_manager", "editor", "publisher")
WRITER: Final[Rule] = allowed_to(WRITE)
APPROVER: Final[Rule] = allowed_to(APPROVE)


def spaces_to_write(account: Any) -> frozenset[int]:
    """Return the spaces whose bank the account sees and writes."""
    return spaces_with_permission(account, WRITE)


def spaces_to_approve(account: Any) -> frozenset[int]:
    """Return the spaces in which the account says that a question may be asked."""
    return spaces_with_permission(account, APPROVE)
