"""The daily tidying of people: sessions, tries at the doors, uploaded rosters."""

from procrastinate.contrib.django import app

from fenjin.people.services.limiter import clear_attempts
from fenjin.people.services.roster import delete_old_uploads
from fenjin.people.sessions import SessionStore


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="people.sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete session rows whose record has been kept long enough."""
    SessionStore.clear_expired()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="people.attempts")
def clear_old_attempts(timestamp: int) -> None:
    """Forget who tried the doors more than a quarter of an hour ago."""
    clear_attempts()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="people.roster_uploads")
def clear_roster_uploads(timestamp: int) -> None:
    """Delete uploaded rosters after seven days."""
    delete_old_uploads()
