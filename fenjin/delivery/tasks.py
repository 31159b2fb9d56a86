"""Delivery's own jobs."""

from procrastinate.contrib.django import app

from fenjin.delivery.services import keep_sending_times


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="delivery.times")
def keep_times(timestamp: int) -> None:
    """Begin planned messages that are due, and close those that everybody sees by now, every minute."""
    keep_sending_times()
