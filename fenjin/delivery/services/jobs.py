"""Jobs that are asked for at once, instead of with the next minute."""

from typing import Any, Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

FIRST: Final = 10  # before whatever only runs because a minute has passed


def soon() -> None:
    """Have the worker look into the outbox now; once is enough, twice does no harm."""
    _defer("delivery.outbox")


def amend_soon() -> None:
    """Have the worker change cards now: a job of its own, so that it waits for no send."""
    _defer("delivery.amend")


def every_minute_now(name: str) -> None:
    """Have a job that runs each minute run now as well."""
    _defer(name, lock=name, timestamp=0)


def _defer(name: str, *, lock: str = "", **arguments: Any) -> None:
    try:
        with transaction.atomic():  # a job that is queued already must not break the caller's transaction
            task = app.configure_task(name, queueing_lock=lock or f"{name}.now", priority=FIRST)
            task.defer(**arguments)
    except AlreadyEnqueued:
        pass
