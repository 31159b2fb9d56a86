"""What is kept about how far a person has read: the series, the parts, the last time. For that person alone."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from fenjin.kit.wording import record_time
from fenjin.newsroom.services.series import forget_readings
from fenjin.people.register import Fate, Sheet, Subject
from fenjin.people.selectors.retention import kept_words

_ROWS = """
SELECT s.title, cardinality(r.article_ids), r.read_at
FROM newsroom_seriesreading r LEFT JOIN newsroom_series s ON s.id = r.series_id
WHERE r.person_id = %s ORDER BY r.read_at DESC
"""
_OLD = "SELECT count(*), min(read_at) FROM newsroom_seriesreading WHERE read_at < %s"
_PURGE = "DELETE FROM newsroom_seriesreading WHERE read_at < %s"


def collect(subject: Subject) -> list[Sheet]:
    """Return how far the person has come in each series."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [subject.person_id])
        rows = cursor.fetchall()
    return [
        Sheet(
            key="series",
            title=_("Series you are reading"),
            columns=(_("Series"), _("Parts read"), _("Last read")),
            rows=tuple((title or "", str(count), record_time(read_at)) for title, count, read_at in rows),
            source=_("noted when you open a part, so that you find your place; nobody else sees it"),
            until=_("until you have it forgotten on the page of the series, or after you last read there: %(span)s")
            % {"span": kept_words("series")},
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that it goes with the account."""
    (sheet,) = collect(subject)
    return [Fate(sheet.title, len(sheet.rows), goes=True)] if sheet.rows else []


def erase(subject: Subject) -> dict[str, int]:
    """Forget it all."""
    gone = forget_readings(person_id=subject.person_id)
    return {"series": gone} if gone else {}


def due(before: datetime) -> tuple[int, datetime | None]:
    """Count what was last read before a moment, and tell the day of the oldest."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD, [before])
        count, oldest = cursor.fetchone()
    return count, oldest


def purge(before: datetime) -> int:
    """Forget what was last read before a moment; return how many rows went."""
    with connection.cursor() as cursor:
        cursor.execute(_PURGE, [before])
        return int(cursor.rowcount)
