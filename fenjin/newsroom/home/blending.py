"""How news of the group and of the own sub-platform stand together; the page /why/ says it in words."""

from collections.abc import Callable
from typing import Final

from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom.models import Article

EACH: Final = 2  # of both kinds at least, where a space wants some of both
Find = Callable[[frozenset[int], int], list[Article]]


def blended(spaces: frozenset[int], count: int, blend: str, find: Find) -> list[Article]:
    """Return the news of the home page; `find(spaces, count)` returns the newest of these spaces.

    "newest": by time alone. "own": the own ones first, and at least one of the group. "both": two of
    each at least, as far as there are any, the rest by time; all by time.
    """
    own_spaces = spaces - {GROUP_SPACE}
    if not own_spaces or blend == "newest":
        return find(spaces, count)
    group, own = find(frozenset({GROUP_SPACE}), count), find(own_spaces, count)
    if blend == "own":
        first = own[: count - 1] if group else own
        return first + group[: count - len(first)]
    sure = own[:EACH] + group[:EACH]
    rest = sorted(own[EACH:] + group[EACH:], key=_age, reverse=True)
    return sorted(sure + rest[: count - len(sure)], key=_age, reverse=True)


def _age(article: Article) -> tuple[object, int]:
    return article.first_published_at, article.pk
