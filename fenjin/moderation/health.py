"""What `fenjin doctor` says of those who look at comments."""

from fenjin.kit.doctor import Advice
from fenjin.moderation.selectors.hands import hands_in, stranded

MOST = 3


def moderators() -> str | None:
    """Return the cure where something waits for nobody; advice where nobody, or only one person, could look."""
    if waiting := stranded():
        return (
            f"{waiting} comments or appeals wait, and nobody there can look at them. "
            "The security administrator gives somebody the role moderator, of the group or of the sub-platform (Roles)."
        )
    hands = hands_in()
    if hands.nobody:
        return Advice(
            f"Comments are open and nobody moderates in {_some(hands.nobody)}, nor in the group. "
            "Give somebody the role moderator (Roles), or switch comments off there (Space settings)."
        )
    if hands.alone:
        return Advice(
            f"Only one person moderates for {_some(hands.alone)}: an appeal needs a second one. "
            "Give somebody else the role moderator, of the group or there (Roles)."
        )
    return None


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - MOST
    return ", ".join(names[:MOST]) + (f" and {more} more" if more > 0 else "")
