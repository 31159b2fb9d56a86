"""Who looks at what others wrote, and who answers criticism."""

from typing import Any, Final

from fenjin.kit.access import Rule
from fenjin.kit.scope import GROUP_SPACE
from fenjin.spaces.access import allowed_to, spaces_with_permission

DECIDE: Final = "moderation.decide_case"
ANSWER: Final = "moderation.answer_case"
MODERATOR: Final[Rule] = allowed_to(DECIDE)
ANSWERER: Final[Rule] = allowed_to(ANSWER)


def spaces_to_decide(account: Any) -> frozenset[int]:
    """Return the spaces whose texts the account looks at by its role."""
    return spaces_with_permission(account, DECIDE)


def spaces_to_answer(account: Any) -> frozenset[int]:
    """Return the spaces in which the account answers criticism."""
    return spaces_with_permission(account, ANSWER)


def stands_in(account: Any) -> bool:
    """Tell whether the account looks at texts of spaces that have nobody who could: the group's moderators do."""
    return GROUP_SPACE in spaces_to_decide(account)
