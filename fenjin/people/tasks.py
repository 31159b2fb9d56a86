"""The daily tidying of people: sessions, tries at the doors, uploaded rosters."""

from procrastinate.contrib.django import app

from fenjin.people.services.erasure import carry_out_erasures
from fenjin.people.services.exports import drop_old_exports, fail_export, pack_export, take_up_lost_exports
from fenjin.people.services.handover import finish_handovers
from fenjin.people.services.kept_forms import clear_kept_forms
from fenjin.people.services.limiter import clear_attempts
from fenjin.people.services.lost import send_contact_code
from fenjin.people.services.lost import tell_of_password as tell
from fenjin.people.services.notes import clear_notes
from fenjin.people.services.outside import clear_tickets
from fenjin.people.services.persons import finish_leavings
from fenjin.people.services.retention import apply_retention
from fenjin.people.services.roster import delete_old_uploads
from fenjin.people.services.roster_columns import delete_old_waiting
from fenjin.people.services.roster_jobs import take_up_again, work_on


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="people.sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete old notes to owners of accounts; sessions themselves end with keep_retention."""
    clear_notes()


@app.task(retry=3)
def send_contact_codes(accounts: list[int], way: str) -> None:
    """Send a code for a new password to each account; an empty list is a number that nobody bears."""
    for account_id in accounts:
        send_contact_code(account_id=account_id, way=way)


@app.task(retry=3)
def tell_of_password(account_id: int) -> None:
    """Tell somebody outside the platform that their password was changed."""
    tell(account_id=account_id)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="people.attempts")
def clear_old_attempts(timestamp: int) -> None:
    """Forget who tried the doors more than a quarter of an hour ago."""
    clear_attempts()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="people.leavings")
def finish_planned_leavings(timestamp: int) -> None:
    """Let those leave whose day has come."""
    finish_leavings()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="people.outside_tickets")
def clear_outside_tickets(timestamp: int) -> None:
    """Forget what came from other systems' sign-in and can no longer be used."""
    clear_tickets()


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="people.roster_uploads")
def clear_roster_uploads(timestamp: int) -> None:
    """Delete uploaded rosters after seven days; every hour, since not all machines run by night."""
    delete_old_uploads()
    delete_old_waiting()


@app.periodic(cron="3 * * * *")
@app.task(queueing_lock="people.handovers")
def end_old_terms(timestamp: int) -> None:
    """End the terms of administrators whose successors have come and whose last day has passed."""
    finish_handovers()


@app.periodic(cron="*/20 * * * *")
@app.task(queueing_lock="people.kept_forms")
def clear_old_forms(timestamp: int) -> None:
    """Forget what was kept of forms more than an hour ago."""
    clear_kept_forms()


@app.task(name="people.roster_work")
def work_on_roster(import_id: int) -> None:
    """Read or apply one roster; running it twice does it once."""
    work_on(import_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="people.roster_resume")
def resume_rosters(timestamp: int) -> None:
    """Take up again what a worker that died has left half read or half applied."""
    take_up_again()


@app.periodic(cron="29 3 * * *")
@app.task(queueing_lock="people.retention")
def keep_retention(timestamp: int) -> None:
    """Delete what is older than its time, every night."""
    apply_retention()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="people.wishes")
def carry_out_wishes(timestamp: int) -> None:
    """Erase what people asked to have erased a week ago, and the copies whose week is over."""
    carry_out_erasures()
    drop_old_exports()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="people.lost_exports")
def take_up_lost_copies(timestamp: int) -> None:
    """Pack the copies whose job was lost with its worker."""
    take_up_lost_exports()


@app.task
def pack_own_data(export_id: int) -> None:
    """Pack a copy of somebody's own data; a failure is told to the person, who may ask again."""
    try:
        pack_export(export_id=export_id)
    except Exception:
        fail_export(export_id=export_id)
        raise
