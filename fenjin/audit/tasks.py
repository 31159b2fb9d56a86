"""The log's own jobs."""

from procrastinate.contrib.django import app

from fenjin.audit.services import seal_events


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit.seal", pass_context=False)
def seal_audit(timestamp: int) -> None:
    """Add the next link to the hash chain, every minute."""
    seal_events()
