"""Companies: the units right below the top, as filters and lists offer them."""

from fenjin.kit.db import listing
from fenjin.people.models import Unit


def list_companies() -> list[Unit]:
    """Return the open units directly below the roots, in scope, in the order of the tree."""
    return list(listing(Unit.objects.filter(depth=1, closed_on__isnull=True).order_by("lft")))
