"""The only clock: everything that asks for the time asks here, so that a test can set it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()


def today(zone: ZoneInfo) -> date:
    """Return the calendar date that people in `zone` have now."""
    return now().astimezone(zone).date()
