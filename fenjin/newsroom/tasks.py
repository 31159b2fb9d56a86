"""The newsroom's own jobs."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from fenjin.kit import clock
from fenjin.newsroom.services import forget_opens, forget_put_away
from fenjin.newsroom.services.planning import keep_times

OPENS_KEPT = timedelta(days=90)  # the list of what is liked looks back a week; reports have their own sums


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="newsroom.times")
def keep_article_times(timestamp: int) -> None:
    """Bring out what is due and end what is over, every minute."""
    keep_times()


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="newsroom.forget")
def forget_old(timestamp: int) -> None:
    """Forget every night the sums of opens older than ninety days, and what was put away thirty days ago."""
    forget_opens(timezone.localdate(clock.now() - OPENS_KEPT))  # sums stand under the day of the platform's zone
    forget_put_away()
