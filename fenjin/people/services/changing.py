"""What every change of the tree and of posts has in common: the lock, and days that fit together.

The past is read backwards from the events (selectors.past), so changes of one kind follow one another
by date. A change dated before an earlier-entered one would tear the history, and is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.services.positions import lock_tree, rows

PATIENCE = "5s"


class TreeBusy(Refusal):
    """Somebody else holds the lock for longer than a person likes to wait."""

    code = "tree_busy"
    status = 503
    sentence = _(
        "The organisation is being changed by somebody else, perhaps by a roster that is being applied."
        " Nothing has been changed. Try again in a minute."
    )


class DayAhead(Refusal):
    """Changes are facts: they are entered on their day or later."""

    code = "day_ahead"
    status = 422
    sentence = _("This day lies ahead. Enter the change on its day, or choose an earlier one.")


class DayTooEarly(Refusal):
    """History would contradict itself."""

    code = "day_too_early"
    status = 422
    sentence = _("There is a later change already. Choose a later day.")

    def __init__(self, first: date | None = None) -> None:
        text = _("There was another change on %(day)s. Choose that day or a later one.")
        super().__init__(text % {"day": first.isoformat()} if first else None)


@contextmanager
def changing_tree() -> Iterator[None]:
    """Run a change in one transaction under the tree's lock; raises TreeBusy after five seconds of waiting."""
    try:
        with transaction.atomic():
            [(before, _set)] = rows(
                "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)", [PATIENCE]
            )
            lock_tree()
            yield
            rows("SELECT set_config('lock_timeout', %s, true)", [before])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise TreeBusy from error
        raise


def today() -> date:
    """Return the date by the platform's own zone, in which changes of the organisation are dated."""
    return clock.today(ZoneInfo(settings.TIME_ZONE))


def dated(on: date | None, *, not_before: date | None = None) -> date:
    """Return the day of a change, today if none is given; raises DayAhead, DayTooEarly."""
    day = on or today()
    if day > today():
        raise DayAhead
    if not_before is not None and day < not_before:
        raise DayTooEarly(not_before)
    return day
