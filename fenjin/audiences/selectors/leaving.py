"""What leavers still hold."""

from django.db.models import Q

from fenjin.audiences.models import Audience
from fenjin.kit import clock
from fenjin.kit.scope import Reason, every_space
from fenjin.people.register import LeftBehind


def list_left_behind(spaces: frozenset[int] | None) -> list[LeftBehind]:
    """Return the private audiences of people who have left, by person and space; None: everywhere, without titles."""
    gone = Q(owner__person__status="left") | Q(owner__person__left_on__lte=clock.now().date())
    with every_space(Reason.OFFICE):
        rows = Audience.objects.filter(gone, shared=False, put_away_at__isnull=True)
        if spaces is not None:
            rows = rows.filter(space__in=spaces)
        found: dict[tuple[int, int], list[str]] = {}
        for person, space, name in rows.order_by("pk").values_list("owner__person", "space", "name"):
            found.setdefault((person, space), []).append(name)
    return [
        LeftBehind(person, space, len(names), tuple(names[:5]) if spaces is not None else ())
        for (person, space), names in found.items()
    ]
