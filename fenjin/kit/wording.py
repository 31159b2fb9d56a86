"""Counts and times as people say them: 1.2 万, 今天 18:00."""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from fenjin.kit import clock


def _chinese() -> bool:
    return (translation.get_language() or "").startswith("zh")


def in_english() -> bool:
    """Tell whether the page is drawn for a reader of English: names that have one are shown by it."""
    return (translation.get_language() or "").startswith("en")


def gap() -> str:
    """Return what stands between two sentences: a space, and nothing in Chinese, whose full stop brings its own."""
    return "" if _chinese() else " "


def _one_digit(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def short_number(value: int) -> str:
    """Return a count with at most one decimal: 9,860 · 1.2 万 · 3 亿, or 12k · 1.2M in English."""
    steps = [(100_000_000, " 亿"), (10_000, " 万")] if _chinese() else [(1_000_000, "M"), (10_000, "k")]
    for size, sign in steps:
        if value >= size:
            unit = size if sign != "k" else 1000
            # Cut off, never round up: a count must not say more than there is.
            return _one_digit(int(value * 10 / unit) / 10) + sign
    return f"{value:,}"


def _clock_face(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def friendly_time(moment: datetime) -> str:
    """Return an instant in the reader's zone: 刚刚, 12 分钟前, 今天 08:30, 昨天 17:05, 11月22日, 2025年3月1日."""
    now = clock.now()
    local, here = timezone.localtime(moment), timezone.localtime(now)
    seconds = (now - moment).total_seconds()
    if 0 <= seconds < 60:
        return gettext("just now")
    if 0 <= seconds < 3600:
        minutes = int(seconds // 60)
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    days = (local.date() - here.date()).days
    named = {0: gettext("today"), -1: gettext("yesterday"), 1: gettext("tomorrow")}.get(days)
    if named:
        return f"{named} {_clock_face(local)}"
    return friendly_date(local, same_year=local.year == here.year)


def friendly_date(moment: date, *, same_year: bool) -> str:
    """Return a date: 11月22日, with the year only when it is another one."""
    if _chinese():
        return f"{moment.month}月{moment.day}日" if same_year else f"{moment.year}年{moment.month}月{moment.day}日"
    return date_format(moment, "j M" if same_year else "j M Y")


def exact_time(moment: datetime) -> str:
    """Return date and time of the day as a record shows them: 11月22日 08:30."""
    local = timezone.localtime(moment)
    same_year = local.year == timezone.localtime(clock.now()).year
    return f"{friendly_date(local, same_year=same_year)} {_clock_face(local)}"


def due_time(moment: datetime) -> str:
    """Return a deadline: 今天 18:00, 明天 09:00, 11月30日 18:00 (the sentence around it says "before")."""
    local, here = timezone.localtime(moment), timezone.localtime(clock.now())
    named = {0: gettext("today"), 1: gettext("tomorrow")}.get((local.date() - here.date()).days)
    return f"{named} {_clock_face(local)}" if named else exact_time(moment)


def record_time(moment: datetime | None) -> str:
    """Return an instant as a record keeps it, in the reader's zone: 2026-11-22 08:30; nothing for None."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def spell_days(days: int) -> str:
    """Return a span of days as people say it: 90 天, 3 年."""
    if days >= 365 and days % 365 == 0:
        return ngettext("%(count)s year", "%(count)s years", days // 365) % {"count": days // 365}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
