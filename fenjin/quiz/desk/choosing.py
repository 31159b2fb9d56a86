"""Which bank a page shows, of those that the one who asks may see."""

from django.http import HttpRequest

from fenjin.kit.errors import NotFound
from fenjin.quiz.access import WRITE
from fenjin.spaces.selectors import spaces_to_add_in


def chosen_bank(request: HttpRequest, permission: str = WRITE) -> tuple[int, list[tuple[int, str]]]:
    """Return the chosen space and all whose bank the account sees. Raises NotFound for another one."""
    spaces = spaces_to_add_in(request.user, permission)
    asked = request.POST.get("space") or request.GET.get("space") or ""
    chosen = int(asked) if asked.isdecimal() and len(asked) < 19 else spaces[0][0]
    if chosen not in dict(spaces):
        raise NotFound
    return chosen, spaces


def number_in(text: str, default: int = 1) -> int:
    """Return the number of a page as it is typed in an address."""
    return int(text) if text.isdecimal() and len(text) < 6 else default
