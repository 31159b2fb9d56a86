"""Which messages carry some content: for the rooms above, when that content has changed."""

from datetime import datetime

from fenjin.delivery.models import Message

OVER = ("withdrawn", "cancelled")


def messages_with(*, kind: str, content_id: int, spaces: frozenset[int], before: datetime, count: int = 3) -> list[int]:
    """Return the newest messages of these spaces that went out with this content before an instant."""
    rows = Message.objects.filter(kind=kind, content_id=content_id, space__in=spaces, sent_at__lt=before)
    return list(rows.exclude(state__in=OVER).order_by("-sent_at", "-pk").values_list("pk", flat=True)[:count])
