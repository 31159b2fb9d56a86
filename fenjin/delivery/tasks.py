"""Delivery's own jobs."""

from procrastinate.contrib.django import app

from fenjin.delivery.services import keep_sending_times, remind_due
from fenjin.delivery.services.burden import keep_burden
from fenjin.delivery.services.counts import count_watched
from fenjin.delivery.services.outbox import amend_due, keep_outbox, ring_newcomers
from fenjin.delivery.services.rollups import keep_watched


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="delivery.times")
def keep_times(timestamp: int) -> None:
    """Begin planned messages that are due, and close those that everybody sees by now, every minute."""
    keep_sending_times()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="delivery.outbox.every_minute")
def empty_outbox(timestamp: int) -> None:
    """Take steps of ladders, send what waits, change cards of what was corrected or withdrawn, every minute."""
    keep_outbox()


@app.task(name="delivery.outbox")
def empty_outbox_now() -> None:
    """Do the same at once, after a press; several at a time take different rows."""
    keep_outbox()


@app.task(name="delivery.amend")
def amend_now() -> None:
    """Change or take back cards at once, after a correction or a withdrawal; beside sends, never behind them."""
    amend_due()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="delivery.newcomers")
def look_for_newcomers(timestamp: int) -> None:
    """Ring who joined a living audience since the last look: a few messages each minute, each every 15 minutes."""
    ring_newcomers()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="delivery.reminders")
def remind(timestamp: int) -> None:
    """Remind those still open of messages whose senders asked for it, every minute."""
    remind_due()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="delivery.burden")
def sum_burden(timestamp: int) -> None:
    """Bring the burden ledger up to date, every minute; nothing is counted while no message came or went."""
    keep_burden()


@app.periodic(cron="* * * * *")
@app.task(name="delivery.sums", queueing_lock="delivery.sums")
def keep_sums(timestamp: int) -> None:
    """Keep the sums of coverage fresh that somebody looks at: for a minute, then the next one goes on."""
    keep_watched()


@app.periodic(cron="* * * * *")
@app.task(name="delivery.counts", queueing_lock="delivery.counts")
def keep_counts(timestamp: int) -> None:
    """Count who is meant now, and cuts, of audiences at which somebody looks: beside the sums, not before them."""
    count_watched()
