"""The tidying of the question bank."""

from procrastinate.contrib.django import app

from fenjin.quiz.uploads import sweep


@app.periodic(cron="29 * * * *")
@app.task(queueing_lock="quiz.uploads")
def clear_uploads(timestamp: int) -> None:
    """Delete files that were looked at and not taken in within a day."""
    sweep()
