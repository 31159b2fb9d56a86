"""How long each kind of data stays: what an administrator set, else the default; and what would go now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from fenjin.kit import clock
from fenjin.kit.wording import spell_days
from fenjin.people.models import RetentionSetting
from fenjin.people.register import Retention, retention, retentions


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a time of keeping would delete now."""

    kind: Retention
    days: int
    count: int
    oldest: datetime | None
    now: int  # the days in force

    @property
    def changed(self) -> bool:
        """Tell whether the days differ from those in force."""
        return self.days != self.now


def days_kept(key: str) -> int:
    """Return how many days a kind of data stays; raises KeyError for a kind that nobody signed."""
    kind = retention(key)
    found: int | None = RetentionSetting.objects.filter(kind=key).values_list("days", flat=True).first()
    return _within(kind, found)


def all_days() -> dict[str, int]:
    """Return the days of every kind, in one query."""
    held = dict(RetentionSetting.objects.values_list("kind", "days"))
    return {kind.key: _within(kind, held.get(kind.key)) for kind in retentions()}


def last_settings() -> dict[str, RetentionSetting]:
    """Return what administrators have set, with who and when, by kind."""
    rows = RetentionSetting.objects.select_related("set_by__person")
    return {row.kind: row for row in rows}


def outlook(days: dict[str, int]) -> list[Outlook]:
    """Return for each kind what the given days would delete at the next run; kinds not named keep theirs."""
    in_force, found = all_days(), []
    for kind in retentions():
        wanted = _within(kind, days.get(kind.key, in_force[kind.key]))
        count, oldest = kind.due(cut(wanted))
        found.append(Outlook(kind, wanted, count, oldest, in_force[kind.key]))
    return found


def cut(days: int) -> datetime:
    """Return the instant before which something is older than `days`."""
    return clock.now() - timedelta(days=days)


def outlook_words() -> list[tuple[Any, str, Any]]:
    """Return (kind, how long, why) of each kind of data, for readers."""
    in_force = all_days()
    return [(kind.name, spell_days(in_force[kind.key]), kind.reason) for kind in retentions()]


def kept_words(key: str) -> Any:
    """Return a sentence for readers: how long a kind of data stays."""
    return _("%(span)s, then deleted") % {"span": spell_days(days_kept(key))}


def _within(kind: Retention, days: int | None) -> int:
    return kind.default if days is None else min(max(days, kind.floor), kind.ceiling)
