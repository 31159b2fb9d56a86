"""What was taken away and can still be brought back."""

from datetime import timedelta
from typing import Any, Final

from fenjin.kit import clock
from fenjin.kit.db import listing
from fenjin.newsroom.access import COLUMN_RIGHT, SERIES_RIGHT, TERM_RIGHT, spaces_to_curate
from fenjin.newsroom.models import PutAway

KEPT: Final = timedelta(days=30)
RIGHTS: Final = {
    PutAway.Kind.SERIES: SERIES_RIGHT,
    PutAway.Kind.COLUMN: COLUMN_RIGHT,
    PutAway.Kind.TERM: TERM_RIGHT,
}


def list_put_away(account: Any, kind: str) -> list[PutAway]:
    """Return what the account may bring back of a kind, the newest first."""
    spaces = spaces_to_curate(account, RIGHTS[PutAway.Kind(kind)])
    rows = PutAway.objects.filter(space__in=spaces, kind=kind, put_at__gt=clock.now() - KEPT)
    return list(listing(rows.order_by("-put_at", "-pk"))[:20])
