"""Reads of columns, and of what is opened most."""

from datetime import timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone

from fenjin.kit import clock
from fenjin.kit.db import ask, listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom.access import readable_by_all, spaces_of
from fenjin.newsroom.models import Article, Column
from fenjin.spaces.access import Membership

WEEK: Final = timedelta(days=7)
FEWEST: Final = 5  # an article opened less often is not listed: few opens could point to somebody
_MOST_OPENED: Final = """
SELECT article_id FROM newsroom_opencount WHERE reader_space_id = %s AND day > %s
GROUP BY article_id HAVING sum(opens) >= %s ORDER BY sum(opens) DESC, article_id DESC LIMIT 30
"""


def list_columns(membership: Membership) -> list[Column]:
    """Return the columns of the person's spaces that have something in them, the group's first."""
    meant = Article.objects.filter(readable_by_all(spaces_of(membership)), column__isnull=False).values("column")
    return list(listing(Column.objects.filter(pk__in=meant).order_by("space", "position", "pk")))


def get_column(membership: Membership, pk: int) -> Column:
    """Return a column of the person's spaces; raises NotFound."""
    row = Column.objects.filter(pk=pk, space__in=spaces_of(membership)).first()
    if row is None:
        raise NotFound
    found: Column = row
    return found


def home_space(membership: Membership) -> int:
    """Return the space under which a person's opens are added up: the own sub-platform, else the group."""
    own = membership.spaces - {GROUP_SPACE}
    return min(own, default=GROUP_SPACE)


def list_most_opened(membership: Membership, count: int = 5) -> list[Article]:
    """Return what was opened most in the person's own space in seven days, as far as everybody there may read it.

    It rests on sums by day; nobody's opens are kept. Fewer than five opens are not listed.
    """
    today = timezone.localdate(clock.now())
    opened = [pk for (pk,) in ask(_MOST_OPENED, [home_space(membership), today - WEEK, FEWEST])]
    if not opened:
        return []
    rows = Article.objects.filter(readable_by_all(spaces_of(membership)), pk__in=opened)
    found = {row.pk: row for row in listing(rows.select_related("cover").defer("body", "body_en"))}
    return [found[pk] for pk in opened if pk in found][:count]


# ---- for the studio --------------------------------------------------------------------------------------


def list_columns_to_edit(spaces: frozenset[int]) -> list[Column]:
    """Return the columns of these spaces in their order, each with the number of its articles."""
    rows = Column.objects.filter(space__in=spaces).select_related("space").annotate(count=Count("article"))
    return list(listing(rows.order_by("space", "position", "pk")))


def get_column_to_edit(spaces: frozenset[int], pk: int) -> Column:
    """Return a column of these spaces; raises NotFound."""
    row = Column.objects.filter(pk=pk, space__in=spaces).first()
    if row is None:
        raise NotFound
    found: Column = row
    return found
