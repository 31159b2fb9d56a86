"""Jobs that are asked for at once, instead of with the next minute."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def soon() -> None:
    """Have the worker look into the outbox now; once is enough, twice does no harm."""
    _defer("delivery.outbox")


def amend_soon() -> None:
    """Have the worker change cards now: a job of its own, so that it waits for no send."""
    _defer("delivery.amend")


def _defer(name: str) -> None:
    try:
        with transaction.atomic():  # a job that is queued already must not break the caller's transaction
            app.configure_task(name, queueing_lock=f"{name}.now").defer()
    except AlreadyEnqueued:
        pass
