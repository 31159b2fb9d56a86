"""Reads of the large exports."""

from fenjin.audit.models import LogExport
from fenjin.kit.db import listing


def list_exports() -> list[LogExport]:
    """Return the exports of the last days, the newest first."""
    return list(listing(LogExport.objects.order_by("-asked_at", "-pk")[:50]))
