"""The newsroom's own jobs."""

from procrastinate.contrib.django import app

from fenjin.newsroom.services.planning import keep_times


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="newsroom.times")
def keep_article_times(timestamp: int) -> None:
    """Bring out what is due and end what is over, every minute."""
    keep_times()
